-- How voices stand at the clock, for indicators that are made of them. Derived: `meguri rebuild`
-- fills it. PostgreSQL's form.

CREATE TABLE voice_term ( -- voices that stand alike: how many
    organisation TEXT NOT NULL,  -- whose
    fiscal_year BIGINT NOT NULL, -- of receipt, western
    facets TEXT NOT NULL,        -- the door; a line for each question: category, tab, section
    received TEXT NOT NULL,      -- day of receipt
    due TEXT NOT NULL,           -- day on which the first answer is due
    in_time BIGINT NOT NULL,     -- 1 = answered by then
    voices BIGINT NOT NULL,      -- how many, at least 1
    PRIMARY KEY (organisation, fiscal_year, facets, received, due, in_time)
);
