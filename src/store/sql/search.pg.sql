-- PostgreSQL has no FTS5: the pairs of characters stand in a tsvector beside the text, made by the
-- program (as tokenizer.c makes them), and are asked for as a tsquery. There is no second index
-- to be told of changes, so those statements do nothing.

-- name: search_api
-- There is no tokenizer to register.
SELECT ?1::text;

-- name: paragraph_add
-- ?7: the pairs with their places.
INSERT INTO paragraph (id, organisation, fiscal_year, initiative, kind, text, words)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, CAST(?7 AS tsvector));

-- name: search_index_add
SELECT ?1::bigint, ?2::bigint;

-- name: search_index_drop
SELECT ?1::bigint, ?2::bigint;

-- name: search_index_clear
SELECT 1;

-- name: search_index_rebuild
REINDEX INDEX paragraph_words;

-- name: search_index_check
SELECT count(*) FROM paragraph WHERE words IS NULL;

-- name: search_count
SELECT count(*) FROM paragraph WHERE words @@ CAST(?1 AS tsquery);

-- name: search_stood
SELECT p.id, p.organisation, p.fiscal_year, p.initiative
  FROM paragraph AS p
  JOIN record AS r ON r.seq = p.id / 65536
 WHERE p.words @@ CAST(?1 AS tsquery) AND r.at <= ?2;

-- name: search_newest
SELECT id FROM paragraph WHERE words @@ CAST(?1 AS tsquery)
 ORDER BY id DESC LIMIT ?2 OFFSET ?3;
