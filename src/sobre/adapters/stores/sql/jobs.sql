-- name: add_file
INSERT INTO file (id, key_id, team, purpose, filename, bytes, sha256, created_at, expires_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: file
SELECT id, key_id, team, purpose, filename, bytes, sha256, created_at, expires_at
FROM file WHERE id = ?;

-- name: files
-- Of a key and its team, newest first.
SELECT id, key_id, team, purpose, filename, bytes, sha256, created_at, expires_at
FROM file WHERE key_id = :key_id OR (team = :team AND team <> '') ORDER BY created_at DESC, id DESC;

-- name: expired_files
-- Not those that a batch has still to read.
SELECT id FROM file
WHERE expires_at <= ?
    AND id NOT IN (SELECT input_file_id FROM batch WHERE NOT ended);

-- name: file_ids
SELECT id FROM file;

-- name: expire_file
-- Sooner than planned, never later.
UPDATE file SET expires_at = min(expires_at, :at) WHERE id = :id;

-- name: drop_file
DELETE FROM file WHERE id = ?;

-- name: in_use
-- Batches that have still to read a file.
SELECT id FROM batch WHERE input_file_id = ? AND NOT ended;

-- name: add_batch
INSERT INTO batch (id, key_id, team, input_file_id, created_at, ended, record)
VALUES (?, ?, ?, ?, ?, ?, ?);

-- name: batch
SELECT record FROM batch WHERE id = ?;

-- name: batches
-- Newest first.
SELECT record FROM batch ORDER BY created_at DESC, id DESC;

-- name: batches_of
-- A key's and its team's, newest first.
SELECT record FROM batch WHERE key_id = :key_id OR (team = :team AND team <> '')
ORDER BY created_at DESC, id DESC;

-- name: count_open
SELECT count(*) FROM batch WHERE NOT ended AND (key_id = :key_id OR (team = :team AND team <> ''));

-- name: unfinished
-- Oldest first.
SELECT record FROM batch WHERE NOT ended ORDER BY created_at, id;

-- name: save_batch
UPDATE batch SET record = :record, ended = :ended WHERE id = :id;

-- name: expired_batches
DELETE FROM batch WHERE ended AND created_at < ?;

-- name: add_result
-- The first counts: a line that ran again after a kill changes nothing.
INSERT OR IGNORE INTO result (batch, number, good, text) VALUES (?, ?, ?, ?);

-- name: finished
SELECT number FROM result WHERE batch = ?;

-- name: results
-- The next lines, a page at a time.
SELECT number, good, text FROM result WHERE batch = ? AND number > ? ORDER BY number LIMIT 256;

-- name: drop_results
DELETE FROM result WHERE batch = ?;

-- name: pace
SELECT seconds FROM pace WHERE model = ? AND endpoint = ?;

-- name: note_pace
-- Half the weight to what was seen last.
INSERT INTO pace (model, endpoint, seconds) VALUES (:model, :endpoint, :seconds)
ON CONFLICT (model, endpoint) DO UPDATE SET seconds = (seconds + excluded.seconds) / 2;
