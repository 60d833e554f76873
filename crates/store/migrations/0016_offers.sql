-- Accounts to which channels are offered by their founders.
CREATE TABLE offers (
    channel INTEGER PRIMARY KEY,
    account INTEGER NOT NULL
) STRICT;
