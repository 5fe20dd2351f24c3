-- As a connection is set when it is opened, and the memory given back.
PRAGMA cache_size = -2000;
PRAGMA shrink_memory;
