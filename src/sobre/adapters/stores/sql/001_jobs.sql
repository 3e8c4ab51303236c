-- Files of requests and the batches that run them. The files themselves lie in the folder "files".

CREATE TABLE schema_version (
    version INTEGER PRIMARY KEY,
    applied_at REAL NOT NULL
) STRICT;

-- One file that somebody sent, or that a batch made.
CREATE TABLE file (
    id TEXT PRIMARY KEY,              -- also its name in the folder
    key_id TEXT NOT NULL,             -- the key that sent it, or that made the batch
    team TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('batch', 'batch_output')),
    filename TEXT NOT NULL,           -- as the sender named it: shown, never used as a path
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    created_at REAL NOT NULL,         -- Unix seconds, like every time here
    expires_at REAL NOT NULL
) STRICT;

-- One batch; what is not asked for by a query stands in its record, as JSON.
CREATE TABLE batch (
    id TEXT PRIMARY KEY,
    key_id TEXT NOT NULL,
    team TEXT NOT NULL,
    input_file_id TEXT NOT NULL,
    created_at REAL NOT NULL,
    ended INTEGER NOT NULL,           -- 1: completed, failed, expired or cancelled
    record BLOB NOT NULL
) STRICT;

-- A finished line of a batch that has not ended: kept until the files are written.
CREATE TABLE result (
    batch TEXT NOT NULL REFERENCES batch (id),
    number INTEGER NOT NULL,          -- of the line in the input file, 1 is the first
    good INTEGER NOT NULL,
    text BLOB NOT NULL,
    PRIMARY KEY (batch, number)
) STRICT, WITHOUT ROWID;

-- How long a line of a kind took lately.
CREATE TABLE pace (
    model TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (model, endpoint)
) STRICT, WITHOUT ROWID;
