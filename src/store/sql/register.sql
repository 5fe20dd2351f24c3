-- Registers, ledgers, their entries and what these add up to; bindings and accepted actuals.

-- name: book_put
INSERT INTO book (organisation, book, name_ja, name_en, record)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (organisation, book)
DO UPDATE SET name_ja = excluded.name_ja, name_en = excluded.name_en, record = excluded.record;

-- name: book_list
-- Registers and ledgers by name, each with what it holds.
SELECT b.book, b.name_ja, b.name_en, r.hash, r.at,
       (SELECT count(*) FROM entry_batch AS n
         WHERE n.organisation = b.organisation AND n.book = b.book),
       (SELECT coalesce(sum(c.amount), 0) FROM entry_cell AS c
         WHERE c.organisation = b.organisation AND c.book = b.book AND c.field = ''),
       (SELECT min(c.month) FROM entry_cell AS c
         WHERE c.organisation = b.organisation AND c.book = b.book AND c.field = ''),
       (SELECT max(c.month) FROM entry_cell AS c
         WHERE c.organisation = b.organisation AND c.book = b.book AND c.field = '')
  FROM book AS b
  JOIN record AS r ON r.seq = b.record
 WHERE b.organisation = ?1
 ORDER BY b.book;

-- name: book_clear
DELETE FROM book;

-- name: batch_put
INSERT INTO entry_batch (organisation, book, number, shelf, entries, source, source_name, record, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: batch_shelf
-- Where the entries of a register stand; no row = it has none.
SELECT shelf FROM entry_batch WHERE organisation = ?1 AND book = ?2 ORDER BY number LIMIT 1;

-- name: batch_first
-- The record of a register's first batch, by its entity.
SELECT seq FROM record WHERE organisation = ?1 AND entity = ?2 ORDER BY seq LIMIT 1;

-- name: batch_last
SELECT coalesce(max(number), 0) FROM entry_batch WHERE organisation = ?1 AND book = ?2;

-- name: batch_hashes
-- The records behind a register, in their order.
SELECT b.hash, r.at
  FROM entry_batch AS b
  JOIN record AS r ON r.seq = b.record
 WHERE b.organisation = ?1 AND b.book = ?2
 ORDER BY b.number;

-- name: batch_clear
DELETE FROM entry_batch;

-- name: entry_current
SELECT place, batch, is_void, body FROM entry
 WHERE key = ?1 AND shelf = ?2
 ORDER BY batch DESC LIMIT 1;

-- name: entry_add
INSERT INTO entry (place, shelf, key, batch, is_current, is_void, day, area, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: entry_supersede
UPDATE entry SET is_current = 0 WHERE place = ?1;

-- name: entry_newest
-- Entries as they stand, the newest day first.
SELECT batch, body FROM entry
 WHERE shelf = (SELECT shelf FROM entry_batch
                 WHERE organisation = ?1 AND book = ?2 AND number = 1)
   AND is_current = 1 AND day >= ?3 AND day < ?4
 ORDER BY day DESC, place DESC LIMIT ?5 OFFSET ?6;

-- name: entry_count
SELECT count(*) FROM entry
 WHERE shelf = (SELECT shelf FROM entry_batch
                 WHERE organisation = ?1 AND book = ?2 AND number = 1)
   AND is_current = 1 AND day >= ?3 AND day < ?4;

-- name: entry_count_months
-- The same of whole months: the sums know it, but for the entries that were taken back.
SELECT coalesce((SELECT sum(amount) FROM entry_cell
                  WHERE organisation = ?1 AND book = ?2 AND field = ''
                    AND month >= ?3 AND month < ?4), 0)
       + (SELECT count(*) FROM entry
           WHERE shelf = (SELECT shelf FROM entry_batch
                           WHERE organisation = ?1 AND book = ?2 AND number = 1)
             AND is_current = 1 AND is_void = 1 AND day >= ?3 AND day < ?4);

-- name: entry_of_area
-- The same of one area (地域).
SELECT batch, body FROM entry
 WHERE shelf = (SELECT shelf FROM entry_batch
                 WHERE organisation = ?1 AND book = ?2 AND number = 1)
   AND is_current = 1 AND day >= ?3 AND day < ?4 AND area = ?5 AND area <> ''
 ORDER BY day DESC, place DESC LIMIT ?6 OFFSET ?7;

-- name: entry_count_of_area
SELECT count(*) FROM entry
 WHERE shelf = (SELECT shelf FROM entry_batch
                 WHERE organisation = ?1 AND book = ?2 AND number = 1)
   AND is_current = 1 AND day >= ?3 AND day < ?4 AND area = ?5 AND area <> '';

-- name: entry_all
-- Those of a span in which a text occurs anywhere, the newest day first: to be looked through.
SELECT batch, body FROM entry
 WHERE shelf = (SELECT shelf FROM entry_batch
                 WHERE organisation = ?1 AND book = ?2 AND number = 1)
   AND is_current = 1 AND day >= ?3 AND day < ?4 AND body LIKE ?5 ESCAPE '\'
 ORDER BY day DESC, place DESC;

-- name: entry_all_at
-- The same as they stood when batch ?6 was the last.
SELECT e.batch, e.body FROM entry AS e
 WHERE e.shelf = (SELECT shelf FROM entry_batch
                   WHERE organisation = ?1 AND book = ?2 AND number = 1)
   AND e.is_current IN (0, 1)
   AND e.day >= ?3 AND e.day < ?4 AND e.body LIKE ?5 ESCAPE '\' AND e.batch <= ?6
   AND NOT EXISTS (SELECT 1 FROM entry AS later
                    WHERE later.key = e.key AND later.shelf = e.shelf
                      AND later.batch > e.batch AND later.batch <= ?6)
 ORDER BY e.day DESC, e.place DESC;

-- name: entry_days
-- Days with how many entries stand on them: all, less those that were taken back.
SELECT x.day, sum(x.n) FROM (
    SELECT day, count(*) AS n FROM entry
     WHERE shelf = (SELECT shelf FROM entry_batch
                     WHERE organisation = ?1 AND book = ?2 AND number = 1)
       AND is_current = 1 AND day >= ?3 AND day < ?4
     GROUP BY day
    UNION ALL
    SELECT day, -count(*) FROM entry
     WHERE shelf = (SELECT shelf FROM entry_batch
                     WHERE organisation = ?1 AND book = ?2 AND number = 1)
       AND is_current = 1 AND is_void = 1 AND day >= ?3 AND day < ?4
     GROUP BY day) AS x
 GROUP BY x.day HAVING sum(x.n) > 0 ORDER BY x.day;

-- name: entry_days_of_area
SELECT x.day, sum(x.n) FROM (
    SELECT day, count(*) AS n FROM entry
     WHERE shelf = (SELECT shelf FROM entry_batch
                     WHERE organisation = ?1 AND book = ?2 AND number = 1)
       AND is_current = 1 AND day >= ?3 AND day < ?4 AND area = ?5 AND area <> ''
     GROUP BY day
    UNION ALL
    SELECT day, -count(*) FROM entry
     WHERE shelf = (SELECT shelf FROM entry_batch
                     WHERE organisation = ?1 AND book = ?2 AND number = 1)
       AND is_current = 1 AND is_void = 1 AND day >= ?3 AND day < ?4 AND area = ?5 AND area <> ''
     GROUP BY day) AS x
 GROUP BY x.day HAVING sum(x.n) > 0 ORDER BY x.day;

-- name: entry_days_at
SELECT e.day, count(*) FROM entry AS e
 WHERE e.shelf = (SELECT shelf FROM entry_batch
                   WHERE organisation = ?1 AND book = ?2 AND number = 1)
   AND e.is_current IN (0, 1) AND e.is_void = 0
   AND e.day >= ?3 AND e.day < ?4 AND (?5 = '' OR e.area = ?5) AND e.batch <= ?6
   AND NOT EXISTS (SELECT 1 FROM entry AS later
                    WHERE later.key = e.key AND later.shelf = e.shelf
                      AND later.batch > e.batch AND later.batch <= ?6)
 GROUP BY e.day ORDER BY e.day;

-- name: batch_at
-- The last batch of a register at a time.
SELECT coalesce(max(b.number), 0)
  FROM entry_batch AS b
  JOIN record AS r ON r.seq = b.record
 WHERE b.organisation = ?1 AND b.book = ?2 AND r.at <= ?3;

-- name: batch_newest
-- The last entry of the last batch.
SELECT e.body
  FROM entry_batch AS b
  JOIN entry AS e ON e.place >= b.record * 16384 AND e.place < (b.record + 1) * 16384
 WHERE b.organisation = ?1 AND b.book = ?2
 ORDER BY b.number DESC, e.place DESC LIMIT 1;

-- name: entry_versions
SELECT e.batch, e.body, r.at, r.author, r.reason, b.hash
  FROM entry_batch AS f
  JOIN entry AS e ON e.key = ?3 AND e.shelf = f.shelf
  JOIN entry_batch AS b
    ON b.organisation = f.organisation AND b.book = f.book AND b.number = e.batch
  JOIN record AS r ON r.seq = b.record
 WHERE f.organisation = ?1 AND f.book = ?2 AND f.number = 1
 ORDER BY e.batch DESC;

-- name: entry_clear
DELETE FROM entry;

-- name: cell_add
INSERT INTO entry_cell (organisation, book, fiscal_year, field, month, area, facets, missing, amount)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (organisation, book, fiscal_year, field, month, area, facets, missing)
DO UPDATE SET amount = entry_cell.amount + excluded.amount;

-- name: cell_amount
SELECT amount FROM entry_cell
 WHERE organisation = ?1 AND book = ?2 AND fiscal_year = ?3 AND field = ?4 AND month = ?5
   AND area = ?6 AND facets = ?7 AND missing = ?8;

-- name: cell_drop
-- A cell without entries is not there, neither are its sums.
DELETE FROM entry_cell
 WHERE organisation = ?1 AND book = ?2 AND fiscal_year = ?3 AND month = ?4
   AND area = ?5 AND facets = ?6 AND missing = ?7;

-- name: cell_of_field
SELECT fiscal_year, month, area, facets, missing, field, amount FROM entry_cell
 WHERE organisation = ?1 AND book = ?2 AND fiscal_year BETWEEN ?3 AND ?4 AND field = ?5;

-- name: cell_all
SELECT fiscal_year, month, area, facets, missing, field, amount FROM entry_cell
 WHERE organisation = ?1 AND book = ?2 AND fiscal_year BETWEEN ?3 AND ?4
 ORDER BY fiscal_year, field, month, area, facets, missing;

-- name: cell_years
SELECT DISTINCT fiscal_year FROM entry_cell
 WHERE organisation = ?1 AND book = ?2 AND field = '' AND fiscal_year > 0
 ORDER BY fiscal_year DESC;

-- name: cell_clear
DELETE FROM entry_cell;

-- name: area_drop
DELETE FROM area WHERE organisation = ?1;

-- name: area_add
INSERT INTO area (organisation, position, key, name, record) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: area_list
SELECT key, name FROM area WHERE organisation = ?1 ORDER BY position;

-- name: area_clear
DELETE FROM area;

-- name: binding_put
INSERT INTO binding (organisation, indicator, book, record) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (organisation, indicator)
DO UPDATE SET book = excluded.book, record = excluded.record;

-- name: binding_list
SELECT indicator FROM binding WHERE organisation = ?1 ORDER BY indicator;

-- name: actual_years
-- The years of the plans that have the indicator, then those that are being worked on.
SELECT fiscal_year FROM indicator WHERE organisation = ?1 AND key = ?2
 UNION
SELECT y.fiscal_year FROM cycle AS y
 WHERE y.organisation = ?1
   AND y.fiscal_year > (SELECT max(fiscal_year) FROM indicator WHERE organisation = ?1 AND key = ?2)
 ORDER BY fiscal_year;

-- name: indicator_section
-- Whose sheet has the indicator: that of its initiative in the newest year that is worked on.
SELECT s.section
  FROM indicator AS i
  JOIN sheet AS s ON s.organisation = i.organisation AND s.number = i.initiative
 WHERE i.organisation = ?1 AND i.key = ?2
 ORDER BY i.fiscal_year DESC, s.fiscal_year DESC LIMIT 1;

-- name: binding_clear
DELETE FROM binding;

-- name: actual_put
INSERT INTO actual (organisation, fiscal_year, indicator, value, unit, is_final, record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (organisation, fiscal_year, indicator)
DO UPDATE SET value = excluded.value, unit = excluded.unit, is_final = excluded.is_final,
              record = excluded.record;

-- name: actual_clear
DELETE FROM actual;
