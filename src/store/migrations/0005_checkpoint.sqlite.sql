-- Heads of logs as they were signed. Not derived: what was signed once cannot be made again from
-- records that were changed since. SQLite's form; 0005_checkpoint.pg.sql is PostgreSQL's.

CREATE TABLE checkpoint ( -- 署名つき要約: rows are added, never changed
    number INTEGER PRIMARY KEY,  -- 1, 2, 3, ... in the order of signing: a row that is taken out leaves a gap
    organisation TEXT NOT NULL,  -- whose log
    size INTEGER NOT NULL,       -- number of its records that are signed
    at INTEGER NOT NULL,         -- when it was signed, Unix milliseconds, by this machine's clock
    verifier TEXT NOT NULL,      -- public key of the signature: name+id+base64
    note TEXT NOT NULL           -- the whole signed note (C2SP tlog-checkpoint)
) STRICT;
CREATE UNIQUE INDEX checkpoint_size ON checkpoint (organisation, size, verifier);
