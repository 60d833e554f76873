-- From whom and to whom, as both were called then: once for the messages that have it in common, and not in
-- the row of each.
CREATE TABLE envelopes (
    envelope INTEGER PRIMARY KEY,
    holds    INTEGER NOT NULL, -- messages, of those that are counted
    nick     TEXT NOT NULL,
    username TEXT NOT NULL,
    host     TEXT NOT NULL,
    account  TEXT,
    author   INTEGER,          -- whose account that is, whatever is called by its name later
    bot      INTEGER NOT NULL,
    to_name  TEXT NOT NULL
) STRICT;

ALTER TABLE messages RENAME TO messages_before;
DROP INDEX messages_by_target;
DROP INDEX redacted_by_target;

CREATE TABLE messages (
    id         INTEGER PRIMARY KEY,
    epoch      INTEGER NOT NULL,
    target     INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    envelope   INTEGER NOT NULL,
    kind       INTEGER NOT NULL, -- 0 PRIVMSG, 1 NOTICE, 2 taken back
    text       TEXT NOT NULL,
    tags       TEXT,             -- the client-only tags that are kept, as they came; NULL for none
    edit       INTEGER,          -- the last edit: its own id, as in `id` and `epoch`, and when it was
    edit_epoch INTEGER,
    edit_at    INTEGER
) STRICT;

INSERT INTO envelopes (holds, nick, username, host, account, author, bot, to_name)
    SELECT count(*), nick, username, host, account, author, bot, to_name FROM messages_before
    GROUP BY nick, username, host, account, author, bot, to_name;
CREATE INDEX envelopes_by_all ON envelopes (nick, to_name, host, username, account, author, bot);
INSERT INTO messages
    SELECT id, epoch, target, at,
        (SELECT envelope FROM envelopes AS e
         WHERE e.nick = m.nick AND e.to_name = m.to_name AND e.host = m.host AND e.username = m.username
             AND e.account IS m.account AND e.author IS m.author AND e.bot = m.bot),
        kind, text, tags, edit, edit_epoch, edit_at
    FROM messages_before AS m WHERE id > ?1 AND id <= ?2 ORDER BY id; -- in pieces, see migrations.rs
DROP INDEX envelopes_by_all;
DROP TABLE messages_before;

-- The last message that is counted in its envelope. Those behind it are counted before any is removed.
ALTER TABLE meta ADD COLUMN counted_to INTEGER NOT NULL DEFAULT 0;
UPDATE meta SET counted_to = (SELECT coalesce(max(id), 0) FROM messages);

-- What was taken back is kind 2: it keeps its place and its id, and is on no page.
CREATE INDEX messages_by_target ON messages (target) WHERE kind < 2;
CREATE INDEX redacted_by_target ON messages (target) WHERE kind = 2;

-- However messages go, their envelope goes with the last of them.
CREATE TRIGGER messages_are_counted BEFORE DELETE ON messages
WHEN (SELECT counted_to FROM meta) < (SELECT max(id) FROM messages) BEGIN
    SELECT raise(ABORT, 'messages are removed before all are counted');
END;
CREATE TRIGGER envelope_goes AFTER DELETE ON messages BEGIN
    UPDATE envelopes SET holds = holds - 1 WHERE envelope = old.envelope;
    DELETE FROM envelopes WHERE envelope = old.envelope AND holds = 0;
END;
