-- One row: what the whole file stands for.
CREATE TABLE meta (
    one            INTEGER PRIMARY KEY CHECK (one = 1),
    epoch          INTEGER NOT NULL, -- of the start that is running, or was last
    seq            INTEGER NOT NULL, -- the last entry whose changes are here
    at             INTEGER NOT NULL, -- when that entry was
    casemapping    TEXT,             -- how names are folded; NULL until the first start ends
    channels_made  INTEGER NOT NULL, -- the highest channel id ever stored; never goes back
    syncs_measured INTEGER NOT NULL  -- grows with each measurement, so that there is something to sync
) STRICT;
INSERT INTO meta VALUES (1, 0, 0, 0, NULL, 0, 0);

CREATE TABLE accounts (
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL,
    password      TEXT NOT NULL,
    version       INTEGER NOT NULL,
    registered_at INTEGER NOT NULL
) STRICT;

CREATE TABLE channels (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    made_at     INTEGER NOT NULL,
    since       INTEGER NOT NULL,
    registered  INTEGER NOT NULL,
    topic_text  TEXT,
    topic_by    TEXT,
    topic_at    INTEGER,
    flags       INTEGER NOT NULL,
    key         TEXT,
    limited_to  INTEGER
) STRICT;

-- `place` keeps the order in which masks were set.
CREATE TABLE list_entries (
    place   INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL,
    kind    TEXT NOT NULL, -- its mode letter
    mask    TEXT NOT NULL,
    set_by  TEXT NOT NULL,
    set_at  INTEGER NOT NULL,
    UNIQUE (channel, kind, mask)
) STRICT;

CREATE TABLE members (
    channel INTEGER NOT NULL,
    account INTEGER NOT NULL,
    ranks   INTEGER NOT NULL,
    PRIMARY KEY (channel, account)
) STRICT, WITHOUT ROWID;

-- `id` is seq * 65536 + n, `target` a channel or a pair of accounts in one number (target.rs).
CREATE TABLE messages (
    id       INTEGER PRIMARY KEY,
    epoch    INTEGER NOT NULL,
    target   INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    nick     TEXT NOT NULL,
    username TEXT NOT NULL,
    host     TEXT NOT NULL,
    account  TEXT,
    to_name  TEXT NOT NULL,
    kind     INTEGER NOT NULL, -- 0 PRIVMSG, 1 NOTICE
    text     TEXT NOT NULL
) STRICT;

-- An index ends with the rowid, and `id` is the rowid: this is the index on (target, id).
CREATE INDEX messages_by_target ON messages (target);
