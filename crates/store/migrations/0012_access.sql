-- The ranks that accounts have in a registered channel whenever they come. Until now, the places of
-- members were that too.
CREATE TABLE access (
    channel INTEGER NOT NULL,
    account INTEGER NOT NULL,
    ranks   INTEGER NOT NULL,
    PRIMARY KEY (channel, account)
) STRICT, WITHOUT ROWID;
INSERT INTO access
    SELECT m.channel, m.account, m.ranks
    FROM members AS m JOIN channels AS c ON c.id = m.channel
    WHERE c.registered AND m.ranks <> 0;
