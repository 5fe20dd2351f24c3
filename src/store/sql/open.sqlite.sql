-- How every connection is set.
PRAGMA page_size = 4096;
PRAGMA journal_mode = WAL;
-- What was acknowledged is on disk: WAL with NORMAL lost acknowledged writes in a power cut.
PRAGMA synchronous = FULL;
-- What is deleted or moved within a page is written over, at no cost in pages written (voices.h).
PRAGMA secure_delete = FAST;
PRAGMA foreign_keys = ON;
-- The file may come from anybody: its schema may call nothing but harmless functions, and its
-- cells are checked as they are read.
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA temp_store = FILE;
-- 2 MB of pages a connection: a server has one for each thread.
PRAGMA cache_size = -2000;
