-- Documents by content, and who brought them.

-- name: blob_add
-- The same bytes are kept once.
INSERT INTO blob (hash, size, packing, bytes) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (hash) DO NOTHING;

-- name: blob_get
SELECT size, packing, bytes FROM blob WHERE hash = ?1;

-- name: blob_name
-- The name under which it came in first.
SELECT name FROM source WHERE hash = ?1 ORDER BY record LIMIT 1;

-- name: blob_all
SELECT hash, size, packing, bytes FROM blob ORDER BY hash;

-- name: source_put
INSERT INTO source (organisation, hash, name, record) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (organisation, hash) DO UPDATE
   SET name = excluded.name, record = excluded.record;

-- name: source_clear
DELETE FROM source;
