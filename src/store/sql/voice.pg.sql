-- Where PostgreSQL's words differ: the pairs stand in a tsvector beside the text (search.pg.sql),
-- zero bytes are made by repeat(), and there is no log beside the data that has to be emptied.

-- name: voice_words_add
-- ?8: the pairs with their places.
INSERT INTO voice_words (id, organisation, fiscal_year, number, is_public, text, scope, words)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, CAST(?8 AS tsvector));

-- name: voice_index_add
SELECT ?1::bigint, ?2::bigint;

-- name: voice_index_drop
SELECT ?1::bigint;

-- name: voice_index_clear
SELECT 1;

-- name: voice_index_rebuild
REINDEX INDEX voice_words_words;

-- name: voice_index_check
SELECT count(*) FROM voice_words WHERE words IS NULL;

-- name: voice_ids_by_words
SELECT fiscal_year, number FROM voice_words WHERE words @@ CAST(?1 AS tsquery)
 ORDER BY id DESC LIMIT ?2 OFFSET ?3;

-- name: voice_words_count
SELECT count(*) FROM (
    SELECT 1 AS one FROM voice_words WHERE words @@ CAST(?1 AS tsquery) LIMIT ?2) AS listed;

-- name: voice_text_erase
UPDATE voice_text
   SET is_erased = 1, salt = decode(repeat('00', length(salt)), 'hex'),
       text = decode(repeat('00', length(text)), 'hex'),
       contact = decode(repeat('00', length(contact)), 'hex')
 WHERE organisation = ?1 AND fiscal_year = ?2 AND number = ?3 AND turn = ?4 AND is_erased = 0;

-- name: voice_sweep
SELECT 0, 0, 0;
