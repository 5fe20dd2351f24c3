-- name: organisation_put
INSERT INTO organisation (key, name, kind, parent, folded, record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (key) DO UPDATE
   SET name = excluded.name, kind = excluded.kind, parent = excluded.parent,
       folded = excluded.folded, record = excluded.record;

-- name: organisation_get
SELECT key, name, kind, parent FROM organisation WHERE key = ?1;

-- name: organisation_by_name
-- `folded` is the folded name, a blank, the key: ?1 is the name and a blank, ?2 the first text
-- after all that begin so.
SELECT key, name, kind, parent FROM organisation
 WHERE folded >= ?1 AND folded < ?2
 ORDER BY folded LIMIT 1;

-- name: organisation_list
-- Those whose folded name and key hold what ?1 stands for (a LIKE pattern), by key.
SELECT key, name, kind, parent FROM organisation
 WHERE folded LIKE ?1 ESCAPE '\'
 ORDER BY key LIMIT ?2 OFFSET ?3;

-- name: organisation_shown
-- The same for those who look for a plan: a section stands there when it has one of its own.
SELECT o.key, o.name, o.kind, o.parent FROM organisation AS o
 WHERE o.folded LIKE ?1 ESCAPE '\'
   AND (o.kind <> 'section' OR EXISTS (SELECT 1 FROM plan AS p WHERE p.organisation = o.key))
 ORDER BY o.key LIMIT ?2 OFFSET ?3;

-- name: organisation_shown_count
SELECT count(*) FROM organisation AS o
 WHERE o.folded LIKE ?1 ESCAPE '\'
   AND (o.kind <> 'section' OR EXISTS (SELECT 1 FROM plan AS p WHERE p.organisation = o.key));

-- name: organisation_keys
SELECT key FROM organisation ORDER BY key;

-- name: organisation_count
SELECT count(*) FROM organisation WHERE folded LIKE ?1 ESCAPE '\';

-- name: organisation_below
-- What belongs to an organisation, by key.
SELECT key, name, kind, parent FROM organisation WHERE parent = ?1 ORDER BY key;

-- name: organisation_clear
DELETE FROM organisation;
