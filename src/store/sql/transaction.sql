-- One transaction is one function of this room, begun and ended in it.

-- name: begin
-- A transaction that will write: it takes its turn now, not at its first write.
BEGIN IMMEDIATE;

-- name: begin_read
-- Several reads that see one state.
BEGIN;

-- name: commit
COMMIT;

-- name: rollback
ROLLBACK;
