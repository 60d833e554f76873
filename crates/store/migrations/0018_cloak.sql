-- The key by which addresses are hidden.
ALTER TABLE meta ADD COLUMN cloak_key BLOB;
