-- Certificates that an authority issued, and the revocation lists that it published about them.
-- issuer: the name of the authority in its ceremony. key_id: SHA-256 of the public key; a key is used once.
-- change: the number of the latest change of state within the issuer. A list has seen all changes up to a number, so what
-- a delta list says is what has a greater one.
CREATE TABLE certificates (
    issuer TEXT NOT NULL,
    serial BLOB NOT NULL,
    part BIGINT NOT NULL,
    account TEXT,
    holder TEXT,
    profile TEXT NOT NULL,
    order_number TEXT,
    key_id BLOB NOT NULL UNIQUE,
    not_before BIGINT NOT NULL,
    not_after BIGINT NOT NULL,
    der BLOB NOT NULL,
    state TEXT NOT NULL,
    reason BIGINT,
    revoked_at BIGINT,
    invalid_since BIGINT,
    change BIGINT,
    changed_at BIGINT,
    PRIMARY KEY (issuer, serial)
);

CREATE INDEX certificates_of_account ON certificates (account, not_after) WHERE account IS NOT NULL;
CREATE INDEX certificates_of_holder ON certificates (holder, not_after) WHERE holder IS NOT NULL;
CREATE INDEX certificates_of_order ON certificates (order_number) WHERE order_number IS NOT NULL;
CREATE INDEX certificates_by_end ON certificates (not_after, issuer, serial);
CREATE INDEX certificates_revoked ON certificates (issuer, part, serial, reason, revoked_at, invalid_since) WHERE state <> 'good';
CREATE INDEX certificates_by_revocation ON certificates (issuer, revoked_at, serial, reason) WHERE state <> 'good';
CREATE UNIQUE INDEX certificates_by_change ON certificates (issuer, change) WHERE change IS NOT NULL;

-- kind: full, delta or part; part: 0 for the first two. seen: all changes up to this number are in the list.
CREATE TABLE revocation_lists (
    issuer TEXT NOT NULL,
    kind TEXT NOT NULL,
    part BIGINT NOT NULL,
    number BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    document TEXT NOT NULL,
    this_update BIGINT NOT NULL,
    next_update BIGINT NOT NULL,
    PRIMARY KEY (issuer, kind, part, number)
);

CREATE INDEX revocation_lists_by_end ON revocation_lists (issuer, kind, part, next_update, number);
