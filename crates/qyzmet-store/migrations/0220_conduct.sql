-- What operators of the authority owe and who answers for them: dated duties, carriers of keys, documents with their terms,
-- at which place each session works, and whom a body has named for appeals.
CREATE TABLE duties (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    body TEXT NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    begins_at BIGINT NOT NULL,
    ends_at BIGINT,
    due_at BIGINT,
    alarm_at BIGINT,
    done_at BIGINT,
    entered_by TEXT NOT NULL,
    words TEXT NOT NULL,
    outcome TEXT,
    answer TEXT
);

CREATE INDEX duties_of_account ON duties (account, begins_at);
CREATE INDEX duties_open ON duties (body, due_at) WHERE done_at IS NULL;
CREATE INDEX duties_of_kind ON duties (body, kind, begins_at);
CREATE INDEX duties_by_alarm ON duties (alarm_at) WHERE alarm_at IS NOT NULL;

CREATE TABLE carriers (
    serial TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    account TEXT NOT NULL,
    given_by TEXT NOT NULL,
    returned_at BIGINT,
    returned_to TEXT,
    PRIMARY KEY (serial, given_at)
);

-- A carrier is in one pair of hands.
CREATE UNIQUE INDEX carriers_out ON carriers (serial) WHERE returned_at IS NULL;
CREATE INDEX carriers_of_account ON carriers (account, given_at);

-- Documents that were accepted. One on paper has no digest.
CREATE TABLE papers (
    owner TEXT NOT NULL,
    kind TEXT NOT NULL,
    accepted_at BIGINT NOT NULL,
    document TEXT,
    class TEXT NOT NULL,
    kept_until BIGINT NOT NULL,
    PRIMARY KEY (owner, kind, accepted_at)
);

-- Where a session works at a desk: the place is a digest of address and browser.
CREATE TABLE desk_sessions (
    session TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    place TEXT NOT NULL,
    acted_at BIGINT NOT NULL,
    locked_at BIGINT
);

CREATE INDEX desk_sessions_of_account ON desk_sessions (account, acted_at);
CREATE INDEX desk_sessions_by_time ON desk_sessions (acted_at);

CREATE TABLE appeal_contacts (
    body TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    mail TEXT NOT NULL,
    order_number TEXT NOT NULL,
    order_day TEXT NOT NULL,
    letter TEXT NOT NULL,
    since BIGINT NOT NULL
);
