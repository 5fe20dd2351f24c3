-- PostgreSQL keeps its catalogue elsewhere.

-- name: migration_exists
SELECT count(*) FROM information_schema.tables
 WHERE table_schema = current_schema() AND table_name = 'migration';

-- name: migration_tables
SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema();

-- name: migration_integrity
-- The server looks after its own pages (data checksums).
SELECT 'ok';

-- name: migration_derived
-- LIKE copies columns; pg_temp comes first in the search path.
SELECT 'CREATE TEMP TABLE ' || table_name || ' (LIKE ' || table_name || ' INCLUDING GENERATED)'
  FROM information_schema.tables
 WHERE table_schema = current_schema()
   AND table_name IN ('log', 'organisation', 'source', 'plan', 'initiative', 'indicator',
                      'activity', 'finding', 'paragraph', 'cycle', 'sheet', 'sheet_step',
                      'finding_answer', 'commitment', 'catalogue', 'grant_row', 'survey', 'survey_answers', 'book', 'entry_batch', 'entry',
                                   'entry_cell', 'area', 'binding', 'actual', 'voice',
                      'voice_facet', 'voice_count', 'voice_term', 'voice_link', 'voice_turn', 'voice_erasure',
                      'voice_answer', 'voice_wait', 'voice_words', 'opinion', 'meeting')
 ORDER BY table_name;
