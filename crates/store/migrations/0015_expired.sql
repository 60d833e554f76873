-- The last row of those that were not to be kept any longer, and are gone with all before it.
ALTER TABLE meta ADD COLUMN expired_to INTEGER NOT NULL DEFAULT 0;
