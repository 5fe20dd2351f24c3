-- How voices stand at the clock, for indicators that are made of them. Derived. SQLite's form;
-- 0017_voice_terms.pg.sql is PostgreSQL's.

CREATE TABLE voice_term ( -- voices that stand alike: how many
    organisation TEXT NOT NULL,   -- whose
    fiscal_year INTEGER NOT NULL, -- of receipt, western
    facets TEXT NOT NULL,         -- the door; a line for each question: category, tab, section
    received TEXT NOT NULL,       -- day of receipt
    due TEXT NOT NULL,            -- day on which the first answer is due
    in_time INTEGER NOT NULL,     -- 1 = answered by then
    voices INTEGER NOT NULL,      -- how many, at least 1
    PRIMARY KEY (organisation, fiscal_year, facets, received, due, in_time)
) STRICT, WITHOUT ROWID;

INSERT INTO voice_term (organisation, fiscal_year, facets, received, due, in_time, voices)
SELECT organisation, fiscal_year, facets, received, due, in_time, count(*)
  FROM (SELECT v.organisation, v.fiscal_year,
               v.door || (SELECT group_concat(question, '')
                            FROM (SELECT char(10) || coalesce(p.value ->> 'category', '') || char(9)
                                         || coalesce(p.value ->> 'section', '') AS question
                                    FROM json_each(r.body, '$.parts') AS p
                                   GROUP BY 1 ORDER BY min(p.key))) AS facets,
               v.received, r.body ->> '$.turns[0].due' AS due,
               coalesce(r.body ->> '$.turns[0].answered', '') <> ''
               AND r.body ->> '$.turns[0].answered' <= r.body ->> '$.turns[0].due' AS in_time
          FROM voice AS v JOIN record AS r ON r.seq = v.record) AS one
 GROUP BY organisation, fiscal_year, facets, received, due, in_time;
