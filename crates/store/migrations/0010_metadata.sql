-- What is noted of accounts and channels by keys. `kind` is 0 for an account and 1 for a channel.
CREATE TABLE metadata (
    kind  INTEGER NOT NULL,
    of    INTEGER NOT NULL,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, of, key)
) STRICT, WITHOUT ROWID;
