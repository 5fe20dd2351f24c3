-- The tables beside a fresh projection of the records (temporary tables of the same names): what
-- differs, in either direction, by the name of the thing.

-- name: compare_log
SELECT organisation FROM (
    SELECT * FROM (SELECT * FROM main.log EXCEPT SELECT * FROM temp.log)
    UNION ALL
    SELECT * FROM (SELECT * FROM temp.log EXCEPT SELECT * FROM main.log)) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_organisation
SELECT key FROM (
    SELECT * FROM (SELECT * FROM main.organisation EXCEPT SELECT * FROM temp.organisation)
    UNION ALL
    SELECT * FROM (SELECT * FROM temp.organisation EXCEPT SELECT * FROM main.organisation)) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_source
SELECT organisation || ' ' || name FROM (
    SELECT * FROM (SELECT * FROM main.source EXCEPT SELECT * FROM temp.source)
    UNION ALL
    SELECT * FROM (SELECT * FROM temp.source EXCEPT SELECT * FROM main.source)) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_plan
SELECT organisation || ' plan/' || fiscal_year FROM (
    SELECT * FROM (SELECT * FROM main.plan EXCEPT SELECT * FROM temp.plan)
    UNION ALL
    SELECT * FROM (SELECT * FROM temp.plan EXCEPT SELECT * FROM main.plan)) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_initiative
SELECT organisation || ' plan/' || fiscal_year || '/initiative/' || number FROM (
    SELECT * FROM (SELECT * FROM main.initiative EXCEPT SELECT * FROM temp.initiative)
    UNION ALL
    SELECT * FROM (SELECT * FROM temp.initiative EXCEPT SELECT * FROM main.initiative)) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_indicator
SELECT organisation || ' plan/' || fiscal_year || '/initiative/' || initiative FROM (
    SELECT * FROM (SELECT * FROM main.indicator EXCEPT SELECT * FROM temp.indicator)
    UNION ALL
    SELECT * FROM (SELECT * FROM temp.indicator EXCEPT SELECT * FROM main.indicator)) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_activity
SELECT organisation || ' plan/' || fiscal_year || '/initiative/' || initiative FROM (
    SELECT * FROM (SELECT * FROM main.activity EXCEPT SELECT * FROM temp.activity)
    UNION ALL
    SELECT * FROM (SELECT * FROM temp.activity EXCEPT SELECT * FROM main.activity)) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_finding
SELECT organisation || ' plan/' || fiscal_year || '/findings' FROM (
    SELECT * FROM (SELECT * FROM main.finding EXCEPT SELECT * FROM temp.finding)
    UNION ALL
    SELECT * FROM (SELECT * FROM temp.finding EXCEPT SELECT * FROM main.finding)) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_search
SELECT organisation || ' plan/' || fiscal_year || '/initiative/' || initiative FROM (
    SELECT * FROM (SELECT * FROM main.search EXCEPT SELECT * FROM temp.search)
    UNION ALL
    SELECT * FROM (SELECT * FROM temp.search EXCEPT SELECT * FROM main.search)) AS x
 GROUP BY 1 ORDER BY 1;

-- name: compare_blob_missing
-- Documents that a record names and nobody has.
SELECT organisation || ' ' || name FROM source
 WHERE hash NOT IN (SELECT hash FROM blob)
 ORDER BY 1;

-- name: compare_blob_unknown
-- Documents that no record names.
SELECT hash FROM blob WHERE hash NOT IN (SELECT hash FROM source) ORDER BY 1;
