-- Surveys: what was asked and what was answered. Derived. PostgreSQL's form.

CREATE TABLE survey ( -- アンケート, as it is defined
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    key TEXT NOT NULL,           -- its name in addresses: kumin-2024
    fiscal_year BIGINT NOT NULL, -- western
    title TEXT NOT NULL,         -- as it is shown
    record BIGINT NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, key)
);

CREATE TABLE survey_answers ( -- what was answered
    organisation TEXT NOT NULL,  -- whose
    key TEXT NOT NULL,           -- of the survey
    answers BIGINT NOT NULL,     -- how many
    file BYTEA,                  -- SHA-256 of the answer file, a blob; NULL = typed
    tallies BYTEA NOT NULL,      -- SHA-256 of the counts by attribute, a blob
    record BIGINT NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, key)
);
