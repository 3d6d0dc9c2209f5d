-- Days that an administrator has made working or free, against the calendar that the program brings.
CREATE TABLE calendar_days (
    day TEXT PRIMARY KEY,
    working BOOLEAN NOT NULL,
    instead_of TEXT,
    reason TEXT NOT NULL,
    account TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
