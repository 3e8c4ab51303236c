-- The firm's secrets: what documents are known by, never what they say; and the terms themselves.

CREATE TABLE schema_version (
    version INTEGER PRIMARY KEY,
    applied_at REAL NOT NULL
) STRICT;

-- One row: which key this file was written with, and how often it has changed.
CREATE TABLE seal (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    proof BLOB NOT NULL,              -- a fixed text hashed under the key
    revision INTEGER NOT NULL         -- one more with every change to documents
) STRICT;

-- What was named to `sobre secrets add`: a folder, or a file.
CREATE TABLE root (
    path TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    added_at REAL NOT NULL            -- Unix seconds, like every time here
) STRICT;

-- A file that was read, and what an excerpt of it is known by.
CREATE TABLE document (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    root TEXT NOT NULL REFERENCES root (path),
    path TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,               -- the path from the root's own name on
    size INTEGER NOT NULL,            -- bytes
    mtime_ns INTEGER NOT NULL,
    digest BLOB NOT NULL,             -- HMAC-SHA-256 of the file under the key
    characters INTEGER NOT NULL,
    fragments INTEGER NOT NULL,       -- how many fingerprints
    added_at REAL NOT NULL,
    added_by TEXT NOT NULL,
    method TEXT NOT NULL,             -- how the fingerprints were taken
    prints BLOB NOT NULL              -- 64-bit keyed hashes, little-endian, ascending
) STRICT;

-- A file taken out by name, which its folder shall not bring back.
CREATE TABLE kept_out (
    path TEXT PRIMARY KEY
) STRICT;

-- All fingerprints in one ascending list with their documents' ids beside: loaded in one read.
-- Made of `document` again whenever its revision is not the seal's.
CREATE TABLE shelf (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL,
    prints BLOB NOT NULL,             -- 64-bit, little-endian
    owners BLOB NOT NULL              -- 32-bit, little-endian
) STRICT;

-- A code name, a customer's name… as it was given: it has to be known to be found and aliased.
CREATE TABLE term (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,      -- lower case, no accents, single spaces
    kind TEXT NOT NULL CHECK (kind IN ('term', 'customer', 'code-name')),
    owner TEXT NOT NULL,
    added_at REAL NOT NULL
) STRICT;
