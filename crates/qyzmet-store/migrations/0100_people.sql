-- Who uses the portal: accounts, linked numbers, sessions, challenges for signing in by EDS.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    password TEXT,
    iin TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    locale TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE numbers (
    account TEXT PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    linked_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    token TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    account TEXT NOT NULL,
    method TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    iin TEXT NOT NULL,
    name TEXT NOT NULL
);

CREATE INDEX sessions_of_account ON sessions (account, started_at);

CREATE TABLE challenges (
    id TEXT PRIMARY KEY,
    content BLOB NOT NULL,
    expires_at BIGINT NOT NULL
);
