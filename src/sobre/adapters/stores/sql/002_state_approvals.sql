-- Who may use the top rung although a carbon budget burns too fast.
CREATE TABLE approval (
    id TEXT PRIMARY KEY,
    team TEXT NOT NULL,               -- folded; empty: every team
    use_case TEXT NOT NULL,           -- folded; empty: every use case
    made_at REAL NOT NULL,            -- Unix seconds, like every time here
    ends_at REAL NOT NULL,
    approver TEXT NOT NULL,
    revoked_at REAL
) STRICT;
