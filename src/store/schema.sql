-- What the migrations give, for reading: made by t_store_schema, never run.

CREATE TABLE migration ( -- what has been done to this file: an older program must not touch a newer one
    number INTEGER PRIMARY KEY, -- NNNN of migrations/NNNN_name
    name TEXT NOT NULL,         -- its name
    at INTEGER NOT NULL         -- when, Unix milliseconds
) STRICT;

CREATE TABLE record ( -- everything that anybody decided; rows are added, never changed
    seq INTEGER PRIMARY KEY,    -- 1, 2, 3, ... in the order of writing, over all organisations
    organisation TEXT NOT NULL, -- key of the organisation in whose log it stands
    position INTEGER NOT NULL,  -- index in that log: 0, 1, 2, ...
    kind TEXT NOT NULL,         -- organisation, source, plan, initiative, findings
    entity TEXT NOT NULL,       -- what it is about, within the organisation: plan/2019/initiative/3
    replaces BLOB,              -- hash of the record of the same entity before it; NULL = it is the first
    author TEXT NOT NULL,       -- who wrote it: an account, or cli
    role TEXT NOT NULL,         -- as what: administrator, planning, ...
    at INTEGER NOT NULL,        -- when, Unix milliseconds; never before the record before it in the log
    reason TEXT NOT NULL,       -- why, in the author's words; may be empty
    body TEXT NOT NULL,         -- canonical JSON
    hash BLOB NOT NULL          -- RFC 6962 leaf hash of the whole record in canonical JSON
) STRICT;

CREATE UNIQUE INDEX record_position ON record (organisation, position);

CREATE UNIQUE INDEX record_entity ON record (organisation, entity, seq);

CREATE UNIQUE INDEX record_hash ON record (hash);

CREATE TABLE blob ( -- the documents, by what is in them
    hash BLOB PRIMARY KEY,   -- SHA-256 of the document's bytes
    size INTEGER NOT NULL,   -- how many bytes the document has
    packing TEXT NOT NULL,   -- how they are kept: plain, deflate
    bytes BLOB NOT NULL      -- the document, packed
) STRICT;

CREATE TABLE log ( -- each organisation's log as a Merkle tree (RFC 6962), as of its last record
    organisation TEXT PRIMARY KEY, -- whose
    size INTEGER NOT NULL,         -- number of records
    at INTEGER NOT NULL,           -- time of the last one, Unix milliseconds
    peaks BLOB NOT NULL            -- roots of the perfect subtrees, 32 bytes each, the largest first
) STRICT, WITHOUT ROWID;

CREATE TABLE organisation ( -- 団体・所属
    key TEXT PRIMARY KEY,     -- 全国地方公共団体コード, or a slug
    name TEXT NOT NULL,       -- as it is shown
    kind TEXT NOT NULL,       -- city, ward, bureau, section
    parent TEXT,              -- key of the organisation it belongs to; NULL = none
    folded TEXT NOT NULL,     -- name and key, folded, to look for
    record INTEGER NOT NULL REFERENCES record (seq) -- what it was made from
) STRICT, WITHOUT ROWID;

CREATE INDEX organisation_folded ON organisation (folded);

CREATE TABLE source ( -- a document that an organisation's plan came from
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    hash BLOB NOT NULL REFERENCES blob (hash),                -- which bytes
    name TEXT NOT NULL,                                       -- name of the file as it came in
    record INTEGER NOT NULL REFERENCES record (seq),          -- what it was made from
    PRIMARY KEY (organisation, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX source_hash ON source (hash);

CREATE TABLE plan ( -- 運営方針: one organisation, one fiscal year, as it stands now
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    fiscal_year INTEGER NOT NULL,         -- western year in which it begins
    state TEXT NOT NULL,                  -- draft proposal adopted revised midyear evaluated published
    title TEXT,                           -- as the document gives it; NULL = it does not
    form TEXT,                            -- id of the form definition it was read by
    source BLOB,                          -- hash of the document; NULL = none
    source_name TEXT,                     -- name of the document's file
    initiatives INTEGER NOT NULL,         -- how many it has
    initiatives_met INTEGER NOT NULL,     -- of them, with every main goal met
    initiatives_not_met INTEGER NOT NULL, -- with a main goal not met
    indicators INTEGER NOT NULL,          -- number of indicators
    with_result INTEGER NOT NULL,         -- of them, with an actual
    met INTEGER NOT NULL,                 -- of them, met by the numbers
    not_met INTEGER NOT NULL,             -- not met
    cannot_tell INTEGER NOT NULL,         -- not to be told from the numbers
    not_measured INTEGER NOT NULL,        -- without a result
    not_measurable INTEGER NOT NULL,      -- without a testable target
    errors INTEGER NOT NULL,              -- findings of severity E
    warnings INTEGER NOT NULL,            -- W
    infos INTEGER NOT NULL,               -- I
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    findings INTEGER REFERENCES record (seq),        -- the same of its findings; NULL = not audited
    PRIMARY KEY (organisation, fiscal_year)
) STRICT, WITHOUT ROWID;

CREATE TABLE initiative ( -- 取組項目
    organisation TEXT NOT NULL,      -- of which plan
    fiscal_year INTEGER NOT NULL,    -- of which plan
    number INTEGER NOT NULL,         -- as printed
    title TEXT,                      -- as the document gives it
    goals_met INTEGER,               -- by the numbers: 1 every main goal is met, 0 one is not, NULL cannot be told
    indicators INTEGER NOT NULL,     -- number of indicators
    with_result INTEGER NOT NULL,    -- of them, with an actual
    met INTEGER NOT NULL,            -- of them, met by the numbers
    not_met INTEGER NOT NULL,        -- not met
    cannot_tell INTEGER NOT NULL,    -- not to be told from the numbers
    not_measured INTEGER NOT NULL,   -- without a result
    not_measurable INTEGER NOT NULL, -- without a testable target
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, fiscal_year, number),
    FOREIGN KEY (organisation, fiscal_year) REFERENCES plan (organisation, fiscal_year)
) STRICT, WITHOUT ROWID;

CREATE TABLE indicator ( -- 指標, with its target for the year
    organisation TEXT NOT NULL,   -- of which initiative
    fiscal_year INTEGER NOT NULL, -- of which initiative
    initiative INTEGER NOT NULL,  -- its number
    position INTEGER NOT NULL,    -- 0, 1, 2, ... in the order of the sheet
    name TEXT,                    -- as written
    key TEXT NOT NULL,            -- the same over the years: 12 hexadecimal digits of SHA-256 of the folded name
    role TEXT NOT NULL,           -- main, other
    comparison TEXT,              -- ge le eq gt_baseline level_ge; NULL = nothing testable
    target TEXT,                  -- digits as written
    baseline TEXT,                -- digits as written
    actual TEXT,                  -- digits as written
    unit TEXT,                    -- of the target, or else of the first number there is
    verdict TEXT NOT NULL,        -- met not_met cannot_tell not_measured not_measurable
    PRIMARY KEY (organisation, fiscal_year, initiative, position),
    FOREIGN KEY (organisation, fiscal_year, initiative)
        REFERENCES initiative (organisation, fiscal_year, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX indicator_key ON indicator (organisation, key, fiscal_year);

CREATE TABLE activity ( -- 取組内容, beside what was reported of it
    organisation TEXT NOT NULL,   -- of which initiative
    fiscal_year INTEGER NOT NULL, -- of which initiative
    initiative INTEGER NOT NULL,  -- its number
    position INTEGER NOT NULL,    -- 0, 1, 2, ...: the planned ones in their order, then what was not planned
    text TEXT,                    -- as planned; NULL = it was not
    quantity TEXT,                -- digits as planned
    unit TEXT,                    -- its unit
    as_needed INTEGER NOT NULL,   -- 1 = 随時
    reported_text TEXT,           -- as reported; NULL = it was not
    reported_quantity TEXT,       -- digits as reported
    reported_unit TEXT,           -- its unit
    PRIMARY KEY (organisation, fiscal_year, initiative, position),
    FOREIGN KEY (organisation, fiscal_year, initiative)
        REFERENCES initiative (organisation, fiscal_year, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding ( -- what the audit found
    organisation TEXT NOT NULL,   -- of which plan
    fiscal_year INTEGER NOT NULL, -- of which plan
    position INTEGER NOT NULL,    -- 0, 1, 2, ... in the order of the document
    initiative INTEGER NOT NULL,  -- its number; 0 = the plan as a whole
    rule TEXT NOT NULL,           -- P1, ...
    severity TEXT NOT NULL,       -- E W I
    subject TEXT,                 -- indicator, activity or initiative it is about
    place_off INTEGER NOT NULL,   -- where in the document: byte offset
    place_len INTEGER NOT NULL,   -- bytes; 0 = it has no place
    place_line INTEGER NOT NULL,  -- line, from 1
    place_col INTEGER NOT NULL,   -- column in characters, from 1
    message_ja TEXT NOT NULL,     -- what was seen and what to do
    message_en TEXT NOT NULL,     -- the same in English
    PRIMARY KEY (organisation, fiscal_year, position),
    FOREIGN KEY (organisation, fiscal_year) REFERENCES plan (organisation, fiscal_year)
) STRICT, WITHOUT ROWID;

CREATE INDEX finding_initiative ON finding (organisation, fiscal_year, initiative, position);

CREATE TABLE paragraph ( -- the paragraphs that can be searched
    id INTEGER PRIMARY KEY,       -- seq of the initiative's record * 65536 + number of the paragraph: newer is larger
    organisation TEXT NOT NULL,   -- of which initiative
    fiscal_year INTEGER NOT NULL, -- of which initiative
    initiative INTEGER NOT NULL,  -- its number
    kind INTEGER NOT NULL,        -- enum hit_kind: title purpose outline indicator activity reported improvement
    text TEXT NOT NULL,           -- as written
    scope TEXT GENERATED ALWAYS AS -- organisation and year as words of the index, to narrow a search
        (char(1) || 'o' || organisation || char(1) || 'y' || fiscal_year) VIRTUAL
) STRICT;

CREATE VIRTUAL TABLE search_index USING fts5 ( -- character pairs of the paragraphs (tokenizer.c)
    text, scope,
    content='paragraph', content_rowid='id', tokenize='bigram', columnsize=0, prefix='1'
);

CREATE TABLE account ( -- who may sign in
    id TEXT PRIMARY KEY,          -- u and 10 hexadecimal digits, random: all that records say of somebody
    login TEXT NOT NULL,          -- what is typed at the door
    folded TEXT NOT NULL,         -- the login, folded: no two are alike
    name TEXT NOT NULL,           -- shown to colleagues; may be empty
    mail TEXT NOT NULL,           -- where the digest goes; may be empty
    words TEXT NOT NULL,          -- login, name and mail, folded, to look for
    is_disabled INTEGER NOT NULL, -- 1 = cannot sign in and holds no duty
    must_change INTEGER NOT NULL, -- 1 = asks for a new password at the next sign-in
    created INTEGER NOT NULL,     -- when, Unix milliseconds
    seen INTEGER NOT NULL         -- last signed in, Unix milliseconds; 0 = never
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX account_folded ON account (folded);

CREATE TABLE credential ( -- the password of an account
    account TEXT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE, -- whose
    hash TEXT NOT NULL, -- argon2id with its parameters and salt, as RFC 9106 writes it
    at INTEGER NOT NULL -- when it was set, Unix milliseconds
) STRICT, WITHOUT ROWID;

CREATE TABLE totp ( -- the second factor of an account (RFC 6238)
    account TEXT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE, -- whose
    secret BLOB,          -- the key in force; NULL = none
    pending BLOB,         -- a new key that has not been confirmed; NULL = none
    step INTEGER NOT NULL -- the last step of time a code was taken for: none is taken twice
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery ( -- recovery codes that have not been used
    account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE, -- whose
    hash BLOB NOT NULL, -- SHA-256 of the account's id and the code
    PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE session ( -- who is signed in, in which browser
    id BLOB PRIMARY KEY,      -- SHA-256 of the token in the cookie
    account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE, -- whose
    created INTEGER NOT NULL, -- signed in at, Unix milliseconds
    seen INTEGER NOT NULL,    -- last request, within a minute
    reauth INTEGER NOT NULL,  -- when the password was last given
    agent TEXT NOT NULL,      -- what the browser calls itself, cut
    address TEXT NOT NULL,    -- where it was signed in from
    how TEXT NOT NULL         -- password, totp, ldap, proxy
) STRICT, WITHOUT ROWID;

CREATE INDEX session_account ON session (account, created);

CREATE INDEX session_seen ON session (seen);

CREATE TABLE throttle ( -- how often somebody tried in vain
    key BLOB PRIMARY KEY,      -- SHA-256 of what is counted: login and address, login, address, codes of an account
    failures INTEGER NOT NULL, -- tries that are not known to have been right
    at INTEGER NOT NULL,       -- the last one, Unix milliseconds
    until INTEGER NOT NULL,    -- no try before this instant
    good INTEGER NOT NULL      -- the last one that was right; 0 = none
) STRICT, WITHOUT ROWID;

CREATE INDEX throttle_at ON throttle (at);

CREATE TABLE policy ( -- the rules for passwords and sessions: one row
    id INTEGER PRIMARY KEY,          -- 1
    min_length INTEGER NOT NULL,     -- characters of a password
    advised_length INTEGER NOT NULL, -- characters that are recommended
    max_age_days INTEGER NOT NULL,   -- after which it has to be changed; 0 = never
    idle_minutes INTEGER NOT NULL,   -- a session ends after that long without a request
    absolute_hours INTEGER NOT NULL, -- a session ends that long after it began
    reauth_minutes INTEGER NOT NULL, -- how long a password that was given counts for approvals
    totp_required INTEGER NOT NULL   -- 1 = everybody needs a second factor
) STRICT;

CREATE TABLE draft ( -- what somebody typed into a form and has not saved
    account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE, -- whose
    form TEXT NOT NULL,              -- which form: organisation/year/number/step
    base BLOB,                       -- hash of the record that was being changed; NULL = it is new
    fields TEXT NOT NULL,            -- as sent: application/x-www-form-urlencoded
    at INTEGER NOT NULL,             -- when, Unix milliseconds
    PRIMARY KEY (account, form)
) STRICT, WITHOUT ROWID;

CREATE TABLE grant_row ( -- duties: who holds which, where, between which days
    organisation TEXT NOT NULL REFERENCES organisation (key), -- where
    account TEXT NOT NULL,                           -- whose; the account may have been erased
    duty TEXT NOT NULL,                              -- editor head planning mayor reform auditor administrator
    from_day TEXT NOT NULL,                          -- first day, in Japan: 2024-04-01
    to_day TEXT,                                     -- last day; NULL = without end
    deputy_of TEXT,                                  -- account it stands in for; NULL = none
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, account, duty)
) STRICT, WITHOUT ROWID;

CREATE INDEX grant_account ON grant_row (account);

CREATE INDEX organisation_parent ON organisation (parent);

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

CREATE TABLE book ( -- 台帳: a register or ledger that an organisation keeps
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    book TEXT NOT NULL,       -- register/training, ledger/kokuho
    name_ja TEXT NOT NULL,    -- as it is shown
    name_en TEXT NOT NULL,    -- the same in English
    record INTEGER NOT NULL REFERENCES record (seq), -- its definition
    PRIMARY KEY (organisation, book)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry_cell ( -- what standing entries add up to: month, area, choices, missing values
    organisation TEXT NOT NULL,   -- of which register
    book TEXT NOT NULL,           -- of which register
    fiscal_year INTEGER NOT NULL, -- of the day, or as the entry names it; 0 = none
    field TEXT NOT NULL,          -- '' = number of entries, else the quantity
    month TEXT NOT NULL,          -- 2024-04; '' = none
    area TEXT NOT NULL,           -- '' = none
    facets TEXT NOT NULL,         -- choices, flags and section: canonical JSON
    missing TEXT NOT NULL,        -- quantities without a value: "taken? " is pending, "taken- " absent
    amount INTEGER NOT NULL,      -- the number of entries, or the sum times 10000
    PRIMARY KEY (organisation, book, fiscal_year, field, month, area, facets, missing)
) STRICT, WITHOUT ROWID;

CREATE TABLE area ( -- 地域 of an organisation
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    position INTEGER NOT NULL,  -- 0, 1, 2, ... in the order of the list
    key TEXT NOT NULL,          -- number or short name
    name TEXT NOT NULL,         -- as entries name it
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE binding ( -- where an indicator's actual comes from
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    indicator TEXT NOT NULL,  -- key of the indicator
    book TEXT NOT NULL,       -- register/..., ledger/..., survey/..., rating/...; '' = manual
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, indicator)
) STRICT, WITHOUT ROWID;

CREATE INDEX binding_book ON binding (organisation, book);

CREATE TABLE actual ( -- an actual that somebody accepted from the evidence
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    fiscal_year INTEGER NOT NULL, -- of which year
    indicator TEXT NOT NULL,      -- key of the indicator
    value TEXT NOT NULL,          -- digits
    unit TEXT,                    -- NULL = none
    is_final INTEGER NOT NULL,    -- 0 = provisional
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, fiscal_year, indicator)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint ( -- 署名つき要約: rows are added, never changed
    number INTEGER PRIMARY KEY,  -- 1, 2, 3, ... in the order of signing: a row that is taken out leaves a gap
    organisation TEXT NOT NULL,  -- whose log
    size INTEGER NOT NULL,       -- number of its records that are signed
    at INTEGER NOT NULL,         -- when it was signed, Unix milliseconds, by this machine's clock
    verifier TEXT NOT NULL,      -- public key of the signature: name+id+base64
    note TEXT NOT NULL           -- the whole signed note (C2SP tlog-checkpoint)
) STRICT;

CREATE UNIQUE INDEX checkpoint_size ON checkpoint (organisation, size, verifier);

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

CREATE INDEX record_at ON record (at);

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

CREATE TABLE entry_batch ( -- entries that were added, changed or voided together
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    book TEXT NOT NULL,       -- of which register or ledger
    number INTEGER NOT NULL,  -- 1, 2, 3, ...
    shelf INTEGER NOT NULL,   -- seq of the first batch of its register: the same for all of them
    entries INTEGER NOT NULL, -- rows it has
    source BLOB,              -- hash of the file they came from; NULL = typed
    source_name TEXT,         -- name of that file
    record INTEGER NOT NULL REFERENCES record (seq), -- what it was made from
    hash BLOB NOT NULL,       -- that record's, which lies behind its whole body there
    PRIMARY KEY (organisation, book, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry ( -- 台帳の1件, each version of it
    place INTEGER PRIMARY KEY,   -- seq of its record * 16384 + its row there, from 0
    shelf INTEGER NOT NULL,      -- of which register: entry_batch.shelf
    key INTEGER NOT NULL,        -- its id, the 16 hexadecimal digits as one number of 64 bits
    batch INTEGER NOT NULL,      -- the batch that says so
    is_current INTEGER NOT NULL, -- 1 = no later batch says otherwise
    is_void INTEGER NOT NULL,    -- 1 = taken back
    day TEXT NOT NULL,           -- 2024-04-01 or 2024-04; '' = it has none
    area TEXT NOT NULL,          -- '' = it has none
    body TEXT NOT NULL,          -- the row of the batch, canonical JSON
    UNIQUE (key, shelf, batch)
) STRICT;

CREATE INDEX entry_day ON entry (shelf, is_current, day);

CREATE INDEX entry_area ON entry (shelf, is_current, area, day) WHERE area <> '';

CREATE INDEX entry_void ON entry (shelf, is_current, is_void, day) WHERE is_current = 1 AND is_void = 1;

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
