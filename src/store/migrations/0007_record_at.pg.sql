-- What stood on a day: which records are older, which are newer. PostgreSQL's form.

CREATE INDEX record_at ON record (at);
