-- Bans from the server. `kind` is 0 for masks, 1 for networks, 2 for real names.
CREATE TABLE server_bans (
    kind   INTEGER NOT NULL,
    mask   TEXT NOT NULL,
    reason TEXT NOT NULL,
    note   TEXT,
    set_by TEXT NOT NULL,
    set_at INTEGER NOT NULL,
    until  INTEGER,
    PRIMARY KEY (kind, mask)
) STRICT, WITHOUT ROWID;
