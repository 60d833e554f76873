-- The last time that was believed before the clock was far ahead of it, and doubted; NULL while it is believed.
ALTER TABLE meta ADD COLUMN doubted_from INTEGER;
