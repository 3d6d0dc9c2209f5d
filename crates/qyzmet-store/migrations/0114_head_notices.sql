-- How far the heads of a unit were told of a waiting case by message, and when each unit's heads were told last.
ALTER TABLE waits ADD COLUMN told BIGINT NOT NULL DEFAULT 0;

CREATE INDEX waits_untold ON waits (body, unit) WHERE open AND level > told;

CREATE TABLE head_notices (
    body TEXT NOT NULL,
    unit TEXT NOT NULL,
    told_at BIGINT NOT NULL,
    PRIMARY KEY (body, unit)
);
