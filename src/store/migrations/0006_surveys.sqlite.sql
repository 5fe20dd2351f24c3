-- Surveys: what was asked and what was answered. Derived. SQLite's form; 0006_surveys.pg.sql is
-- PostgreSQL's.

CREATE TABLE survey ( -- アンケート, as it is defined
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    key TEXT NOT NULL,            -- its name in addresses: kumin-2024
    fiscal_year INTEGER NOT NULL, -- western
    title TEXT NOT NULL,          -- as it is shown
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE survey_answers ( -- what was answered
    organisation TEXT NOT NULL,   -- whose
    key TEXT NOT NULL,            -- of the survey
    answers INTEGER NOT NULL,     -- how many
    file BLOB,                    -- SHA-256 of the answer file, a blob; NULL = typed
    tallies BLOB NOT NULL,        -- SHA-256 of the counts by attribute, a blob
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, key)
) STRICT, WITHOUT ROWID;
