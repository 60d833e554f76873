-- From where whoever wears an account is seen to come.
ALTER TABLE accounts ADD COLUMN host TEXT;
