-- How much founders let be kept: a time and a number, each NULL for no bound; `keeps` is whether they decided.
ALTER TABLE channel_history ADD COLUMN keeps INTEGER NOT NULL DEFAULT 0;
ALTER TABLE channel_history ADD COLUMN keep_ms INTEGER;
ALTER TABLE channel_history ADD COLUMN keep_last INTEGER;

-- What was taken back goes with what was said around it.
CREATE INDEX redacted_by_target ON messages (target) WHERE kind = 2;
