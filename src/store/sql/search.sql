-- Paragraphs and their index of character pairs. ids: seq of a record * 65536 + number.

-- name: search_api
-- The engine's functions for tokenizers, through a bound pointer.
SELECT fts5(?1);

-- name: paragraph_add
INSERT INTO paragraph (id, organisation, fiscal_year, initiative, kind, text)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: paragraph_drop
DELETE FROM paragraph WHERE id BETWEEN ?1 AND ?2;

-- name: paragraph_clear
DELETE FROM paragraph;

-- name: paragraph_get
SELECT p.kind, p.organisation, o.name, p.fiscal_year, p.initiative, p.text
  FROM paragraph AS p
  JOIN organisation AS o ON o.key = p.organisation
 WHERE p.id = ?1;

-- name: paragraph_text
SELECT text FROM paragraph WHERE id = ?1;

-- name: search_index_add
INSERT INTO search_index (rowid, text, scope)
SELECT id, text, scope FROM paragraph WHERE id BETWEEN ?1 AND ?2;

-- name: search_index_drop
-- The paragraphs must still be in the table: the index has to be told what it forgets.
INSERT INTO search_index (search_index, rowid, text, scope)
SELECT 'delete', id, text, scope FROM paragraph WHERE id BETWEEN ?1 AND ?2;

-- name: search_index_clear
INSERT INTO search_index (search_index) VALUES ('delete-all');

-- name: search_index_rebuild
INSERT INTO search_index (search_index) VALUES ('rebuild');

-- name: search_index_check
-- Fails when the index and the paragraphs do not agree.
INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1);


-- name: search_count
SELECT count(*) FROM search_index WHERE search_index MATCH ?1;

-- name: search_stood
-- Hits in paragraphs of records that were written at ?2 or before.
SELECT p.id, p.organisation, p.fiscal_year, p.initiative
  FROM search_index AS s
  JOIN paragraph AS p ON p.id = s.rowid
  JOIN record AS r ON r.seq = p.id / 65536
 WHERE s.search_index MATCH ?1 AND r.at <= ?2;

-- name: search_newest
SELECT rowid FROM search_index WHERE search_index MATCH ?1
 ORDER BY rowid DESC LIMIT ?2 OFFSET ?3;
