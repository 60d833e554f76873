-- The last edit of a message: its own id, as in `id` and `epoch`, and when it was.
ALTER TABLE messages ADD COLUMN edit INTEGER;
ALTER TABLE messages ADD COLUMN edit_epoch INTEGER;
ALTER TABLE messages ADD COLUMN edit_at INTEGER;
