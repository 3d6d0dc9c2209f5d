-- Orders at the payment gateway: one for each coming of a case to an action that asks for a fee.
CREATE TABLE payments (
    id TEXT PRIMARY KEY,
    shard BIGINT NOT NULL,
    account TEXT NOT NULL,
    case_id TEXT NOT NULL,
    action BIGINT NOT NULL,
    visit BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    state TEXT NOT NULL,
    gateway_id TEXT,
    pay_url TEXT,
    receipt TEXT,
    created_at BIGINT NOT NULL,
    look_at BIGINT
);

CREATE UNIQUE INDEX payments_of_case ON payments (case_id, action, visit);
CREATE INDEX payments_by_look ON payments (look_at);
