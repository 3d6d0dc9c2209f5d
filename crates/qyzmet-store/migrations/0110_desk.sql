-- Employees of state bodies, and what cases wait for: at the desk of a unit, for a payment, for an event or a day.
-- A row of waits belongs to one coming of a case to one action; it stays when the case has gone on, as the record of who did it.
CREATE TABLE officers (
    account TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    unit TEXT NOT NULL,
    roles TEXT NOT NULL,
    begins_at BIGINT NOT NULL,
    ends_at BIGINT
);

CREATE INDEX officers_of_unit ON officers (body, unit);

CREATE TABLE waits (
    shard BIGINT NOT NULL,
    case_id TEXT NOT NULL,
    action BIGINT NOT NULL,
    visit BIGINT NOT NULL,
    account TEXT NOT NULL,
    service TEXT NOT NULL,
    body TEXT NOT NULL,
    unit TEXT NOT NULL,
    task TEXT NOT NULL,
    came_at BIGINT NOT NULL,
    due_at BIGINT,
    alarm_at BIGINT,
    level BIGINT NOT NULL,
    officer TEXT,
    request_number TEXT,
    open BOOLEAN NOT NULL,
    left_at BIGINT,
    document TEXT,
    signature TEXT,
    PRIMARY KEY (shard, case_id, action, visit)
);

CREATE INDEX waits_of_case ON waits (case_id, action);
CREATE INDEX waits_of_unit ON waits (body, unit, due_at) WHERE open;
CREATE INDEX waits_by_alarm ON waits (alarm_at) WHERE open;

-- Services that a composite has started: each is a case of its own, of the same person.
CREATE TABLE members (
    case_id TEXT PRIMARY KEY,
    parent_id TEXT NOT NULL
);
