-- The working copies of a year: all of it derived from records. SQLite's form;
-- 0003_cycle.pg.sql is PostgreSQL's.

CREATE TABLE cycle ( -- a year being worked on
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    fiscal_year INTEGER NOT NULL,   -- western year in which it begins
    phase TEXT NOT NULL,            -- draft proposal adopted revising revised midyear reviewed evaluation evaluated published correcting
    midyear_done INTEGER NOT NULL,  -- 1 = a mid-year review was closed this year
    origin_year INTEGER NOT NULL,   -- the year it was made from; 0 = begun empty
    title TEXT,                     -- of the plan
    form TEXT,                      -- id of the form definition
    due_plan TEXT,                  -- day by which the plan's sheets are to be approved; NULL = none
    due_midyear TEXT,               -- the same of the mid-year review
    due_evaluation TEXT,            -- the same of the self-evaluation
    mover TEXT NOT NULL,            -- account that made the last move
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, fiscal_year)
) STRICT, WITHOUT ROWID;

CREATE TABLE sheet ( -- an initiative as its section writes it
    organisation TEXT NOT NULL,      -- of which year
    fiscal_year INTEGER NOT NULL,    -- of which year
    number INTEGER NOT NULL,         -- of the initiative
    section TEXT,                    -- key of the organisation that writes it; NULL = the planning section
    origin_year INTEGER NOT NULL,    -- where it was copied from; 0 = new
    origin_number INTEGER NOT NULL,  -- its number there
    title TEXT,                      -- of the initiative
    empty_plan INTEGER NOT NULL,     -- mandatory fields of the plan that are empty
    empty_midyear INTEGER NOT NULL,  -- of the mid-year review
    empty_evaluation INTEGER NOT NULL, -- of the self-evaluation
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, fiscal_year, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE sheet_step ( -- where a step of a sheet stands; no row = open, never touched
    organisation TEXT NOT NULL,   -- of which sheet
    fiscal_year INTEGER NOT NULL, -- of which sheet
    number INTEGER NOT NULL,      -- of which sheet
    step TEXT NOT NULL,           -- plan midyear evaluation
    status TEXT NOT NULL,         -- open submitted returned approved skipped
    submitter TEXT,               -- account that submitted it last; NULL = nobody yet
    sheet BLOB,                   -- hash of the sheet's record that it was said of
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, fiscal_year, number, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_answer ( -- a finding that was answered with a reason
    organisation TEXT NOT NULL,   -- of which sheet
    fiscal_year INTEGER NOT NULL, -- of which sheet
    number INTEGER NOT NULL,      -- of which sheet; 0 = the plan
    id TEXT NOT NULL,             -- 12 hexadecimal digits of SHA-256 of rule and subject
    rule TEXT NOT NULL,           -- P1, ...
    subject TEXT,                 -- what the finding is about
    reason TEXT NOT NULL,         -- the answer
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, fiscal_year, number, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE commitment ( -- a sentence of 課題と改善策, and what a later year does about it
    organisation TEXT NOT NULL,   -- whose
    fiscal_year INTEGER NOT NULL, -- the year that decides about it
    official INTEGER NOT NULL,    -- 1 = published with that year's plan, 0 = as it is worked on
    id TEXT NOT NULL,             -- year, initiative, step and sentence it was promised in: 2023-3-midyear-1
    text TEXT NOT NULL,           -- the sentence
    fate TEXT NOT NULL,           -- open adopted dropped carried done
    fate_number INTEGER NOT NULL, -- initiative that adopts it; 0 = none
    fate_reason TEXT,             -- why it was dropped or carried
    years INTEGER NOT NULL,       -- how often it was carried before
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, fiscal_year, official, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE catalogue ( -- indicators that outlive the year
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    id TEXT NOT NULL,             -- its name in addresses
    name TEXT NOT NULL,           -- of the indicator
    retired INTEGER NOT NULL,     -- 1 = not offered for new sheets
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_author ON record (author, seq);
