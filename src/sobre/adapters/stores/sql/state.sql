-- name: add
-- A new key or session.
INSERT INTO credential
    (id, digest, kind, parent, name, team, role, made_at, expires_at, budget_g, budget_eur)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: all
-- Every credential that may still be presented, refused ones included: a refusal says why.
SELECT id, digest, kind, parent, name, team, role, made_at, expires_at, revoked_at, budget_g,
    budget_eur
FROM credential;

-- name: keys
-- The keys, newest last.
SELECT id, digest, kind, parent, name, team, role, made_at, expires_at, revoked_at, budget_g,
    budget_eur
FROM credential WHERE kind = 'key' ORDER BY made_at, id;

-- name: revoke
-- A key by id or by name, and the sessions it opened.
UPDATE credential SET revoked_at = :now
WHERE revoked_at IS NULL AND (id = :id OR parent = :id);

-- name: forget
-- A session that signed out, or that ended more than a day ago.
DELETE FROM credential
WHERE kind = 'session' AND (digest = :digest OR expires_at < :now - 86400);
