-- name: mark
-- What the file was sealed with, if anything was.
SELECT mark FROM sealed_with;

-- name: set_mark
INSERT OR IGNORE INTO sealed_with (only, mark) VALUES (1, ?);

-- name: sessions
-- Every conversation that has a mapping.
SELECT id, used_at FROM session;

-- name: load
-- All that one conversation gave, oldest first.
SELECT sealed FROM mapping WHERE session = ? ORDER BY number;

-- name: touch
-- It is in use: noted once a day.
UPDATE session SET used_at = :now WHERE id = :id;

-- name: begin
INSERT INTO session (id, used_at) VALUES (:id, :now)
ON CONFLICT (id) DO UPDATE SET used_at = excluded.used_at;

-- name: add
INSERT INTO mapping (session, sealed) VALUES (?, ?);

-- name: expire
-- Conversations that nobody went on with.
DELETE FROM session WHERE used_at < ?;
