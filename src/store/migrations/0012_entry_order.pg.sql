-- Entries lie in the order in which they were entered: a million of them is then written from
-- front to back, and only narrow indexes are written here and there. PostgreSQL's form.

DROP INDEX entry_day;
DROP INDEX entry_area;
ALTER TABLE entry RENAME TO entry_before;
ALTER TABLE entry_batch RENAME TO entry_batch_before;

CREATE TABLE entry_batch ( -- entries that were added, changed or voided together
    organisation TEXT NOT NULL REFERENCES organisation (key), -- whose
    book TEXT NOT NULL,       -- of which register or ledger
    number BIGINT NOT NULL,  -- 1, 2, 3, ...
    shelf BIGINT NOT NULL,   -- seq of the first batch of its register: the same for all of them
    entries BIGINT NOT NULL, -- rows it has
    source BYTEA,              -- hash of the file they came from; NULL = typed
    source_name TEXT,         -- name of that file
    record BIGINT NOT NULL REFERENCES record (seq), -- what it was made from
    hash BYTEA NOT NULL,       -- that record's, which lies behind its whole body there
    PRIMARY KEY (organisation, book, number)
);

CREATE TABLE entry ( -- 台帳の1件, each version of it
    place BIGINT PRIMARY KEY,   -- seq of its record * 16384 + its row there, from 0
    shelf BIGINT NOT NULL,      -- of which register: entry_batch.shelf
    key BIGINT NOT NULL,        -- its id, the 16 hexadecimal digits as one number of 64 bits
    batch BIGINT NOT NULL,      -- the batch that says so
    is_current BIGINT NOT NULL, -- 1 = no later batch says otherwise
    is_void BIGINT NOT NULL,    -- 1 = taken back
    day TEXT NOT NULL,           -- 2024-04-01 or 2024-04; '' = it has none
    area TEXT NOT NULL,          -- '' = it has none
    body TEXT NOT NULL,          -- the row of the batch, canonical JSON
    UNIQUE (key, shelf, batch)
);

INSERT INTO entry_batch (organisation, book, number, shelf, entries, source, source_name, record, hash)
SELECT b.organisation, b.book, b.number,
       (SELECT f.record FROM entry_batch_before AS f
         WHERE f.organisation = b.organisation AND f.book = b.book AND f.number = 1),
       b.entries, b.source, b.source_name, b.record, r.hash
  FROM entry_batch_before AS b
  JOIN record AS r ON r.seq = b.record;

INSERT INTO entry (place, shelf, key, batch, is_current, is_void, day, area, body)
SELECT b.record * 16384 + j.at - 1, b.shelf, ('x' || o.id)::bit(64)::bigint,
       o.batch, o.is_current, o.is_void, o.day, o.area, o.body
  FROM entry_batch AS b
  JOIN record AS r ON r.seq = b.record
  CROSS JOIN LATERAL jsonb_array_elements(r.body::jsonb -> 'rows')
       WITH ORDINALITY AS j (line, at)
  JOIN entry_before AS o
    ON o.organisation = b.organisation AND o.book = b.book AND o.batch = b.number
       AND o.id = j.line ->> 'id'
 ORDER BY 1;

DROP TABLE entry_before;
DROP TABLE entry_batch_before;

CREATE INDEX entry_day ON entry (shelf, is_current, day);
CREATE INDEX entry_area ON entry (shelf, is_current, area, day) WHERE area <> '';
CREATE INDEX entry_void ON entry (shelf, is_current, is_void, day) WHERE is_current = 1 AND is_void = 1;
