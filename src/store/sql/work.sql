-- The working copies of a year: written from records, read by those who work in it.

-- name: cycle_put
INSERT INTO cycle (organisation, fiscal_year, phase, midyear_done, origin_year, title, form,
                   due_plan, due_midyear, due_evaluation, mover, record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
ON CONFLICT (organisation, fiscal_year) DO UPDATE
   SET phase = excluded.phase, midyear_done = excluded.midyear_done,
       origin_year = excluded.origin_year, title = excluded.title, form = excluded.form,
       due_plan = excluded.due_plan, due_midyear = excluded.due_midyear,
       due_evaluation = excluded.due_evaluation, mover = excluded.mover,
       record = excluded.record;

-- name: cycle_clear
DELETE FROM cycle;

-- name: cycle_row
SELECT c.organisation, c.fiscal_year, c.phase, c.midyear_done, c.origin_year, c.title, c.form,
       c.due_plan, c.due_midyear, c.due_evaluation, c.mover, r.hash, r.at, r.author, r.role,
       r.reason
  FROM cycle AS c
  JOIN record AS r ON r.seq = c.record
 WHERE c.organisation = ?1 AND c.fiscal_year = ?2;

-- name: cycle_rows
-- Newest year first.
SELECT c.organisation, c.fiscal_year, c.phase, c.midyear_done, c.origin_year, c.title, c.form,
       c.due_plan, c.due_midyear, c.due_evaluation, c.mover, r.hash, r.at, r.author, r.role,
       r.reason
  FROM cycle AS c
  JOIN record AS r ON r.seq = c.record
 WHERE c.organisation = ?1
 ORDER BY c.fiscal_year DESC;

-- name: cycle_names
-- Every year that is worked on, with the name of whose it is.
SELECT c.organisation, o.name, c.fiscal_year
  FROM cycle AS c
  JOIN organisation AS o ON o.key = c.organisation
 ORDER BY c.organisation, c.fiscal_year;

-- name: sheet_put
INSERT INTO sheet (organisation, fiscal_year, number, section, origin_year, origin_number,
                   title, empty_plan, empty_midyear, empty_evaluation, record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT (organisation, fiscal_year, number) DO UPDATE
   SET section = excluded.section, origin_year = excluded.origin_year,
       origin_number = excluded.origin_number, title = excluded.title,
       empty_plan = excluded.empty_plan, empty_midyear = excluded.empty_midyear,
       empty_evaluation = excluded.empty_evaluation, record = excluded.record;

-- name: sheet_drop
DELETE FROM sheet WHERE organisation = ?1 AND fiscal_year = ?2 AND number = ?3;

-- name: sheet_clear
DELETE FROM sheet;

-- name: sheet_row
SELECT s.number, s.section, o.name, s.origin_year, s.origin_number, s.title, s.empty_plan,
       s.empty_midyear, s.empty_evaluation, r.hash, r.at, r.author, r.body
  FROM sheet AS s
  JOIN record AS r ON r.seq = s.record
  LEFT JOIN organisation AS o ON o.key = s.section
 WHERE s.organisation = ?1 AND s.fiscal_year = ?2 AND s.number = ?3;

-- name: sheet_rows
SELECT s.number, s.section, o.name, s.origin_year, s.origin_number, s.title, s.empty_plan,
       s.empty_midyear, s.empty_evaluation, r.hash, r.at, r.author
  FROM sheet AS s
  JOIN record AS r ON r.seq = s.record
  LEFT JOIN organisation AS o ON o.key = s.section
 WHERE s.organisation = ?1 AND s.fiscal_year = ?2
 ORDER BY s.number;

-- name: sheet_bodies
SELECT r.body
  FROM sheet AS s
  JOIN record AS r ON r.seq = s.record
 WHERE s.organisation = ?1 AND s.fiscal_year = ?2
 ORDER BY s.number;

-- name: sheet_section
SELECT section FROM sheet WHERE organisation = ?1 AND fiscal_year = ?2 AND number = ?3;

-- name: sheet_newest
-- The newest record of any sheet of a year, dropped ones too: ?2 is the start of their names, ?3
-- the first text after all of those.
SELECT coalesce(max(seq), 0) FROM record
 WHERE organisation = ?1 AND entity >= ?2 AND entity < ?3;

-- name: sheet_last_number
-- The greatest number a sheet of the year has or had.
SELECT coalesce(max(number), 0) FROM sheet WHERE organisation = ?1 AND fiscal_year = ?2;

-- name: sheet_unsettled
-- Sheets whose step is neither approved nor skipped.
SELECT s.number
  FROM sheet AS s
  LEFT JOIN sheet_step AS t ON t.organisation = s.organisation
                           AND t.fiscal_year = s.fiscal_year AND t.number = s.number
                           AND t.step = ?3
 WHERE s.organisation = ?1 AND s.fiscal_year = ?2
   AND coalesce(t.status, 'open') NOT IN ('approved', 'skipped')
 ORDER BY s.number;

-- name: sheet_step_put
INSERT INTO sheet_step (organisation, fiscal_year, number, step, status, submitter, sheet,
                        record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (organisation, fiscal_year, number, step) DO UPDATE
   SET status = excluded.status, submitter = excluded.submitter, sheet = excluded.sheet,
       record = excluded.record;

-- name: sheet_step_clear
DELETE FROM sheet_step;

-- name: sheet_step_rows
SELECT t.number, t.step, t.status, t.submitter, t.sheet, r.hash, r.at, r.author, r.reason
  FROM sheet_step AS t
  JOIN record AS r ON r.seq = t.record
 WHERE t.organisation = ?1 AND t.fiscal_year = ?2
 ORDER BY t.number, t.step;

-- name: sheet_step_of_sheet
SELECT t.number, t.step, t.status, t.submitter, t.sheet, r.hash, r.at, r.author, r.reason
  FROM sheet_step AS t
  JOIN record AS r ON r.seq = t.record
 WHERE t.organisation = ?1 AND t.fiscal_year = ?2 AND t.number = ?3
 ORDER BY t.step;

-- name: finding_answer_put
INSERT INTO finding_answer (organisation, fiscal_year, number, id, rule, subject, reason,
                            record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (organisation, fiscal_year, number, id) DO UPDATE
   SET rule = excluded.rule, subject = excluded.subject, reason = excluded.reason,
       record = excluded.record;

-- name: finding_answer_drop
DELETE FROM finding_answer
 WHERE organisation = ?1 AND fiscal_year = ?2 AND number = ?3 AND id = ?4;

-- name: finding_answer_clear
DELETE FROM finding_answer;

-- name: finding_answer_rows
SELECT f.number, f.id, f.rule, f.subject, f.reason, r.author, r.at, r.hash
  FROM finding_answer AS f
  JOIN record AS r ON r.seq = f.record
 WHERE f.organisation = ?1 AND f.fiscal_year = ?2
 ORDER BY f.number, f.id;

-- name: commitment_put
INSERT INTO commitment (organisation, fiscal_year, official, id, text, fate, fate_number,
                        fate_reason, years, record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (organisation, fiscal_year, official, id) DO UPDATE
   SET text = excluded.text, fate = excluded.fate, fate_number = excluded.fate_number,
       fate_reason = excluded.fate_reason, years = excluded.years, record = excluded.record;

-- name: commitment_clear
DELETE FROM commitment;

-- name: commitment_rows
SELECT k.id, r.hash, r.body
  FROM commitment AS k
  JOIN record AS r ON r.seq = k.record
 WHERE k.organisation = ?1 AND k.fiscal_year = ?2 AND k.official = ?3
 ORDER BY k.id;

-- name: catalogue_put
INSERT INTO catalogue (organisation, id, name, retired, record) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (organisation, id) DO UPDATE
   SET name = excluded.name, retired = excluded.retired, record = excluded.record;

-- name: catalogue_clear
DELETE FROM catalogue;

-- name: catalogue_rows
SELECT k.id, r.hash, r.at, r.body
  FROM catalogue AS k
  JOIN record AS r ON r.seq = k.record
 WHERE k.organisation = ?1
 ORDER BY k.name, k.id;

-- name: catalogue_row
SELECT k.id, r.hash, r.at, r.body
  FROM catalogue AS k
  JOIN record AS r ON r.seq = k.record
 WHERE k.organisation = ?1 AND k.id = ?2;

-- name: record_written_by
-- What an account wrote last.
SELECT seq, position, organisation, kind, entity, replaces, author, role, at, reason, hash
  FROM record
 WHERE author = ?1
 ORDER BY seq DESC LIMIT ?2;
