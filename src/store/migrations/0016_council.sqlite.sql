-- Meetings of the ward council. Derived. SQLite's form; 0016_council.pg.sql is PostgreSQL's.

CREATE TABLE meeting ( -- 区政会議の会議
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose council
    fiscal_year INTEGER NOT NULL, -- western
    number INTEGER NOT NULL,      -- in the year, from 1
    day TEXT NOT NULL,            -- 2025-06-20; '' = cancelled before a day was set
    state TEXT NOT NULL,          -- planned, held, cancelled
    title TEXT NOT NULL,          -- as it is shown
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, fiscal_year, number)
) STRICT, WITHOUT ROWID;
