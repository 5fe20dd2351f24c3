-- The tables beside a fresh projection of the records (temporary tables of the same names): what
-- differs, in either direction, by the name of the thing.

-- name: compare_log
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.log),
     made AS NOT MATERIALIZED (SELECT * FROM temp.log)
SELECT organisation FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_organisation
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.organisation),
     made AS NOT MATERIALIZED (SELECT * FROM temp.organisation)
SELECT key FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_source
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.source),
     made AS NOT MATERIALIZED (SELECT * FROM temp.source)
SELECT organisation || ' ' || name FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_plan
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.plan),
     made AS NOT MATERIALIZED (SELECT * FROM temp.plan)
SELECT organisation || ' plan/' || fiscal_year FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_initiative
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.initiative),
     made AS NOT MATERIALIZED (SELECT * FROM temp.initiative)
SELECT organisation || ' plan/' || fiscal_year || '/initiative/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_indicator
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.indicator),
     made AS NOT MATERIALIZED (SELECT * FROM temp.indicator)
SELECT organisation || ' plan/' || fiscal_year || '/initiative/' || initiative FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_activity
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.activity),
     made AS NOT MATERIALIZED (SELECT * FROM temp.activity)
SELECT organisation || ' plan/' || fiscal_year || '/initiative/' || initiative FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_finding
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.finding),
     made AS NOT MATERIALIZED (SELECT * FROM temp.finding)
SELECT organisation || ' plan/' || fiscal_year || '/findings' FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_paragraph
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.paragraph),
     made AS NOT MATERIALIZED (SELECT * FROM temp.paragraph)
SELECT organisation || ' plan/' || fiscal_year || '/initiative/' || initiative FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_cycle
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.cycle),
     made AS NOT MATERIALIZED (SELECT * FROM temp.cycle)
SELECT organisation || ' work/' || fiscal_year FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_sheet
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.sheet),
     made AS NOT MATERIALIZED (SELECT * FROM temp.sheet)
SELECT organisation || ' work/' || fiscal_year || '/sheet/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_sheet_step
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.sheet_step),
     made AS NOT MATERIALIZED (SELECT * FROM temp.sheet_step)
SELECT organisation || ' work/' || fiscal_year || '/step/' || number || '/' || step FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_finding_answer
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.finding_answer),
     made AS NOT MATERIALIZED (SELECT * FROM temp.finding_answer)
SELECT organisation || ' work/' || fiscal_year || '/answer/' || number || '/' || id FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_commitment
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.commitment),
     made AS NOT MATERIALIZED (SELECT * FROM temp.commitment)
SELECT organisation || CASE official WHEN 1 THEN ' plan/' ELSE ' work/' END || fiscal_year || '/commitment/' || id FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_catalogue
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.catalogue),
     made AS NOT MATERIALIZED (SELECT * FROM temp.catalogue)
SELECT organisation || ' catalogue/' || id FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_survey
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.survey),
     made AS NOT MATERIALIZED (SELECT * FROM temp.survey)
SELECT organisation || ' survey/' || key FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_survey_answers
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.survey_answers),
     made AS NOT MATERIALIZED (SELECT * FROM temp.survey_answers)
SELECT organisation || ' survey/' || key || '/answers' FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_book
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.book),
     made AS NOT MATERIALIZED (SELECT * FROM temp.book)
SELECT organisation || ' ' || book FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_entry_batch
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.entry_batch),
     made AS NOT MATERIALIZED (SELECT * FROM temp.entry_batch)
SELECT organisation || ' ' || book || '/batch/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_entry
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.entry),
     made AS NOT MATERIALIZED (SELECT * FROM temp.entry)
SELECT DISTINCT coalesce((SELECT b.organisation || ' ' || b.book FROM entry_batch AS b
                  WHERE b.shelf = x.shelf AND b.number = 1), '?') || ' ' || printf('%016llx', key) FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 ORDER BY 1;

-- name: compare_entry_cell
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.entry_cell),
     made AS NOT MATERIALIZED (SELECT * FROM temp.entry_cell)
SELECT organisation || ' ' || book || ' ' || fiscal_year || ' ' || month FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_area
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.area),
     made AS NOT MATERIALIZED (SELECT * FROM temp.area)
SELECT organisation || ' areas' FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_binding
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.binding),
     made AS NOT MATERIALIZED (SELECT * FROM temp.binding)
SELECT organisation || ' binding/' || indicator FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_actual
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.actual),
     made AS NOT MATERIALIZED (SELECT * FROM temp.actual)
SELECT organisation || ' actual/' || fiscal_year || '/' || indicator FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_blob_missing
-- Documents that a record names and nobody has.
SELECT organisation || ' ' || name FROM source
 WHERE hash NOT IN (SELECT hash FROM blob)
UNION ALL
SELECT organisation || ' survey/' || key || '/answers' FROM survey_answers
 WHERE tallies NOT IN (SELECT hash FROM blob) OR file NOT IN (SELECT hash FROM blob)
 ORDER BY 1;

-- name: compare_blob_unknown
-- Documents that no record names. An answer file stays when it is replaced: its record names it.
SELECT hash FROM blob
 WHERE hash NOT IN (SELECT hash FROM source)
   AND NOT EXISTS (SELECT 1 FROM record
                    WHERE kind = 'answers' AND instr(body, lower(hex(blob.hash))) > 0)
 ORDER BY 1;

-- name: compare_grant
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.grant_row),
     made AS NOT MATERIALIZED (SELECT * FROM temp.grant_row)
SELECT organisation || ' grant/' || account || '/' || duty FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_meeting
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.meeting),
     made AS NOT MATERIALIZED (SELECT * FROM temp.meeting)
SELECT organisation || ' meeting/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.voice),
     made AS NOT MATERIALIZED (SELECT * FROM temp.voice)
SELECT organisation || ' voice/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_facet
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.voice_facet),
     made AS NOT MATERIALIZED (SELECT * FROM temp.voice_facet)
SELECT organisation || ' ' || facet || ' ' || value || ' ' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_count
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.voice_count),
     made AS NOT MATERIALIZED (SELECT * FROM temp.voice_count)
SELECT organisation || ' ' || facet || ' ' || value || ' ' || fiscal_year FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_term
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.voice_term),
     made AS NOT MATERIALIZED (SELECT * FROM temp.voice_term)
SELECT organisation || ' ' || fiscal_year || ' ' || received FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_link
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.voice_link),
     made AS NOT MATERIALIZED (SELECT * FROM temp.voice_link)
SELECT organisation || ' voice/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_turn
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.voice_turn),
     made AS NOT MATERIALIZED (SELECT * FROM temp.voice_turn)
SELECT organisation || ' voice/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_erasure
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.voice_erasure),
     made AS NOT MATERIALIZED (SELECT * FROM temp.voice_erasure)
SELECT organisation || ' voice/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_answer
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.voice_answer),
     made AS NOT MATERIALIZED (SELECT * FROM temp.voice_answer)
SELECT organisation || ' voice/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_wait
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.voice_wait),
     made AS NOT MATERIALIZED (SELECT * FROM temp.voice_wait)
SELECT organisation || ' voice/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_voice_words
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.voice_words),
     made AS NOT MATERIALIZED (SELECT * FROM temp.voice_words)
SELECT organisation || ' voice/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_opinion
WITH kept AS NOT MATERIALIZED (SELECT * FROM main.opinion),
     made AS NOT MATERIALIZED (SELECT * FROM temp.opinion)
SELECT organisation || ' opinion/' || fiscal_year || '/' || number FROM (
    SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made) AS lost
    UNION ALL
    SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept) AS more) AS x
 GROUP BY 1 ORDER BY 1;
