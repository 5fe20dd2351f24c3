-- Meetings of the ward council. Derived. PostgreSQL's form.

CREATE TABLE meeting ( -- 区政会議の会議
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose council
    fiscal_year BIGINT NOT NULL, -- western
    number BIGINT NOT NULL,      -- in the year, from 1
    day TEXT NOT NULL,            -- 2025-06-20; '' = cancelled before a day was set
    state TEXT NOT NULL,          -- planned, held, cancelled
    title TEXT NOT NULL,          -- as it is shown
    record BIGINT NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, fiscal_year, number)
);
