-- Surveys and what was answered.

-- name: survey_put
INSERT INTO survey (organisation, key, fiscal_year, title, record)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (organisation, key) DO UPDATE
   SET fiscal_year = excluded.fiscal_year, title = excluded.title, record = excluded.record;

-- name: survey_clear
DELETE FROM survey;

-- name: survey_answers_put
INSERT INTO survey_answers (organisation, key, answers, file, tallies, record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (organisation, key) DO UPDATE
   SET answers = excluded.answers, file = excluded.file, tallies = excluded.tallies,
       record = excluded.record;

-- name: survey_answers_clear
DELETE FROM survey_answers;

-- name: survey_rows
-- Those of an organisation, the newest year first.
SELECT s.key, s.title, s.fiscal_year, coalesce(t.answers, 0)
  FROM survey AS s
  LEFT JOIN survey_answers AS t ON t.organisation = s.organisation AND t.key = s.key
 WHERE s.organisation = ?1
 ORDER BY s.fiscal_year DESC, s.key;

-- name: survey_work_keys
-- The entities of working definitions: work/survey/<key>, without those of their answers.
SELECT DISTINCT entity FROM record
 WHERE organisation = ?1 AND entity >= 'work/survey/' AND entity < 'work/survey0'
   AND kind = 'survey'
 ORDER BY entity;

-- name: survey_invitation_add
INSERT INTO survey_invitation (organisation, key, code, used) VALUES (?1, ?2, ?3, 0);

-- name: survey_invitation_get
SELECT used FROM survey_invitation WHERE organisation = ?1 AND key = ?2 AND code = ?3;

-- name: survey_invitation_count
-- Given out, and used.
SELECT count(*), coalesce(sum(used), 0) FROM survey_invitation
 WHERE organisation = ?1 AND key = ?2;

-- name: survey_invitation_use
UPDATE survey_invitation SET used = 1 WHERE organisation = ?1 AND key = ?2 AND code = ?3;

-- name: survey_reply_add
INSERT INTO survey_reply (organisation, key, id, body) VALUES (?1, ?2, ?3, ?4);

-- name: survey_reply_rows
SELECT body FROM survey_reply WHERE organisation = ?1 AND key = ?2 ORDER BY id;
