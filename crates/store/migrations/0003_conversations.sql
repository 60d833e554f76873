-- When something was said last between two accounts: a row for each of the two, and one for who speaks
-- to themselves. `last` is the id of the message.
CREATE TABLE conversations (
    account INTEGER NOT NULL,
    other   INTEGER NOT NULL,
    last    INTEGER NOT NULL,
    PRIMARY KEY (account, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX conversations_by_last ON conversations (account, last);

-- A target at or below zero is a pair of accounts: -(low << 31 | high).
INSERT INTO conversations
    SELECT -target >> 31, -target & 0x7fffffff, max(id) FROM messages WHERE target <= 0 GROUP BY target;
INSERT OR IGNORE INTO conversations SELECT other, account, last FROM conversations;
