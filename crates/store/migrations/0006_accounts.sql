-- Accounts end now, so that the highest id is no longer what is there.
ALTER TABLE meta ADD COLUMN accounts_made INTEGER NOT NULL DEFAULT 0;
UPDATE meta SET accounts_made = (SELECT coalesce(max(id), 0) FROM accounts);

ALTER TABLE accounts ADD COLUMN scram TEXT;
ALTER TABLE accounts ADD COLUMN email TEXT;
ALTER TABLE accounts ADD COLUMN code TEXT;        -- what makes it good, until it is
ALTER TABLE accounts ADD COLUMN code_until INTEGER;
ALTER TABLE accounts ADD COLUMN suspended TEXT;   -- why, while it is
ALTER TABLE accounts ADD COLUMN replay INTEGER;
ALTER TABLE accounts ADD COLUMN wishes INTEGER NOT NULL DEFAULT 7; -- bits, see accounts.rs

CREATE TABLE certificates (
    account     INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    added_at    INTEGER NOT NULL,
    PRIMARY KEY (account, fingerprint)
) STRICT, WITHOUT ROWID;

-- Nicks that belong to an account beside its name.
CREATE TABLE account_nicks (
    account INTEGER NOT NULL,
    name    TEXT NOT NULL,
    PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;
