-- Reminders of the end of certificates.
-- reminder_walks: how far the walk over certificates by their end has come for each reminder; everything up to this place
-- of the index `certificates_by_end` was looked at, so none is looked at twice.
CREATE TABLE reminder_walks (
    step BIGINT PRIMARY KEY,
    not_after BIGINT NOT NULL,
    issuer TEXT NOT NULL,
    serial BLOB NOT NULL
);

-- Whom a message has told: one message says it for all certificates of an account that end on the same day.
CREATE TABLE reminders (
    last_day TEXT NOT NULL,
    account TEXT NOT NULL,
    step BIGINT NOT NULL,
    PRIMARY KEY (last_day, account, step)
);
