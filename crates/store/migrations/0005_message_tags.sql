-- The client-only tags of a message that are kept, as they came; NULL for none.
ALTER TABLE messages ADD COLUMN tags TEXT;
