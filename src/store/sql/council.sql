-- Meetings of the ward council.

-- name: meeting_put
INSERT INTO meeting (organisation, fiscal_year, number, day, state, title, record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (organisation, fiscal_year, number) DO UPDATE
   SET day = excluded.day, state = excluded.state, title = excluded.title,
       record = excluded.record;

-- name: meeting_list
-- Of a fiscal year, 0 = of all: the newest year first, in it by day.
SELECT fiscal_year, number FROM meeting
 WHERE organisation = ?1 AND (?2 = 0 OR fiscal_year = ?2)
 ORDER BY fiscal_year DESC, day, number LIMIT ?3;

-- name: meeting_clear
DELETE FROM meeting;
