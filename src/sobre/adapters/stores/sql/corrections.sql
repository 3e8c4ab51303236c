-- Every query of the corrections, each under its name.

-- name: all
-- Revoked ones too.
SELECT id, verb, text, kind, data_class, team, owner, reason, forced, made_at, revoked_at
FROM correction ORDER BY id;

-- name: add
INSERT INTO correction (verb, text, kind, data_class, team, owner, reason, forced, made_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: revoke
UPDATE correction SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL;
