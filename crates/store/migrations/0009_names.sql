-- Names as they are compared, and what all have in common that look like them, where that differs: as
-- they were told, so that no later table of characters makes two names one.
ALTER TABLE accounts ADD COLUMN folded TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN skeleton TEXT;
ALTER TABLE account_nicks ADD COLUMN folded TEXT NOT NULL DEFAULT '';
ALTER TABLE account_nicks ADD COLUMN skeleton TEXT;
ALTER TABLE channels ADD COLUMN folded TEXT NOT NULL DEFAULT '';
ALTER TABLE channels ADD COLUMN skeleton TEXT;
ALTER TABLE channels ADD COLUMN forward_folded TEXT;
ALTER TABLE channels ADD COLUMN forward_skeleton TEXT;

-- Until now there were the casemappings ascii and rfc1459; lower() knows ASCII alone.
UPDATE accounts SET folded = lower(name);
UPDATE account_nicks SET folded = lower(name);
UPDATE channels SET folded = lower(name), forward_folded = lower(forward);
UPDATE accounts SET folded = replace(replace(replace(replace(folded, '[', '{'), ']', '}'), '\', '|'), '~', '^')
    WHERE (SELECT casemapping FROM meta) = 'rfc1459';
UPDATE account_nicks SET folded = replace(replace(replace(replace(folded, '[', '{'), ']', '}'), '\', '|'), '~', '^')
    WHERE (SELECT casemapping FROM meta) = 'rfc1459';
UPDATE channels SET folded = replace(replace(replace(replace(folded, '[', '{'), ']', '}'), '\', '|'), '~', '^')
    WHERE (SELECT casemapping FROM meta) = 'rfc1459';
UPDATE channels SET forward_folded = replace(replace(replace(replace(forward_folded, '[', '{'), ']', '}'), '\', '|'), '~', '^')
    WHERE (SELECT casemapping FROM meta) = 'rfc1459';
