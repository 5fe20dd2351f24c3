-- Entries of one area, for its chart (地域カルテ).

CREATE INDEX entry_area ON entry (organisation, book, is_current, area, day, id);
