-- Every query of the firm's secrets, each under its name.

-- name: seal
-- The proof of the key, and the revision.
SELECT proof, revision FROM seal;

-- name: new_seal
INSERT INTO seal VALUES (1, ?, 0);

-- name: revise
-- Said of every change to documents.
UPDATE seal SET revision = revision + 1;

-- name: roots
SELECT path, owner FROM root ORDER BY path;

-- name: add_root
-- A folder or file, or its newest owner.
INSERT INTO root VALUES (:path, :owner, :now)
ON CONFLICT (path) DO UPDATE SET owner = excluded.owner;

-- name: sweep_roots
-- Roots that are left without a document because they were removed.
DELETE FROM root WHERE path = ? AND path NOT IN (SELECT root FROM document);

-- name: documents
-- Without the fingerprints.
SELECT id, name, path, root, size, mtime_ns, digest, characters, fragments, added_at, added_by,
    method
FROM document ORDER BY name, id;

-- name: put_document
-- A file read for the first time, or read again.
INSERT INTO document (root, path, name, size, mtime_ns, digest, characters, fragments, added_at,
    added_by, method, prints)
VALUES (:root, :path, :name, :size, :mtime_ns, :digest, :characters, :fragments, :now, :owner,
    :method, :prints)
ON CONFLICT (path) DO UPDATE SET root = excluded.root, name = excluded.name, size = excluded.size,
    mtime_ns = excluded.mtime_ns, digest = excluded.digest, characters = excluded.characters,
    fragments = excluded.fragments, method = excluded.method, prints = excluded.prints;

-- name: touch_document
-- The same content under another time, or found through another root.
UPDATE document SET root = :root, name = :name, mtime_ns = :mtime_ns WHERE path = :path;

-- name: drop_document
DELETE FROM document WHERE id = ?;

-- name: prints
-- Every document's fingerprints.
SELECT id, prints FROM document;

-- name: labels
-- What evidence calls each document, and how its fingerprints were taken.
SELECT id, name, method FROM document;

-- name: keep_out
INSERT OR IGNORE INTO kept_out VALUES (?);

-- name: let_in
DELETE FROM kept_out WHERE path = ?;

-- name: let_in_below
-- All of a folder that was removed as a whole.
DELETE FROM kept_out WHERE substr(path, 1, length(:folder)) = :folder;

-- name: kept_out
SELECT path FROM kept_out;

-- name: shelf
SELECT revision, prints, owners FROM shelf;

-- name: put_shelf
REPLACE INTO shelf VALUES (1, (SELECT revision FROM seal), ?, ?);

-- name: terms
SELECT id, text, kind, owner, added_at FROM term ORDER BY text, id;

-- name: put_term
-- A term, or its newest kind and owner.
INSERT INTO term (text, folded, kind, owner, added_at) VALUES (:text, :folded, :kind, :owner, :now)
ON CONFLICT (folded) DO UPDATE SET kind = excluded.kind, owner = excluded.owner;

-- name: drop_term
DELETE FROM term WHERE id = ?;
