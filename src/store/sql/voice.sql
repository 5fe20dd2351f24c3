-- Voices: tables made from the records, received texts beside them, lists and counts.

-- name: voice_put
INSERT INTO voice (organisation, fiscal_year, number, door, received, due, state, stage,
                   publication, category, section, summary, parts, group_year, group_number,
                   is_reopened, closed, record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
ON CONFLICT (organisation, fiscal_year, number) DO UPDATE
   SET door = excluded.door, received = excluded.received, due = excluded.due,
       state = excluded.state, stage = excluded.stage, publication = excluded.publication,
       category = excluded.category, section = excluded.section, summary = excluded.summary,
       parts = excluded.parts, group_year = excluded.group_year,
       group_number = excluded.group_number, is_reopened = excluded.is_reopened,
       closed = excluded.closed, record = excluded.record;

-- name: voice_clear
DELETE FROM voice;

-- name: voice_record
-- The record that the rows of a voice were made from.
SELECT record FROM voice WHERE organisation = ?1 AND fiscal_year = ?2 AND number = ?3;

-- name: voice_last_number
SELECT coalesce(max(number), 0) FROM voice WHERE organisation = ?1 AND fiscal_year = ?2;

-- name: voice_facet_add
INSERT INTO voice_facet (organisation, is_public, facet, value, fiscal_year, number)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: voice_facet_drop
DELETE FROM voice_facet
 WHERE organisation = ?1 AND is_public = ?2 AND facet = ?3 AND value = ?4 AND fiscal_year = ?5
   AND number = ?6;

-- name: voice_facet_clear
DELETE FROM voice_facet;

-- name: voice_count_more
INSERT INTO voice_count (organisation, is_public, facet, value, fiscal_year, door, voices)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)
ON CONFLICT (organisation, is_public, facet, fiscal_year, value, door) DO UPDATE
   SET voices = voice_count.voices + 1;

-- name: voice_count_less
UPDATE voice_count SET voices = voices - 1
 WHERE organisation = ?1 AND is_public = ?2 AND facet = ?3 AND value = ?4 AND fiscal_year = ?5
   AND door = ?6;

-- name: voice_count_none
DELETE FROM voice_count
 WHERE organisation = ?1 AND is_public = ?2 AND facet = ?3 AND value = ?4 AND fiscal_year = ?5
   AND door = ?6 AND voices = 0;

-- name: voice_count_clear
DELETE FROM voice_count;

-- name: voice_term_more
INSERT INTO voice_term (organisation, fiscal_year, facets, received, due, in_time, voices)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)
ON CONFLICT (organisation, fiscal_year, facets, received, due, in_time) DO UPDATE
   SET voices = voice_term.voices + 1;

-- name: voice_term_less
UPDATE voice_term SET voices = voices - 1
 WHERE organisation = ?1 AND fiscal_year = ?2 AND facets = ?3 AND received = ?4 AND due = ?5
   AND in_time = ?6;

-- name: voice_term_none
DELETE FROM voice_term
 WHERE organisation = ?1 AND fiscal_year = ?2 AND facets = ?3 AND received = ?4 AND due = ?5
   AND in_time = ?6 AND voices = 0;

-- name: voice_term_clear
DELETE FROM voice_term;

-- name: voice_terms
SELECT facets, received, due, in_time, voices FROM voice_term
 WHERE organisation = ?1 AND fiscal_year = ?2
 ORDER BY facets, received, due, in_time;

-- name: voice_link_add
INSERT INTO voice_link (organisation, fiscal_year, number, part, position, kind, plan_year,
                        plan_number, key, text, summary, public_summary, status, stage)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14);

-- name: voice_link_drop
DELETE FROM voice_link WHERE organisation = ?1 AND fiscal_year = ?2 AND number = ?3;

-- name: voice_link_clear
DELETE FROM voice_link;

-- name: voice_turn_put
INSERT INTO voice_turn (organisation, fiscal_year, number, turn, hash)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (organisation, fiscal_year, number, turn) DO UPDATE SET hash = excluded.hash;

-- name: voice_turn_clear
DELETE FROM voice_turn;

-- name: voice_erasure_put
INSERT INTO voice_erasure (organisation, fiscal_year, number, turn, why, record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (organisation, fiscal_year, number, turn) DO UPDATE
   SET why = excluded.why, record = excluded.record;

-- name: voice_erasure_clear
DELETE FROM voice_erasure;

-- name: voice_answer_add
INSERT INTO voice_answer (organisation, fiscal_year, hash, number, part)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (organisation, fiscal_year, hash, number, part) DO NOTHING;

-- name: voice_answer_drop
DELETE FROM voice_answer
 WHERE organisation = ?1 AND fiscal_year = ?2 AND hash = ?3 AND number = ?4 AND part = ?5;

-- name: voice_answer_same
-- Other voices of the year with that answer.
SELECT count(DISTINCT number) FROM voice_answer
 WHERE organisation = ?1 AND fiscal_year = ?2 AND hash = ?3 AND number <> ?4;

-- name: voice_answer_clear
DELETE FROM voice_answer;

-- name: voice_wait_add
INSERT INTO voice_wait (organisation, wait, section, due, fiscal_year, number, part, summary,
                        comment)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: voice_wait_drop
DELETE FROM voice_wait
 WHERE organisation = ?1 AND wait = ?2 AND section = ?3 AND due = ?4 AND fiscal_year = ?5
   AND number = ?6 AND part = ?7;

-- name: voice_wait_clear
DELETE FROM voice_wait;

-- name: opinion_put
INSERT INTO opinion (organisation, fiscal_year, number, door, month, received, reason, category,
                     summary, kind, status, stage, parts, meeting_year, meeting_number,
                     published, record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
ON CONFLICT (organisation, fiscal_year, number) DO UPDATE
   SET door = excluded.door, month = excluded.month, received = excluded.received,
       reason = excluded.reason, category = excluded.category, summary = excluded.summary,
       kind = excluded.kind, status = excluded.status, stage = excluded.stage,
       parts = excluded.parts, meeting_year = excluded.meeting_year,
       meeting_number = excluded.meeting_number, published = excluded.published,
       record = excluded.record;

-- name: opinion_drop
DELETE FROM opinion WHERE organisation = ?1 AND fiscal_year = ?2 AND number = ?3;

-- name: opinion_clear
DELETE FROM opinion;

-- name: opinion_record
SELECT record FROM opinion WHERE organisation = ?1 AND fiscal_year = ?2 AND number = ?3;

-- ---- words ----

-- name: voice_words_add
INSERT INTO voice_words (id, organisation, fiscal_year, number, is_public, text, scope)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: voice_words_drop
DELETE FROM voice_words WHERE id = ?1;

-- name: voice_words_clear
DELETE FROM voice_words;

-- name: voice_index_add
INSERT INTO voice_index (rowid, text, scope)
SELECT id, text, scope FROM voice_words WHERE id BETWEEN ?1 AND ?2;

-- name: voice_index_drop
-- The text must still be in the table: the index has to be told what it forgets.
INSERT INTO voice_index (voice_index, rowid, text, scope)
SELECT 'delete', id, text, scope FROM voice_words WHERE id = ?1;

-- name: voice_index_clear
INSERT INTO voice_index (voice_index) VALUES ('delete-all');

-- name: voice_index_rebuild
INSERT INTO voice_index (voice_index) VALUES ('rebuild');

-- name: voice_index_check
-- Fails when the index and the texts do not agree.
INSERT INTO voice_index (voice_index, rank) VALUES ('integrity-check', 1);

-- ---- received texts ----

-- name: voice_text_add
INSERT INTO voice_text (organisation, fiscal_year, number, turn, received_ms, is_erased, salt,
                        text, contact)
VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8);

-- name: voice_text_get
SELECT received_ms, is_erased, salt, text, contact FROM voice_text
 WHERE organisation = ?1 AND fiscal_year = ?2 AND number = ?3 AND turn = ?4;

-- name: voice_text_erased
SELECT turn, is_erased FROM voice_text
 WHERE organisation = ?1 AND fiscal_year = ?2 AND number = ?3 ORDER BY turn;

-- name: voice_text_erase
-- As many zero bytes as there were: the row keeps its size, so the engine writes over it where it
-- lies and leaves no copy behind.
UPDATE voice_text
   SET is_erased = 1, salt = zeroblob(length(salt)), text = zeroblob(length(text)),
       contact = zeroblob(length(contact))
 WHERE organisation = ?1 AND fiscal_year = ?2 AND number = ?3 AND turn = ?4 AND is_erased = 0;

-- name: voice_text_all
-- Each with what the records say of it: the hash, and whether there is a tombstone.
SELECT x.organisation, x.fiscal_year, x.number, x.turn, x.is_erased, x.salt, x.text, x.contact,
       t.hash, coalesce(r.record, 0)
  FROM voice_text AS x
  LEFT JOIN voice_turn AS t ON t.organisation = x.organisation
        AND t.fiscal_year = x.fiscal_year AND t.number = x.number AND t.turn = x.turn
  LEFT JOIN voice_erasure AS r ON r.organisation = x.organisation
        AND r.fiscal_year = x.fiscal_year AND r.number = x.number AND r.turn = x.turn
 ORDER BY x.id;

-- name: voice_text_missing
-- Turns that a record names and nobody has.
SELECT t.organisation, t.fiscal_year, t.number, t.turn FROM voice_turn AS t
 WHERE NOT EXISTS (SELECT 1 FROM voice_text AS x
                    WHERE x.organisation = t.organisation AND x.fiscal_year = t.fiscal_year
                      AND x.number = t.number AND x.turn = t.turn)
 ORDER BY 1, 2, 3, 4;

-- name: voice_over
-- Voices whose time is over: closed at ?2 or before, with a text that is still there.
SELECT v.fiscal_year, v.number FROM voice AS v
 WHERE v.organisation = ?1 AND v.closed <> '' AND v.closed <= ?2
   AND EXISTS (SELECT 1 FROM voice_text AS x
                WHERE x.organisation = v.organisation AND x.fiscal_year = v.fiscal_year
                  AND x.number = v.number AND x.is_erased = 0)
 ORDER BY v.closed, v.fiscal_year, v.number LIMIT ?3;

-- name: voice_over_count
SELECT count(*) FROM voice AS v
 WHERE v.organisation = ?1 AND v.closed <> '' AND v.closed <= ?2
   AND EXISTS (SELECT 1 FROM voice_text AS x
                WHERE x.organisation = v.organisation AND x.fiscal_year = v.fiscal_year
                  AND x.number = v.number AND x.is_erased = 0);

-- name: voice_sweep
PRAGMA wal_checkpoint(TRUNCATE);

-- ---- receipts ----

-- name: voice_looks
SELECT count(*) FROM record WHERE organisation = ?1 AND entity = ?2;

-- name: voice_key_get
SELECT key FROM voice_key WHERE id = 1;

-- name: voice_key_add
INSERT INTO voice_key (id, key) VALUES (1, ?1) ON CONFLICT (id) DO NOTHING;

-- name: voice_receipt_add
INSERT INTO voice_receipt (organisation, nonce, secret, fiscal_year, number)
VALUES (?1, ?2, ?3, ?4, ?5);

-- name: voice_receipt_forget
UPDATE voice_receipt SET nonce = ?4
 WHERE organisation = ?1 AND fiscal_year = ?2 AND number = ?3;

-- name: voice_receipt_get
SELECT fiscal_year, number FROM voice_receipt WHERE organisation = ?1 AND nonce = ?2;

-- name: voice_receipt_secret
SELECT secret FROM voice_receipt WHERE organisation = ?1 AND fiscal_year = ?2 AND number = ?3;

-- ---- lists ----

-- name: voice_ids_by_facet
-- Those of one facet, newest first. ?7 of them from ?8 on.
SELECT fiscal_year, number FROM voice_facet
 WHERE organisation = ?1 AND is_public = ?2 AND facet = ?3 AND value = ?4
   AND fiscal_year BETWEEN ?5 AND ?6
 ORDER BY fiscal_year DESC, number DESC LIMIT ?7 OFFSET ?8;

-- name: voice_ids_by_facets
-- The same, that have the facets ?9 to ?13 with the values ?14 to ?18 as well ('' = any): each
-- is one step down the index, the rarest first.
SELECT f.fiscal_year, f.number FROM voice_facet AS f
 WHERE f.organisation = ?1 AND f.is_public = ?2 AND f.facet = ?3 AND f.value = ?4
   AND f.fiscal_year BETWEEN ?5 AND ?6
   AND (?9 = '' OR EXISTS (SELECT 1 FROM voice_facet AS g
                          WHERE g.organisation = ?1 AND g.is_public = ?2 AND g.facet = ?9
                            AND g.value = ?14 AND g.fiscal_year = f.fiscal_year
                            AND g.number = f.number))
   AND (?10 = '' OR EXISTS (SELECT 1 FROM voice_facet AS g
                          WHERE g.organisation = ?1 AND g.is_public = ?2 AND g.facet = ?10
                            AND g.value = ?15 AND g.fiscal_year = f.fiscal_year
                            AND g.number = f.number))
   AND (?11 = '' OR EXISTS (SELECT 1 FROM voice_facet AS g
                          WHERE g.organisation = ?1 AND g.is_public = ?2 AND g.facet = ?11
                            AND g.value = ?16 AND g.fiscal_year = f.fiscal_year
                            AND g.number = f.number))
   AND (?12 = '' OR EXISTS (SELECT 1 FROM voice_facet AS g
                          WHERE g.organisation = ?1 AND g.is_public = ?2 AND g.facet = ?12
                            AND g.value = ?17 AND g.fiscal_year = f.fiscal_year
                            AND g.number = f.number))
   AND (?13 = '' OR EXISTS (SELECT 1 FROM voice_facet AS g
                          WHERE g.organisation = ?1 AND g.is_public = ?2 AND g.facet = ?13
                            AND g.value = ?18 AND g.fiscal_year = f.fiscal_year
                            AND g.number = f.number))
 ORDER BY f.fiscal_year DESC, f.number DESC LIMIT ?7 OFFSET ?8;

-- name: voice_ids_by_words
-- Hits of the words, the newest record first; a voice stands once, as its texts are one row.
SELECT w.fiscal_year, w.number
  FROM voice_index AS s JOIN voice_words AS w ON w.id = s.rowid
 WHERE s.voice_index MATCH ?1
 ORDER BY s.rowid DESC LIMIT ?2 OFFSET ?3;

-- name: voice_words_count
-- How many, up to ?2.
SELECT count(*) FROM (
    SELECT 1 AS one FROM voice_index WHERE voice_index MATCH ?1 LIMIT ?2) AS listed;

-- name: voice_ids_by_due
-- Waiting, and due before ?2: the longest due first.
SELECT fiscal_year, number FROM voice_facet
 WHERE organisation = ?1 AND is_public = 0 AND facet = 'due' AND value < ?2
   AND fiscal_year BETWEEN ?3 AND ?4
 ORDER BY value, fiscal_year, number LIMIT ?5;

-- name: voice_ids_by_group
SELECT fiscal_year, number FROM voice
 WHERE organisation = ?1 AND group_year = ?2 AND group_number = ?3
 ORDER BY fiscal_year DESC, number DESC LIMIT ?4;

-- name: voice_has_facet
SELECT 1 FROM voice_facet
 WHERE organisation = ?1 AND is_public = ?2 AND facet = ?3 AND value = ?4 AND fiscal_year = ?5
   AND number = ?6;

-- name: voice_row
SELECT v.fiscal_year, v.number, v.door, v.received, v.due, v.state, v.stage, v.publication,
       v.category, v.section, coalesce(o.name, ''), v.summary, v.parts, v.group_year,
       v.group_number, v.is_reopened,
       EXISTS (SELECT 1 FROM voice_erasure AS r
                WHERE r.organisation = v.organisation AND r.fiscal_year = v.fiscal_year
                  AND r.number = v.number)
  FROM voice AS v LEFT JOIN organisation AS o ON o.key = v.section
 WHERE v.organisation = ?1 AND v.fiscal_year = ?2 AND v.number = ?3;

-- name: opinion_row
SELECT v.fiscal_year, v.number, v.door, v.month, v.received, v.reason, v.category, v.summary,
       v.kind, v.status, v.stage, v.parts, v.meeting_year, v.meeting_number, v.published,
       r.at, r.hash
  FROM opinion AS v JOIN record AS r ON r.seq = v.record
 WHERE v.organisation = ?1 AND v.fiscal_year = ?2 AND v.number = ?3;

-- name: opinion_latest
SELECT v.fiscal_year, v.number, v.door, v.month, v.received, v.reason, v.category, v.summary,
       v.kind, v.status, v.stage, v.parts, v.meeting_year, v.meeting_number, v.published,
       r.at, r.hash
  FROM opinion AS v JOIN record AS r ON r.seq = v.record
 WHERE v.organisation = ?1
 ORDER BY v.record DESC LIMIT ?2;

-- name: voice_behind
-- Linked to an initiative (?3 'initiative': all that names its number), or to one line by key.
SELECT k.fiscal_year, k.number, k.part, k.kind, k.plan_year, k.plan_number, k.key, k.text,
       k.summary, k.public_summary, k.status, k.stage
  FROM voice_link AS k
 WHERE k.organisation = ?1 AND k.plan_year = ?2
   AND (?4 = 0 OR k.plan_number = ?4) AND (?3 = 'initiative' OR k.kind = ?3)
   AND (?5 = '' OR k.key = ?5) AND (?6 = 0 OR k.public_summary <> '')
 ORDER BY k.fiscal_year DESC, k.number DESC, k.part, k.position LIMIT ?7;

-- name: voice_waits
SELECT fiscal_year, number, part, section, summary, comment, due FROM voice_wait
 WHERE organisation = ?1 AND wait = ?2 AND section = ?3
 ORDER BY due, fiscal_year, number, part LIMIT ?4;

-- name: voice_waits_of_all
SELECT fiscal_year, number, part, section, summary, comment, due FROM voice_wait
 WHERE organisation = ?1 AND wait = ?2
 ORDER BY due, fiscal_year, number, part LIMIT ?3;

-- name: voice_counts
-- Of one facet, over all doors (?4 '') or one, all years (?5 0, ?6 9999) or some.
SELECT value, sum(voices) FROM voice_count
 WHERE organisation = ?1 AND is_public = ?2 AND facet = ?3 AND (?4 = '' OR door = ?4)
   AND fiscal_year BETWEEN ?5 AND ?6
 GROUP BY value ORDER BY value;

-- name: voice_facet_total
SELECT coalesce(sum(voices), 0) FROM voice_count
 WHERE organisation = ?1 AND is_public = ?2 AND facet = ?3 AND value = ?4
   AND fiscal_year BETWEEN ?5 AND ?6;

-- name: voice_code_used
-- Does any voice have that value?
SELECT count(*) FROM (
    SELECT 1 AS one FROM voice_facet
     WHERE organisation = ?1 AND is_public = 0 AND facet = ?2 AND value = ?3 LIMIT 1) AS listed;
