-- What happened in a conversation beside messages: `kind` and what the other columns are for is in
-- event.rs. What several channels saw is a row in each, under one id; ids are of one order with those of
-- messages.
CREATE TABLE events (
    target      INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    epoch       INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    nick        TEXT, -- of who did it; NULL where the server did
    username    TEXT,
    host        TEXT,
    account     TEXT,
    bot         INTEGER NOT NULL,
    author      INTEGER,
    to_name     TEXT,
    whom        TEXT,
    text        TEXT,
    about       INTEGER, -- the message of which it says something, as in `id` and `epoch`
    about_epoch INTEGER,
    PRIMARY KEY (target, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX events_by_id ON events (id);

CREATE INDEX events_by_about ON events (about) WHERE about IS NOT NULL;
