-- Answers by invitation. Not derived: who may still answer is no record, and an answer becomes one
-- when it is counted. Nothing here tells who answered, or when. SQLite's form.

CREATE TABLE survey_invitation ( -- codes that were given out
    organisation TEXT NOT NULL, -- whose survey
    key TEXT NOT NULL,          -- of the survey
    code BLOB NOT NULL,         -- SHA-256 of survey and code; the code itself is not kept
    used INTEGER NOT NULL,      -- 1 = an answer came by it
    PRIMARY KEY (organisation, key, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE survey_reply ( -- answers that came by the form on the web
    organisation TEXT NOT NULL, -- whose survey
    key TEXT NOT NULL,          -- of the survey
    id BLOB NOT NULL,           -- random, so that rows lie in no order that tells anything
    body TEXT NOT NULL,         -- canonical JSON: the code of each choice by the question's key
    PRIMARY KEY (organisation, key, id)
) STRICT, WITHOUT ROWID;
