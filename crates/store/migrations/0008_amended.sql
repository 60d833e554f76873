-- Whose account said it, whatever is called by its name later. NULL where nobody was logged in.
ALTER TABLE messages ADD COLUMN author INTEGER;
UPDATE messages SET author = (SELECT id FROM accounts WHERE accounts.name = messages.account)
    WHERE account IS NOT NULL;

ALTER TABLE messages ADD COLUMN bot INTEGER NOT NULL DEFAULT 0;

-- What was taken back is kind 2: it keeps its place and its id, and is on no page.
DROP INDEX messages_by_target;
CREATE INDEX messages_by_target ON messages (target) WHERE kind < 2;

-- Messages that changed after they were stored, in the order of the changes, for the search index. The
-- last ones of many: an index that is further behind is begun again.
CREATE TABLE amended (
    place   INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL
) STRICT;
