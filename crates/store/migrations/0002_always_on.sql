-- Accounts whose person stays with no connection at all, and the channels that such people are in.
CREATE TABLE always_on (
    account INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE present (
    account INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    PRIMARY KEY (account, channel)
) STRICT, WITHOUT ROWID;
