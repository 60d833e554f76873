-- Up to when accounts have read their conversations. `with_name` is a folded name.
CREATE TABLE read_marks (
    account   INTEGER NOT NULL,
    with_name TEXT NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (account, with_name)
) STRICT, WITHOUT ROWID;
