-- After which entries accounts have missed what another wrote to them.
CREATE TABLE missed (
    account INTEGER NOT NULL,
    other   INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    PRIMARY KEY (account, other)
) STRICT, WITHOUT ROWID;
