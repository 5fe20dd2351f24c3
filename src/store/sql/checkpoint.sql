-- Signed heads of logs.

-- name: checkpoint_add
INSERT INTO checkpoint (number, organisation, size, at, verifier, note)
VALUES ((SELECT coalesce(max(number), 0) + 1 FROM checkpoint), ?1, ?2, ?3, ?4, ?5);

-- name: checkpoint_get
-- The one of this size by this key.
SELECT number, organisation, size, at, verifier, note FROM checkpoint
 WHERE organisation = ?1 AND size = ?2 AND verifier = ?3;

-- name: checkpoint_newest
-- The largest that was signed at ?2 or before; by two keys, the one that was signed last.
SELECT max(number) FROM checkpoint
 WHERE organisation = ?1 AND at <= ?2
   AND size = (SELECT max(size) FROM checkpoint WHERE organisation = ?1 AND at <= ?2);

-- name: checkpoint_row
SELECT number, organisation, size, at, verifier, note FROM checkpoint WHERE number = ?1;

-- name: checkpoint_rows
-- Those of a log that were signed at ?2 or before, the largest first.
SELECT number, organisation, size, at, verifier, note FROM checkpoint
 WHERE organisation = ?1 AND at <= ?2
 ORDER BY size DESC, number DESC LIMIT ?3 OFFSET ?4;

-- name: checkpoint_count
SELECT count(*) FROM checkpoint WHERE organisation = ?1 AND at <= ?2;

-- name: checkpoint_of_log
-- All of a log, the smallest first.
SELECT number, organisation, size, at, verifier, note FROM checkpoint
 WHERE organisation = ?1
 ORDER BY size, number;

-- name: checkpoint_orphans
-- Logs of which something was signed and nothing is left.
SELECT DISTINCT organisation FROM checkpoint
 WHERE organisation NOT IN (SELECT organisation FROM record)
 ORDER BY organisation;

-- name: checkpoint_numbers
-- How many there are, and the number of the last: the same, unless one was taken out.
SELECT count(*), coalesce(max(number), 0) FROM checkpoint;
