-- Approvals, in the file of the state.

-- name: approvals
-- Every one, ended and revoked ones too, oldest first.
SELECT id, team, use_case, made_at, ends_at, approver, revoked_at FROM approval
ORDER BY made_at, id;

-- name: approve
INSERT INTO approval (id, team, use_case, made_at, ends_at, approver) VALUES (?, ?, ?, ?, ?, ?);

-- name: revoke
UPDATE approval SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL;
