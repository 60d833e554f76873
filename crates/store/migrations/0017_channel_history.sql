-- What founders decided about the history of their channels; NULL where that is nothing.
CREATE TABLE channel_history (
    channel       INTEGER PRIMARY KEY,
    hides_earlier INTEGER
) STRICT;

-- With which entry accounts came into a channel: 0 where they were in it before this was noted.
ALTER TABLE members ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
