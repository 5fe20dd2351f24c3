-- The derived tables of plans: written from records, read by pages.

-- name: plan_put
-- Counts are filled in by plan_count and plan_count_findings.
INSERT INTO plan (organisation, fiscal_year, state, title, form, source, source_name,
                  initiatives, initiatives_met, initiatives_not_met, indicators, with_result,
                  met, not_met, cannot_tell, not_measured, not_measurable, errors, warnings, infos, record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ?8)
ON CONFLICT (organisation, fiscal_year) DO UPDATE
   SET state = excluded.state, title = excluded.title, form = excluded.form,
       source = excluded.source, source_name = excluded.source_name,
       record = excluded.record;

-- name: plan_count
UPDATE plan
   SET (initiatives, initiatives_met, initiatives_not_met, indicators, with_result, met,
        not_met, cannot_tell, not_measured, not_measurable) =
       (SELECT count(*), coalesce(sum(goals_met), 0), coalesce(sum(1 - goals_met), 0),
               coalesce(sum(i.indicators), 0), coalesce(sum(i.with_result), 0),
               coalesce(sum(i.met), 0), coalesce(sum(i.not_met), 0),
               coalesce(sum(i.cannot_tell), 0), coalesce(sum(i.not_measured), 0),
               coalesce(sum(i.not_measurable), 0)
          FROM initiative AS i
         WHERE i.organisation = ?1 AND i.fiscal_year = ?2)
 WHERE organisation = ?1 AND fiscal_year = ?2;

-- name: plan_count_findings
UPDATE plan
   SET (errors, warnings, infos) =
       (SELECT coalesce(sum(CASE severity WHEN 'E' THEN 1 ELSE 0 END), 0),
               coalesce(sum(CASE severity WHEN 'W' THEN 1 ELSE 0 END), 0),
               coalesce(sum(CASE severity WHEN 'I' THEN 1 ELSE 0 END), 0)
          FROM finding AS f
         WHERE f.organisation = ?1 AND f.fiscal_year = ?2),
       findings = ?3
 WHERE organisation = ?1 AND fiscal_year = ?2;

-- name: plan_row
SELECT p.organisation, o.name, p.fiscal_year, p.title, p.state, p.form, p.source,
       p.source_name, p.initiatives, p.initiatives_met, p.initiatives_not_met, p.indicators,
       p.with_result, p.met, p.not_met, p.cannot_tell, p.not_measured, p.not_measurable, p.errors, p.warnings,
       p.infos, p.record, r.at, r.author, r.reason, r.hash
  FROM plan AS p
  JOIN organisation AS o ON o.key = p.organisation
  JOIN record AS r ON r.seq = p.record
 WHERE p.organisation = ?1 AND p.fiscal_year = ?2;

-- name: plan_rows
SELECT p.organisation, o.name, p.fiscal_year, p.title, p.state, p.form, p.source,
       p.source_name, p.initiatives, p.initiatives_met, p.initiatives_not_met, p.indicators,
       p.with_result, p.met, p.not_met, p.cannot_tell, p.not_measured, p.not_measurable, p.errors, p.warnings,
       p.infos, p.record, r.at, r.author, r.reason, r.hash
  FROM plan AS p
  JOIN organisation AS o ON o.key = p.organisation
  JOIN record AS r ON r.seq = p.record
 WHERE p.organisation = ?1
 ORDER BY p.fiscal_year DESC;

-- name: plan_newer_records
-- How many of the records that a plan's rows were made from were written after ?3.
SELECT (SELECT count(*) FROM plan AS p JOIN record AS r ON r.seq = p.record
         WHERE p.organisation = ?1 AND p.fiscal_year = ?2 AND r.at > ?3)
     + (SELECT count(*) FROM plan AS p JOIN record AS r ON r.seq = p.findings
         WHERE p.organisation = ?1 AND p.fiscal_year = ?2 AND r.at > ?3)
     + (SELECT count(*) FROM initiative AS i JOIN record AS r ON r.seq = i.record
         WHERE i.organisation = ?1 AND i.fiscal_year = ?2 AND r.at > ?3);

-- name: plan_records
-- What a plan and its findings were made from.
SELECT record, coalesce(findings, 0) FROM plan WHERE organisation = ?1 AND fiscal_year = ?2;

-- name: plan_hashes
-- The records that say how a plan and its initiatives stand, the plan's first.
SELECT r.hash
  FROM (SELECT -1 AS place, record FROM plan WHERE organisation = ?1 AND fiscal_year = ?2
        UNION ALL
        SELECT number, record FROM initiative WHERE organisation = ?1 AND fiscal_year = ?2) AS x
  JOIN record AS r ON r.seq = x.record
 ORDER BY x.place;

-- name: plan_clear
DELETE FROM plan;

-- name: initiative_put
INSERT INTO initiative (organisation, fiscal_year, number, title, goals_met, indicators,
                        with_result, met, not_met, cannot_tell, not_measured, not_measurable,
                        record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);

-- name: initiative_record
SELECT record FROM initiative WHERE organisation = ?1 AND fiscal_year = ?2 AND number = ?3;

-- name: initiative_records
-- In the order of the sheet.
SELECT number, record FROM initiative
 WHERE organisation = ?1 AND fiscal_year = ?2
 ORDER BY number;

-- name: initiative_before
SELECT number, title FROM initiative
 WHERE organisation = ?1 AND fiscal_year = ?2 AND number < ?3
 ORDER BY number DESC LIMIT 1;

-- name: initiative_after
SELECT number, title FROM initiative
 WHERE organisation = ?1 AND fiscal_year = ?2 AND number > ?3
 ORDER BY number LIMIT 1;

-- name: initiative_drop
DELETE FROM initiative WHERE organisation = ?1 AND fiscal_year = ?2 AND number = ?3;

-- name: initiative_clear
DELETE FROM initiative;

-- name: indicator_add
INSERT INTO indicator (organisation, fiscal_year, initiative, position, name, key, role,
                       comparison, target, baseline, actual, unit, verdict)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);

-- name: indicator_drop
DELETE FROM indicator WHERE organisation = ?1 AND fiscal_year = ?2 AND initiative = ?3;

-- name: indicator_clear
DELETE FROM indicator;

-- name: indicator_series
-- Where an indicator stands, year by year, and the record that says more.
SELECT k.fiscal_year, k.initiative, k.position, i.record
  FROM indicator AS k
  JOIN initiative AS i ON i.organisation = k.organisation AND i.fiscal_year = k.fiscal_year
                      AND i.number = k.initiative
 WHERE k.organisation = ?1 AND k.key = ?2
 ORDER BY k.fiscal_year, k.initiative, k.position;

-- name: activity_add
INSERT INTO activity (organisation, fiscal_year, initiative, position, text, quantity, unit,
                      as_needed, reported_text, reported_quantity, reported_unit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);

-- name: activity_drop
DELETE FROM activity WHERE organisation = ?1 AND fiscal_year = ?2 AND initiative = ?3;

-- name: activity_clear
DELETE FROM activity;

-- name: finding_add
INSERT INTO finding (organisation, fiscal_year, position, initiative, rule, severity, subject,
                     place_off, place_len, place_line, place_col, message_ja, message_en)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);

-- name: finding_drop
DELETE FROM finding WHERE organisation = ?1 AND fiscal_year = ?2;

-- name: finding_clear
DELETE FROM finding;

-- name: finding_record
-- What a plan's findings were made from.
SELECT coalesce(findings, 0) FROM plan WHERE organisation = ?1 AND fiscal_year = ?2;

-- name: finding_of_plan
SELECT initiative, rule, severity, subject, place_off, place_len, place_line, place_col,
       message_ja, message_en
  FROM finding
 WHERE organisation = ?1 AND fiscal_year = ?2
 ORDER BY position;

-- name: finding_of_initiative
SELECT initiative, rule, severity, subject, place_off, place_len, place_line, place_col,
       message_ja, message_en
  FROM finding
 WHERE organisation = ?1 AND fiscal_year = ?2 AND initiative = ?3
 ORDER BY position;
