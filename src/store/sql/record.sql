-- The log: records, and each organisation's tree over them.

-- name: record_add
INSERT INTO record (seq, organisation, position, kind, entity, replaces, author, role, at,
                    reason, body, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12);

-- name: record_last_seq
-- Records are numbered without gaps, so this is also how many there are.
SELECT coalesce(max(seq), 0) FROM record;

-- name: record_generation
-- Different after anything was stored that a page may show.
SELECT (SELECT coalesce(max(seq), 0) FROM record) +
       (SELECT coalesce(max(number), 0) FROM checkpoint);

-- name: record_newest
-- The record that says how an entity stands now.
SELECT seq, position, kind, replaces, author, role, at, reason, body, hash
  FROM record
 WHERE organisation = ?1 AND entity = ?2
 ORDER BY seq DESC LIMIT 1;

-- name: record_newest_seq
SELECT seq FROM record
 WHERE organisation = ?1 AND entity = ?2
 ORDER BY seq DESC LIMIT 1;

-- name: record_as_of
-- How it stood at an instant (inclusive).
SELECT seq, position, kind, replaces, author, role, at, reason, body, hash
  FROM record
 WHERE organisation = ?1 AND entity = ?2 AND at <= ?3
 ORDER BY seq DESC LIMIT 1;

-- name: record_as_of_seq
SELECT seq FROM record
 WHERE organisation = ?1 AND entity = ?2 AND at <= ?3
 ORDER BY seq DESC LIMIT 1;

-- name: record_by_seq
SELECT seq, position, organisation, kind, entity, replaces, author, role, at, reason, body, hash
  FROM record
 WHERE seq = ?1;

-- name: record_by_hash
SELECT seq, position, organisation, kind, entity, replaces, author, role, at, reason, body, hash
  FROM record
 WHERE hash = ?1;

-- name: record_body
SELECT body, hash, at FROM record WHERE seq = ?1;

-- name: record_hash_before
-- The record that one of this entity must replace.
SELECT hash FROM record
 WHERE organisation = ?1 AND entity = ?2 AND seq < ?3
 ORDER BY seq DESC LIMIT 1;

-- name: record_of_log
-- A whole log in its order.
SELECT seq, position, organisation, kind, entity, replaces, author, role, at, reason, body, hash
  FROM record
 WHERE organisation = ?1
 ORDER BY position;

-- name: record_leaves
SELECT hash, at FROM record WHERE organisation = ?1 ORDER BY position;

-- name: record_logs
SELECT DISTINCT organisation FROM record ORDER BY organisation;

-- name: record_entities
-- What there are records of, in the order of their first one.
SELECT entity, min(seq) FROM record
 WHERE organisation = ?1 AND kind = ?2
 GROUP BY entity
 ORDER BY min(seq);

-- name: record_first
SELECT coalesce(min(at), 0) FROM record;

-- name: record_first_of_log
SELECT at FROM record WHERE organisation = ?1 AND position = 0;

-- name: record_first_of_entity
SELECT at FROM record WHERE organisation = ?1 AND entity = ?2 ORDER BY seq LIMIT 1;

-- name: record_entities_since
-- Of a kind, with a record after ?1.
SELECT DISTINCT organisation, entity FROM record WHERE at > ?1 AND kind = ?2;

-- name: record_versions
-- Of one entity, newest first.
SELECT seq, position, organisation, kind, entity, replaces, author, role, at, reason, hash
  FROM record
 WHERE organisation = ?1 AND entity = ?2 AND at <= ?3
 ORDER BY seq DESC LIMIT ?4;

-- name: record_version_count
SELECT count(*) FROM record WHERE organisation = ?1 AND entity = ?2 AND at <= ?3;

-- name: record_first_published
-- The body is canonical JSON, in which quotes within a text are escaped: these bytes can only be
-- the state of the plan's head.
SELECT seq, at FROM record
 WHERE organisation = ?1 AND entity = ?2 AND at <= ?3
   AND body LIKE '%"state":"published"%'
 ORDER BY seq LIMIT 1;

-- name: record_corrections
-- Of the plan ?2 and its initiatives (?3 up to ?4), after record ?5, newest first.
SELECT seq, position, organisation, kind, entity, replaces, author, role, at, reason, hash
  FROM record
 WHERE organisation = ?1 AND (entity = ?2 OR (entity >= ?3 AND entity < ?4))
   AND seq > ?5 AND at <= ?6
 ORDER BY position DESC LIMIT ?7;

-- name: record_correction_count
-- Decisions, not records: what was written together has one instant.
SELECT count(DISTINCT at) FROM record
 WHERE organisation = ?1 AND (entity = ?2 OR (entity >= ?3 AND entity < ?4))
   AND seq > ?5 AND at <= ?6;

-- name: history_all
-- Written at ?1 or before, newest first. ?2 1: only what is for everybody (entity_is_public).
SELECT seq, position, organisation, kind, entity, replaces, author, role, at, reason, hash
  FROM record
 WHERE at <= ?1
   AND (?2 = 0 OR entity = 'organisation' OR (entity >= 'plan/' AND entity < 'plan0')
        OR (entity >= 'source/' AND entity < 'source0')
        OR (entity >= 'survey/' AND entity < 'survey0')
        OR entity = 'council' OR (entity >= 'meeting/' AND entity < 'meeting0')
        OR (entity >= 'opinion/' AND entity < 'opinion0'))
 ORDER BY at DESC, seq DESC LIMIT ?3 OFFSET ?4;

-- name: history_count
SELECT count(*) FROM record
 WHERE at <= ?1
   AND (?2 = 0 OR entity = 'organisation' OR (entity >= 'plan/' AND entity < 'plan0')
        OR (entity >= 'source/' AND entity < 'source0')
        OR (entity >= 'survey/' AND entity < 'survey0')
        OR entity = 'council' OR (entity >= 'meeting/' AND entity < 'meeting0')
        OR (entity >= 'opinion/' AND entity < 'opinion0'));

-- name: history_of_organisation
SELECT seq, position, organisation, kind, entity, replaces, author, role, at, reason, hash
  FROM record
 WHERE organisation = ?1 AND at <= ?2
   AND (?3 = 0 OR entity = 'organisation' OR (entity >= 'plan/' AND entity < 'plan0')
        OR (entity >= 'source/' AND entity < 'source0')
        OR (entity >= 'survey/' AND entity < 'survey0')
        OR entity = 'council' OR (entity >= 'meeting/' AND entity < 'meeting0')
        OR (entity >= 'opinion/' AND entity < 'opinion0'))
 ORDER BY position DESC LIMIT ?4 OFFSET ?5;

-- name: history_count_of_organisation
SELECT count(*) FROM record
 WHERE organisation = ?1 AND at <= ?2
   AND (?3 = 0 OR entity = 'organisation' OR (entity >= 'plan/' AND entity < 'plan0')
        OR (entity >= 'source/' AND entity < 'source0')
        OR (entity >= 'survey/' AND entity < 'survey0')
        OR entity = 'council' OR (entity >= 'meeting/' AND entity < 'meeting0')
        OR (entity >= 'opinion/' AND entity < 'opinion0'));

-- name: history_of_entities
-- Entities whose name begins with ?3; ?4 is the first text after all of those.
SELECT seq, position, organisation, kind, entity, replaces, author, role, at, reason, hash
  FROM record
 WHERE organisation = ?1 AND at <= ?2 AND entity >= ?3 AND entity < ?4
 ORDER BY position DESC LIMIT ?5 OFFSET ?6;

-- name: history_count_of_entities
SELECT count(*) FROM record
 WHERE organisation = ?1 AND at <= ?2 AND entity >= ?3 AND entity < ?4;

-- name: log_get
SELECT size, at, peaks FROM log WHERE organisation = ?1;

-- name: log_put
INSERT INTO log (organisation, size, at, peaks) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (organisation) DO UPDATE
   SET size = excluded.size, at = excluded.at, peaks = excluded.peaks;

-- name: log_clear
DELETE FROM log;
