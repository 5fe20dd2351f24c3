-- Accounts, what lets them in, and what they have begun. None of these tables but the last is
-- derived: they are no records, a rebuild leaves them as they are, a copy takes them along, and
-- what is erased from them is gone. As PostgreSQL writes it;
-- 0002_people.sqlite.sql is SQLite's and says the same.

CREATE TABLE account ( -- who may sign in
    id TEXT PRIMARY KEY,         -- u and 10 hexadecimal digits, random: all that records say of somebody
    login TEXT NOT NULL,         -- what is typed at the door
    folded TEXT NOT NULL,        -- the login, folded: no two are alike
    name TEXT NOT NULL,          -- shown to colleagues; may be empty
    mail TEXT NOT NULL,          -- where the digest goes; may be empty
    words TEXT NOT NULL,         -- login, name and mail, folded, to look for
    is_disabled BIGINT NOT NULL, -- 1 = cannot sign in and holds no duty
    must_change BIGINT NOT NULL, -- 1 = asks for a new password at the next sign-in
    created BIGINT NOT NULL,     -- when, Unix milliseconds
    seen BIGINT NOT NULL         -- last signed in, Unix milliseconds; 0 = never
);
CREATE UNIQUE INDEX account_folded ON account (folded);

CREATE TABLE credential ( -- the password of an account
    account TEXT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE, -- whose
    hash TEXT NOT NULL, -- argon2id with its parameters and salt, as RFC 9106 writes it
    at BIGINT NOT NULL  -- when it was set, Unix milliseconds
);

CREATE TABLE totp ( -- the second factor of an account (RFC 6238)
    account TEXT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE, -- whose
    secret BYTEA,        -- the key in force; NULL = none
    pending BYTEA,       -- a new key that has not been confirmed; NULL = none
    step BIGINT NOT NULL -- the last step of time a code was taken for: none is taken twice
);

CREATE TABLE recovery ( -- recovery codes that have not been used
    account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE, -- whose
    hash BYTEA NOT NULL, -- SHA-256 of the account's id and the code
    PRIMARY KEY (account, hash)
);

CREATE TABLE session ( -- who is signed in, in which browser
    id BYTEA PRIMARY KEY,    -- SHA-256 of the token in the cookie
    account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE, -- whose
    created BIGINT NOT NULL, -- signed in at, Unix milliseconds
    seen BIGINT NOT NULL,    -- last request, within a minute
    reauth BIGINT NOT NULL,  -- when the password was last given
    agent TEXT NOT NULL,     -- what the browser calls itself, cut
    address TEXT NOT NULL,   -- where it was signed in from
    how TEXT NOT NULL        -- password, totp, ldap, proxy
);
CREATE INDEX session_account ON session (account, created);
CREATE INDEX session_seen ON session (seen);

CREATE TABLE throttle ( -- how often somebody tried in vain
    key BYTEA PRIMARY KEY,    -- SHA-256 of what is counted: login and address, login, address, codes of an account
    failures BIGINT NOT NULL, -- tries that are not known to have been right
    at BIGINT NOT NULL,       -- the last one, Unix milliseconds
    until BIGINT NOT NULL,    -- no try before this instant
    good BIGINT NOT NULL      -- the last one that was right; 0 = none
);
CREATE INDEX throttle_at ON throttle (at);

CREATE TABLE policy ( -- the rules for passwords and sessions: one row
    id BIGINT PRIMARY KEY,          -- 1
    min_length BIGINT NOT NULL,     -- characters of a password
    advised_length BIGINT NOT NULL, -- characters that are recommended
    max_age_days BIGINT NOT NULL,   -- after which it has to be changed; 0 = never
    idle_minutes BIGINT NOT NULL,   -- a session ends after that long without a request
    absolute_hours BIGINT NOT NULL, -- a session ends that long after it began
    reauth_minutes BIGINT NOT NULL, -- how long a password that was given counts for approvals
    totp_required BIGINT NOT NULL   -- 1 = everybody needs a second factor
);
INSERT INTO policy VALUES (1, 8, 15, 0, 30, 12, 15, 0);

CREATE TABLE draft ( -- what somebody typed into a form and has not saved
    account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE, -- whose
    form TEXT NOT NULL,   -- which form: organisation/year/number/step
    base BYTEA,           -- hash of the record that was being changed; NULL = it is new
    fields TEXT NOT NULL, -- as sent: application/x-www-form-urlencoded
    at BIGINT NOT NULL,   -- when, Unix milliseconds
    PRIMARY KEY (account, form)
);

-- ---- derived ----

CREATE TABLE grant_row ( -- duties: who holds which, where, between which days
    organisation TEXT NOT NULL REFERENCES organisation (key), -- where
    account TEXT NOT NULL,                          -- whose; the account may have been erased
    duty TEXT NOT NULL,                             -- editor head planning mayor reform auditor administrator
    from_day TEXT NOT NULL,                         -- first day, in Japan: 2024-04-01
    to_day TEXT,                                    -- last day; NULL = without end
    deputy_of TEXT,                                 -- account it stands in for; NULL = none
    record BIGINT NOT NULL REFERENCES record (seq), -- what it was made from
    PRIMARY KEY (organisation, account, duty)
);
CREATE INDEX grant_account ON grant_row (account);
CREATE INDEX organisation_parent ON organisation (parent);
