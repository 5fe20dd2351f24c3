-- Voices. The first tables are derived from the records; the last three are not, hold what is
-- personal or secret, and are erased for good. SQLite's form; 0010_voices.pg.sql is PostgreSQL's.

CREATE TABLE voice ( -- 声, as staff see it: a row for a list
    organisation TEXT NOT NULL,     -- whose
    fiscal_year INTEGER NOT NULL,   -- of receipt, western
    number INTEGER NOT NULL,        -- within organisation and year, from 1
    door TEXT NOT NULL,             -- voice box council survey
    received TEXT NOT NULL,         -- day of receipt
    due TEXT NOT NULL,              -- day on which the answer is due that counts now
    state TEXT NOT NULL,            -- open answered closed
    stage TEXT NOT NULL,            -- received assigned answered considered adopted done declined
    publication TEXT NOT NULL,      -- undecided embargo public withheld
    category TEXT NOT NULL,         -- of the first part that waits, or of the first
    section TEXT NOT NULL,          -- the same; '' = none yet
    summary TEXT NOT NULL,          -- of the first part, in staff's words; '' before triage
    parts INTEGER NOT NULL,         -- questions in it
    group_year INTEGER NOT NULL,    -- the voice it is listed with, 0 = none
    group_number INTEGER NOT NULL,  -- the same
    is_reopened INTEGER NOT NULL,   -- 1 = "this did not answer me"
    closed TEXT NOT NULL,           -- the day it was closed, '' = it is not
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, fiscal_year, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX voice_group ON voice (organisation, group_year, group_number);
CREATE INDEX voice_closed ON voice (organisation, closed) WHERE closed <> '';

CREATE TABLE voice_facet ( -- by what voices and public copies are listed
    organisation TEXT NOT NULL,   -- whose
    is_public INTEGER NOT NULL,   -- 0: voices, for staff; 1: public copies
    facet TEXT NOT NULL,          -- enum voice_facet: door month state section …
    value TEXT NOT NULL,          -- code
    fiscal_year INTEGER NOT NULL, -- of the voice
    number INTEGER NOT NULL,      -- of the voice
    PRIMARY KEY (organisation, is_public, facet, value, fiscal_year, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE voice_tags ( -- all facets of one in a text, to see under several at once
    organisation TEXT NOT NULL,   -- whose
    is_public INTEGER NOT NULL,   -- as in voice_facet
    fiscal_year INTEGER NOT NULL, -- of the voice
    number INTEGER NOT NULL,      -- of the voice
    tags TEXT NOT NULL,           -- facet=value of each, U+0001 before and behind it
    PRIMARY KEY (organisation, is_public, fiscal_year, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE voice_count ( -- how many rows voice_facet has of each, so that nobody need count
    organisation TEXT NOT NULL,   -- whose
    is_public INTEGER NOT NULL,   -- as in voice_facet
    facet TEXT NOT NULL,          -- as in voice_facet
    fiscal_year INTEGER NOT NULL, -- of the voices
    value TEXT NOT NULL,          -- as in voice_facet
    door TEXT NOT NULL,           -- of the voices
    voices INTEGER NOT NULL,      -- how many, at least 1
    PRIMARY KEY (organisation, is_public, facet, fiscal_year, value, door)
) STRICT, WITHOUT ROWID;

CREATE TABLE voice_link ( -- what a voice is linked to
    organisation TEXT NOT NULL,   -- whose
    fiscal_year INTEGER NOT NULL, -- of the voice
    number INTEGER NOT NULL,      -- of the voice
    part INTEGER NOT NULL,        -- of the voice, from 1
    position INTEGER NOT NULL,    -- among the links of the part, from 0
    kind TEXT NOT NULL,           -- initiative activity indicator commitment budget
    plan_year INTEGER NOT NULL,   -- fiscal year of the plan or budget
    plan_number INTEGER NOT NULL, -- of the initiative, 0 = none
    key TEXT NOT NULL,            -- of the indicator or commitment, '' = none
    text TEXT NOT NULL,           -- the line of the plan
    summary TEXT NOT NULL,        -- of the part
    public_summary TEXT NOT NULL, -- of the part, '' when the voice is not public
    status TEXT NOT NULL,         -- of the part
    stage TEXT NOT NULL,          -- of the part
    PRIMARY KEY (organisation, fiscal_year, number, part, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX voice_link_to ON voice_link (organisation, plan_year, plan_number, kind, key);

CREATE TABLE voice_turn ( -- what was received and when: what the received texts are checked by
    organisation TEXT NOT NULL,   -- whose
    fiscal_year INTEGER NOT NULL, -- of the voice
    number INTEGER NOT NULL,      -- of the voice
    turn INTEGER NOT NULL,        -- 0 = as received, 1 = "this did not answer me"
    hash BLOB NOT NULL,           -- SHA-256 of salt, text, a zero byte, contact
    PRIMARY KEY (organisation, fiscal_year, number, turn)
) STRICT, WITHOUT ROWID;

CREATE TABLE voice_erasure ( -- received texts that were erased
    organisation TEXT NOT NULL,   -- whose
    fiscal_year INTEGER NOT NULL, -- of the voice
    number INTEGER NOT NULL,      -- of the voice
    turn INTEGER NOT NULL,        -- of the voice
    why TEXT NOT NULL,            -- retention request
    record INTEGER NOT NULL REFERENCES record (seq), -- the tombstone
    PRIMARY KEY (organisation, fiscal_year, number, turn)
) STRICT, WITHOUT ROWID;

CREATE TABLE voice_answer ( -- approved answers, to see when the same text answers many
    organisation TEXT NOT NULL,   -- whose
    fiscal_year INTEGER NOT NULL, -- of the voice
    hash BLOB NOT NULL,           -- SHA-256 of the folded text
    number INTEGER NOT NULL,      -- of the voice
    part INTEGER NOT NULL,        -- of the voice
    PRIMARY KEY (organisation, fiscal_year, hash, number, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE voice_wait ( -- what somebody has to do now
    organisation TEXT NOT NULL,   -- whose
    wait TEXT NOT NULL,           -- triage answer returned approve publish
    section TEXT NOT NULL,        -- whose section; '' = the listeners'
    due TEXT NOT NULL,            -- day on which the answer is due
    fiscal_year INTEGER NOT NULL, -- of the voice
    number INTEGER NOT NULL,      -- of the voice
    part INTEGER NOT NULL,        -- of the voice, 0 = the whole
    summary TEXT NOT NULL,        -- of the part
    comment TEXT NOT NULL,        -- of who sent it back
    PRIMARY KEY (organisation, wait, section, due, fiscal_year, number, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE opinion ( -- the public copies
    organisation TEXT NOT NULL,     -- whose
    fiscal_year INTEGER NOT NULL,   -- of receipt
    number INTEGER NOT NULL,        -- of the voice
    door TEXT NOT NULL,             -- voice box council survey
    month TEXT NOT NULL,            -- of receipt
    received TEXT NOT NULL,         -- day of receipt; '' of a withheld one
    reason TEXT NOT NULL,           -- why it is withheld; '' = it is published
    category TEXT NOT NULL,         -- of the first part
    summary TEXT NOT NULL,          -- of the first part, as reviewed
    kind TEXT NOT NULL,             -- of its last answer
    status TEXT NOT NULL,           -- of the first part
    stage TEXT NOT NULL,            -- of the first part; '' of a withheld one
    parts INTEGER NOT NULL,         -- questions in it
    meeting_year INTEGER NOT NULL,  -- of the council, 0 = none
    meeting_number INTEGER NOT NULL, -- the same
    published TEXT NOT NULL,        -- day it became public first; '' of a withheld one
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, fiscal_year, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX opinion_newest ON opinion (organisation, record);

CREATE TABLE voice_words ( -- texts of voices and of public copies that can be searched
    id INTEGER PRIMARY KEY,       -- seq of the record: newer is larger
    organisation TEXT NOT NULL,   -- whose
    fiscal_year INTEGER NOT NULL, -- of the voice
    number INTEGER NOT NULL,      -- of the voice
    is_public INTEGER NOT NULL,   -- as in voice_facet
    text TEXT NOT NULL,           -- summaries and answers, a line each
    scope TEXT NOT NULL           -- year and facets, each with organisation and audience one word of the index behind U+0001
) STRICT;
CREATE VIRTUAL TABLE voice_index USING fts5 ( -- character pairs of the texts (tokenizer.c)
    text, scope,
    content='voice_words', content_rowid='id', tokenize='bigram', columnsize=0, prefix='1'
);

CREATE TABLE voice_text ( -- received texts; not derived. Rows are only added, and erased where they lie: never moved
    id INTEGER PRIMARY KEY,       -- in the order of receipt
    organisation TEXT NOT NULL,   -- whose
    fiscal_year INTEGER NOT NULL, -- of the voice
    number INTEGER NOT NULL,      -- of the voice
    turn INTEGER NOT NULL,        -- of the voice
    received_ms INTEGER NOT NULL, -- Unix milliseconds
    is_erased INTEGER NOT NULL,   -- 1: salt, text and contact are zero bytes, as many as there were
    salt BLOB NOT NULL,           -- 16 random bytes
    text BLOB NOT NULL,           -- UTF-8 as typed
    contact BLOB NOT NULL         -- UTF-8 as typed
) STRICT;
CREATE UNIQUE INDEX voice_text_of ON voice_text (organisation, fiscal_year, number, turn);

CREATE TABLE voice_receipt ( -- what receipts are known by; not derived
    organisation TEXT NOT NULL,   -- whose
    nonce BLOB NOT NULL,          -- keyed hash of the form's random key and what was typed; random once the text is erased
    secret BLOB NOT NULL,         -- SHA-256 of the receipt's secret, which is not kept
    fiscal_year INTEGER NOT NULL, -- of the voice
    number INTEGER NOT NULL,      -- of the voice
    PRIMARY KEY (organisation, nonce)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX voice_receipt_of ON voice_receipt (organisation, fiscal_year, number);

CREATE TABLE voice_key ( -- what secrets of receipts are made with; one row; not derived
    id INTEGER PRIMARY KEY CHECK (id = 1), -- there is one
    key BLOB NOT NULL             -- 32 random bytes
) STRICT;
