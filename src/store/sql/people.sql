-- Accounts and what lets them in. Columns of an account, in the order of row_account.

-- name: account_add
INSERT INTO account (id, login, folded, name, mail, words, is_disabled, must_change, created, seen)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0);

-- name: account_save
UPDATE account SET login = ?2, folded = ?3, name = ?4, mail = ?5, words = ?6, is_disabled = ?7
 WHERE id = ?1;

-- name: account_get
SELECT a.id, a.login, a.name, a.mail, a.is_disabled, a.must_change, a.created, a.seen,
       (SELECT count(*) FROM credential AS c WHERE c.account = a.id),
       (SELECT count(*) FROM totp AS t WHERE t.account = a.id AND t.secret IS NOT NULL)
  FROM account AS a WHERE a.id = ?1;

-- name: account_by_login
SELECT a.id, a.login, a.name, a.mail, a.is_disabled, a.must_change, a.created, a.seen,
       (SELECT count(*) FROM credential AS c WHERE c.account = a.id),
       (SELECT count(*) FROM totp AS t WHERE t.account = a.id AND t.secret IS NOT NULL)
  FROM account AS a WHERE a.folded = ?1;

-- name: account_list
-- Those whose login, name or mail holds what ?1 stands for (a LIKE pattern), by login.
SELECT a.id, a.login, a.name, a.mail, a.is_disabled, a.must_change, a.created, a.seen,
       (SELECT count(*) FROM credential AS c WHERE c.account = a.id),
       (SELECT count(*) FROM totp AS t WHERE t.account = a.id AND t.secret IS NOT NULL)
  FROM account AS a
 WHERE a.words LIKE ?1 ESCAPE '\'
 ORDER BY a.folded LIMIT ?2 OFFSET ?3;

-- name: account_count
SELECT count(*) FROM account WHERE words LIKE ?1 ESCAPE '\';

-- name: account_is_open
SELECT count(*) FROM account WHERE id = ?1 AND is_disabled = 0;

-- name: account_seen
UPDATE account SET seen = ?2 WHERE id = ?1;

-- name: account_must_change
UPDATE account SET must_change = ?2 WHERE id = ?1;

-- name: account_erase
-- Password, second factor, sessions and drafts go with it.
DELETE FROM account WHERE id = ?1;

-- name: credential_get
SELECT hash, at FROM credential WHERE account = ?1;

-- name: credential_put
INSERT INTO credential (account, hash, at) VALUES (?1, ?2, ?3)
ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, at = excluded.at;

-- name: totp_get
SELECT secret, pending, step FROM totp WHERE account = ?1;

-- name: totp_begin
INSERT INTO totp (account, secret, pending, step) VALUES (?1, NULL, ?2, 0)
ON CONFLICT (account) DO UPDATE SET pending = excluded.pending;

-- name: totp_confirm
UPDATE totp SET secret = pending, pending = NULL, step = ?2 WHERE account = ?1;

-- name: totp_step
UPDATE totp SET step = ?2 WHERE account = ?1;

-- name: totp_drop
DELETE FROM totp WHERE account = ?1;

-- name: recovery_add
INSERT INTO recovery (account, hash) VALUES (?1, ?2);

-- name: recovery_find
SELECT count(*) FROM recovery WHERE account = ?1 AND hash = ?2;

-- name: recovery_count
SELECT count(*) FROM recovery WHERE account = ?1;

-- name: recovery_use
DELETE FROM recovery WHERE account = ?1 AND hash = ?2;

-- name: recovery_clear
DELETE FROM recovery WHERE account = ?1;

-- name: session_add
INSERT INTO session (id, account, created, seen, reauth, agent, address, how)
VALUES (?1, ?2, ?3, ?3, ?3, ?4, ?5, ?6);

-- name: session_get
SELECT id, account, created, seen, reauth, agent, address, how FROM session WHERE id = ?1;

-- name: session_list
-- The newest first.
SELECT id, account, created, seen, reauth, agent, address, how FROM session
 WHERE account = ?1 AND seen >= ?2 AND created >= ?3
 ORDER BY created DESC, id;

-- name: session_seen
UPDATE session SET seen = ?2 WHERE id = ?1;

-- name: session_reauth
UPDATE session SET reauth = ?2, seen = ?2 WHERE id = ?1;

-- name: session_end
DELETE FROM session WHERE id = ?1;

-- name: session_end_all
-- All of an account but one.
DELETE FROM session WHERE account = ?1 AND id <> ?2;

-- name: session_sweep
-- Those that are over: not seen since ?1, or begun before ?2.
DELETE FROM session WHERE seen < ?1 OR created < ?2;

-- name: throttle_get
SELECT failures, at, until, good FROM throttle WHERE key = ?1;

-- name: throttle_put
INSERT INTO throttle (key, failures, at, until, good) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (key) DO UPDATE
   SET failures = excluded.failures, at = excluded.at, until = excluded.until,
       good = excluded.good;

-- name: throttle_sweep
-- Failures are forgotten, and so are addresses that were good long ago.
DELETE FROM throttle WHERE at < ?1 AND good < ?2;

-- name: policy_get
SELECT min_length, advised_length, max_age_days, idle_minutes, absolute_hours, reauth_minutes,
       totp_required
  FROM policy WHERE id = 1;

-- name: policy_put
UPDATE policy
   SET min_length = ?1, advised_length = ?2, max_age_days = ?3, idle_minutes = ?4,
       absolute_hours = ?5, reauth_minutes = ?6, totp_required = ?7
 WHERE id = 1;

-- name: draft_get
SELECT base, fields, at FROM draft WHERE account = ?1 AND form = ?2;

-- name: draft_put
INSERT INTO draft (account, form, base, fields, at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (account, form) DO UPDATE
   SET base = excluded.base, fields = excluded.fields, at = excluded.at;

-- name: draft_drop
DELETE FROM draft WHERE account = ?1 AND form = ?2;

-- name: grant_put
INSERT INTO grant_row (organisation, account, duty, from_day, to_day, deputy_of, record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (organisation, account, duty) DO UPDATE
   SET from_day = excluded.from_day, to_day = excluded.to_day, deputy_of = excluded.deputy_of,
       record = excluded.record;

-- name: grant_clear
DELETE FROM grant_row;

-- name: grant_list
-- ?1 an account, ?2 an organisation; '' = all of them.
SELECT g.organisation, g.account, g.duty, g.from_day, g.to_day, g.deputy_of, r.hash
  FROM grant_row AS g JOIN record AS r ON r.seq = g.record
 WHERE (?1 = '' OR g.account = ?1) AND (?2 = '' OR g.organisation = ?2)
 ORDER BY g.organisation, g.account, g.duty;

-- name: grant_up
-- What an organisation belongs to, itself first, with the duties that account ?2 holds there on
-- the day ?3. One row at least for each of them.
WITH RECURSIVE chain (key, parent, kind, depth) AS (
    SELECT key, parent, kind, 0 FROM organisation WHERE key = ?1
    UNION ALL
    SELECT o.key, o.parent, o.kind, chain.depth + 1
      FROM chain JOIN organisation AS o ON o.key = chain.parent
     WHERE chain.depth < 8)
SELECT chain.depth, chain.key, chain.kind, g.duty
  FROM chain
  LEFT JOIN grant_row AS g
    ON g.organisation = chain.key AND g.account = ?2
   AND g.from_day <= ?3 AND (g.to_day IS NULL OR g.to_day >= ?3)
 ORDER BY chain.depth;

-- name: grant_down
-- The duties that account ?2 holds on the day ?3 in the sections of an organisation.
WITH RECURSIVE part (key, depth) AS (
    SELECT key, 0 FROM organisation WHERE parent = ?1 AND kind = 'section'
    UNION ALL
    SELECT o.key, part.depth + 1
      FROM part JOIN organisation AS o ON o.parent = part.key
     WHERE o.kind = 'section' AND part.depth < 8)
SELECT DISTINCT g.duty
  FROM part JOIN grant_row AS g ON g.organisation = part.key
 WHERE g.account = ?2 AND g.from_day <= ?3 AND (g.to_day IS NULL OR g.to_day >= ?3)
 ORDER BY g.duty;

-- name: organisation_words
-- Keys and names: what a password must not be made of.
SELECT key, name FROM organisation ORDER BY key LIMIT 2000;
