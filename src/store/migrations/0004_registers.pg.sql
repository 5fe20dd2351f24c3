-- Registers and ledgers: derived tables, made from the records of kinds register, ledger, entries,
-- areas, binding and actual. PostgreSQL's form.

CREATE TABLE book ( -- 台帳: a register or ledger that an organisation keeps
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    book TEXT NOT NULL,       -- register/training, ledger/kokuho
    name_ja TEXT NOT NULL,    -- as it is shown
    name_en TEXT NOT NULL,    -- the same in English
    record BIGINT NOT NULL REFERENCES record (seq), -- its definition
    PRIMARY KEY (organisation, book)
);

CREATE TABLE entry_batch ( -- entries that were added, changed or voided together
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    book TEXT NOT NULL,       -- of which register or ledger
    number BIGINT NOT NULL,  -- 1, 2, 3, ...
    entries BIGINT NOT NULL, -- rows it has
    source BYTEA,              -- hash of the file they came from; NULL = typed
    source_name TEXT,         -- name of that file
    record BIGINT NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, book, number)
);

CREATE TABLE entry ( -- 台帳の1件, each version of it
    organisation TEXT NOT NULL,  -- of which register
    book TEXT NOT NULL,          -- of which register
    id TEXT NOT NULL,            -- 16 hexadecimal digits of SHA-256 of what tells it from others
    batch BIGINT NOT NULL,      -- the batch that says so
    is_current BIGINT NOT NULL, -- 1 = no later batch says otherwise
    is_void BIGINT NOT NULL,    -- 1 = taken back
    day TEXT NOT NULL,           -- 2024-04-01 or 2024-04; '' = it has none
    area TEXT NOT NULL,          -- '' = it has none
    body TEXT NOT NULL,          -- the row of the batch, canonical JSON
    PRIMARY KEY (organisation, book, id, batch)
);
CREATE INDEX entry_day ON entry (organisation, book, is_current, day, id);

CREATE TABLE entry_cell ( -- what standing entries add up to: month, area, choices, missing values
    organisation TEXT NOT NULL,   -- of which register
    book TEXT NOT NULL,           -- of which register
    fiscal_year BIGINT NOT NULL, -- of the day, or as the entry names it; 0 = none
    field TEXT NOT NULL,          -- '' = number of entries, else the quantity
    month TEXT NOT NULL,          -- 2024-04; '' = none
    area TEXT NOT NULL,           -- '' = none
    facets TEXT NOT NULL,         -- choices, flags and section: canonical JSON
    missing TEXT NOT NULL,        -- quantities without a value: "taken? " is pending, "taken- " absent
    amount BIGINT NOT NULL,      -- the number of entries, or the sum times 10000
    PRIMARY KEY (organisation, book, fiscal_year, field, month, area, facets, missing)
);

CREATE TABLE area ( -- 地域 of an organisation
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    position BIGINT NOT NULL,  -- 0, 1, 2, ... in the order of the list
    key TEXT NOT NULL,          -- number or short name
    name TEXT NOT NULL,         -- as entries name it
    record BIGINT NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, position)
);

CREATE TABLE binding ( -- where an indicator's actual comes from
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    indicator TEXT NOT NULL,  -- key of the indicator
    book TEXT NOT NULL,       -- register/..., ledger/..., survey/..., rating/...; '' = manual
    record BIGINT NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, indicator)
);
CREATE INDEX binding_book ON binding (organisation, book);

CREATE TABLE actual ( -- an actual that somebody accepted from the evidence
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    fiscal_year BIGINT NOT NULL, -- of which year
    indicator TEXT NOT NULL,      -- key of the indicator
    value TEXT NOT NULL,          -- digits
    unit TEXT,                    -- NULL = none
    is_final BIGINT NOT NULL,    -- 0 = provisional
    record BIGINT NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, fiscal_year, indicator)
);
