-- Published regulations by content, and the cases, drafts, codes, messages and results of running them.
CREATE TABLE regulations (
    service TEXT NOT NULL,
    version TEXT NOT NULL,
    folder TEXT NOT NULL,
    owner TEXT NOT NULL,
    signature BLOB NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (service, version)
);

CREATE TABLE cases (
    shard BIGINT NOT NULL,
    id TEXT NOT NULL,
    account TEXT NOT NULL,
    service TEXT NOT NULL,
    version TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    state TEXT NOT NULL,
    status TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    request_number TEXT,
    request_document TEXT,
    request_signature TEXT,
    result_number TEXT,
    PRIMARY KEY (shard, id)
);

CREATE INDEX cases_of_account ON cases (shard, account, opened_at);

CREATE TABLE drafts (
    shard BIGINT NOT NULL,
    case_id TEXT NOT NULL,
    answers TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (shard, case_id)
);

CREATE TABLE codes (
    shard BIGINT NOT NULL,
    case_id TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (shard, case_id)
);

CREATE TABLE sends (
    number TEXT NOT NULL,
    message TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    PRIMARY KEY (number, message)
);

CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    channel TEXT NOT NULL,
    purpose TEXT NOT NULL,
    body BLOB,
    state TEXT NOT NULL,
    centre_id TEXT,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE INDEX messages_by_centre_id ON messages (centre_id);

CREATE TABLE results (
    number TEXT PRIMARY KEY,
    shard BIGINT NOT NULL,
    account TEXT NOT NULL,
    case_id TEXT NOT NULL UNIQUE,
    service TEXT NOT NULL,
    version TEXT NOT NULL,
    kind TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    document TEXT,
    signature TEXT,
    seal TEXT,
    pdf TEXT,
    entry TEXT
);

CREATE INDEX results_of_account ON results (shard, account, issued_at);
