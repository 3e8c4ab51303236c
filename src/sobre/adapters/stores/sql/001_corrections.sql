-- What people corrected the shield in.

CREATE TABLE schema_version (
    version INTEGER PRIMARY KEY,
    applied_at REAL NOT NULL
) STRICT;

-- One rule. A revoked one stays, so that it can be told who made it and when it held.
CREATE TABLE correction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    verb TEXT NOT NULL CHECK (verb IN ('keep_clear', 'mask')),
    text TEXT NOT NULL,               -- in clear: it has to be found in other texts
    kind TEXT NOT NULL,               -- of a mask: person, term…; empty otherwise
    data_class TEXT NOT NULL,         -- of a mask: personal, business or secret
    team TEXT NOT NULL,               -- empty: everyone
    owner TEXT NOT NULL,
    reason TEXT NOT NULL,
    forced INTEGER NOT NULL,          -- 1: clears what a check digit proved, and credentials
    made_at REAL NOT NULL,            -- Unix seconds, like every time here
    revoked_at REAL
) STRICT;
