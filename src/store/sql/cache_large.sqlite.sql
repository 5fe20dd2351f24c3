-- While very many rows are written or compared: the indexes stay in memory, or each batch would
-- read and write most of their pages again (measured: 90 s instead of 10 for a million entries).
PRAGMA cache_size = -131072;
