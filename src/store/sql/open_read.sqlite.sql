-- What a connection that only reads is set to besides.
PRAGMA query_only = ON;
