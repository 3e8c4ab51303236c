-- What the aliases of each conversation stand for. Nothing here can be read without the key, which
-- is never in this file.

CREATE TABLE schema_version (
    version INTEGER PRIMARY KEY,
    applied_at REAL NOT NULL
) STRICT;

-- The key that everything was sealed with, as HMAC-SHA256 of a constant: tells a wrong key.
CREATE TABLE sealed_with (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    mark BLOB NOT NULL
) STRICT;

-- One conversation, by a keyed hash.
CREATE TABLE session (
    id BLOB PRIMARY KEY,
    used_at REAL NOT NULL             -- Unix seconds, to the day
) STRICT, WITHOUT ROWID;

-- What one exchange added: 12 bytes of nonce, then AES-256-GCM of JSON, bound to its session.
CREATE TABLE mapping (
    number INTEGER PRIMARY KEY,
    session BLOB NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    sealed BLOB NOT NULL
) STRICT;

CREATE INDEX mapping_session ON mapping (session);
