-- The ledger, version 1.

-- Which migrations this file has had.
CREATE TABLE schema_version (
    version INTEGER PRIMARY KEY,
    applied_at REAL NOT NULL            -- Unix seconds
) STRICT;

-- The chain. Only `record` and `hash` are trusted; the other columns repeat the record so that it
-- can be found and summed, and `sobre ledger verify` compares them with it.
CREATE TABLE entry (
    seq INTEGER PRIMARY KEY,            -- 1, 2, 3… without a gap
    kind TEXT NOT NULL,                 -- exchange, erasure
    exchange TEXT,                      -- the exchange's id, for kind exchange
    received_at REAL NOT NULL,          -- Unix seconds
    key_id TEXT NOT NULL,
    gwp_g REAL,                         -- highest plausible gCO2eq; NULL not assessed
    cost_eur REAL,                      -- highest plausible EUR; NULL not known
    record BLOB NOT NULL,               -- the canonical bytes
    hash BLOB NOT NULL                  -- SHA-256 over the former hash and the record
) STRICT;

CREATE UNIQUE INDEX entry_exchange ON entry (exchange) WHERE exchange IS NOT NULL;

-- Holds all that a key's spending is summed from.
CREATE INDEX entry_spending ON entry (received_at, key_id, gwp_g, cost_eur)
    WHERE kind = 'exchange';

-- What was asked and answered, apart from the chain so that it can be erased.
CREATE TABLE texts (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    ask_salt BLOB,
    ask BLOB,                           -- JSON
    reply_salt BLOB,
    reply BLOB                          -- JSON
) STRICT;
