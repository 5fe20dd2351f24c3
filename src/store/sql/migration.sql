-- name: migration_exists
-- Has this file been set up at all?
SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration';

-- name: migration_tables
-- How many tables are there, ours or not? More than none without `migration` is not our file.
SELECT count(*) FROM sqlite_schema WHERE type = 'table';

-- name: migration_last
SELECT coalesce(max(number), 0) FROM migration;

-- name: migration_facts
-- What there is: newest migration, records, organisations, plans, documents.
SELECT (SELECT coalesce(max(number), 0) FROM migration),
       (SELECT coalesce(max(seq), 0) FROM record),
       (SELECT count(*) FROM organisation),
       (SELECT count(*) FROM plan),
       (SELECT count(*) FROM blob);

-- name: migration_add
INSERT INTO migration (number, name, at) VALUES (?1, ?2, ?3);

-- name: migration_integrity
-- The engine's own check of pages and indexes: one row, 'ok', or a row for each fault.
PRAGMA integrity_check(20);

-- name: migration_derived
-- The derived tables again as temporary ones, empty, for a projection beside the real one.
SELECT replace(sql, 'CREATE TABLE ', 'CREATE TEMP TABLE ') FROM sqlite_schema
 WHERE type = 'table' AND name IN ('log', 'organisation', 'source', 'plan', 'initiative',
                                   'indicator', 'activity', 'finding', 'paragraph', 'cycle',
                                   'sheet', 'sheet_step', 'finding_answer', 'commitment',
                                   'catalogue', 'grant_row',
                                   'survey', 'survey_answers', 'book', 'entry_batch', 'entry',
                                   'entry_cell', 'area', 'binding', 'actual',
                                   'voice', 'voice_facet', 'voice_count', 'voice_term', 'voice_link',
                                   'voice_turn', 'voice_erasure', 'voice_answer', 'voice_wait',
                                   'voice_words', 'opinion', 'meeting')
 ORDER BY name;
