-- The state of one installation: who may ask. Texts and spending live in the ledger.

CREATE TABLE schema_version (
    version INTEGER PRIMARY KEY,
    applied_at REAL NOT NULL
) STRICT;

-- A key of an application or a person, or a console session opened with one.
CREATE TABLE credential (
    id TEXT PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,      -- SHA-256 of the key; the key itself is kept nowhere
    kind TEXT NOT NULL CHECK (kind IN ('key', 'session')),
    parent TEXT REFERENCES credential (id),  -- the key a session was opened with
    name TEXT NOT NULL,
    team TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('app', 'user', 'admin')),
    made_at REAL NOT NULL,            -- Unix seconds, like every time here
    expires_at REAL,
    revoked_at REAL,
    budget_g REAL,                    -- gCO2eq a calendar month (UTC); NULL is no limit
    budget_eur REAL
) STRICT;
