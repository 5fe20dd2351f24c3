-- PostgreSQL calls the schemas by other names: the real tables stand in public, the temporary
-- ones in pg_temp.

-- name: compare_log
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.log),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.log)
SELECT organisation FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_organisation
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.organisation),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.organisation)
SELECT key FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_source
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.source),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.source)
SELECT organisation || ' ' || name FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_plan
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.plan),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.plan)
SELECT organisation || ' plan/' || fiscal_year FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_initiative
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.initiative),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.initiative)
SELECT organisation || ' plan/' || fiscal_year || '/initiative/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_indicator
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.indicator),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.indicator)
SELECT organisation || ' plan/' || fiscal_year || '/initiative/' || initiative FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_activity
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.activity),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.activity)
SELECT organisation || ' plan/' || fiscal_year || '/initiative/' || initiative FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_finding
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.finding),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.finding)
SELECT organisation || ' plan/' || fiscal_year || '/findings' FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_paragraph
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.paragraph),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.paragraph)
SELECT organisation || ' plan/' || fiscal_year || '/initiative/' || initiative FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_cycle
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.cycle),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.cycle)
SELECT organisation || ' work/' || fiscal_year FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_sheet
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.sheet),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.sheet)
SELECT organisation || ' work/' || fiscal_year || '/sheet/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_sheet_step
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.sheet_step),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.sheet_step)
SELECT organisation || ' work/' || fiscal_year || '/step/' || number || '/' || step FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_finding_answer
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.finding_answer),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.finding_answer)
SELECT organisation || ' work/' || fiscal_year || '/answer/' || number || '/' || id FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_commitment
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.commitment),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.commitment)
SELECT organisation || CASE official WHEN 1 THEN ' plan/' ELSE ' work/' END || fiscal_year || '/commitment/' || id FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_catalogue
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.catalogue),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.catalogue)
SELECT organisation || ' catalogue/' || id FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_grant
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.grant_row),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.grant_row)
SELECT organisation || ' grant/' || account || '/' || duty FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_survey
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.survey),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.survey)
SELECT organisation || ' survey/' || key FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_survey_answers
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.survey_answers),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.survey_answers)
SELECT organisation || ' survey/' || key || '/answers' FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_blob_unknown
-- hex and instr are SQLite's.
SELECT hash FROM blob
 WHERE hash NOT IN (SELECT hash FROM source)
   AND NOT EXISTS (SELECT 1 FROM record
                    WHERE kind = 'answers'
                      AND position(encode(blob.hash, 'hex') IN body) > 0)
 ORDER BY 1;

-- name: compare_book
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.book),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.book)
SELECT organisation || ' ' || book FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_entry_batch
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.entry_batch),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.entry_batch)
SELECT organisation || ' ' || book || '/batch/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_entry
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.entry),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.entry)
SELECT DISTINCT coalesce((SELECT b.organisation || ' ' || b.book FROM entry_batch AS b
                  WHERE b.shelf = x.shelf AND b.number = 1), '?') || ' ' || lpad(to_hex(key), 16, '0') FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 ORDER BY 1;

-- name: compare_entry_cell
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.entry_cell),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.entry_cell)
SELECT organisation || ' ' || book || ' ' || fiscal_year || ' ' || month FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_area
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.area),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.area)
SELECT organisation || ' areas' FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_binding
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.binding),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.binding)
SELECT organisation || ' binding/' || indicator FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_actual
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.actual),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.actual)
SELECT organisation || ' actual/' || fiscal_year || '/' || indicator FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_meeting
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.meeting),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.meeting)
SELECT organisation || ' meeting/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.voice),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.voice)
SELECT organisation || ' voice/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_facet
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.voice_facet),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.voice_facet)
SELECT organisation || ' ' || facet || ' ' || value || ' ' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_count
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.voice_count),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.voice_count)
SELECT organisation || ' ' || facet || ' ' || value || ' ' || fiscal_year FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_term
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.voice_term),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.voice_term)
SELECT organisation || ' ' || fiscal_year || ' ' || received FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_link
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.voice_link),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.voice_link)
SELECT organisation || ' voice/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_turn
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.voice_turn),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.voice_turn)
SELECT organisation || ' voice/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_erasure
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.voice_erasure),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.voice_erasure)
SELECT organisation || ' voice/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_answer
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.voice_answer),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.voice_answer)
SELECT organisation || ' voice/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_wait
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.voice_wait),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.voice_wait)
SELECT organisation || ' voice/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_words
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.voice_words),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.voice_words)
SELECT organisation || ' voice/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_opinion
WITH kept AS NOT MATERIALIZED (SELECT * FROM public.opinion),
     made AS NOT MATERIALIZED (SELECT * FROM pg_temp.opinion)
SELECT organisation || ' opinion/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;
