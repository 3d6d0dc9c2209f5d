-- Orders for certificates, the requests in them with what is intended over each, and the signer's own record.
-- text: the canonical form that the operator signs. signature: the operator's CMS over exactly it.
CREATE TABLE certificate_orders (
    number TEXT PRIMARY KEY,
    account TEXT,
    case_id TEXT,
    action BIGINT,
    holder TEXT NOT NULL,
    text BLOB NOT NULL,
    state TEXT NOT NULL,
    signature BLOB,
    operator TEXT,
    registered_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE INDEX certificate_orders_of_case ON certificate_orders (case_id) WHERE case_id IS NOT NULL;

-- key_id: SHA-256 of the public key; a key is ordered once. From issuer on: what is to be signed, written before the signature.
CREATE TABLE certificate_requests (
    key_id BLOB PRIMARY KEY,
    order_number TEXT NOT NULL,
    place BIGINT NOT NULL,
    profile TEXT NOT NULL,
    request BLOB NOT NULL,
    issuer TEXT,
    serial BLOB,
    part BIGINT,
    not_before BIGINT,
    not_after BIGINT,
    body_sha256 BLOB,
    UNIQUE (order_number, place)
);

-- What the signer has let out, in the signer's own store where it is a process of its own. der: the one certificate that there
-- is for this order and this key; whoever asks again gets the same.
CREATE TABLE signer_records (
    key_id BLOB PRIMARY KEY,
    order_number TEXT NOT NULL,
    order_sha256 BLOB NOT NULL,
    issuer TEXT NOT NULL,
    serial BLOB NOT NULL,
    body_sha256 BLOB NOT NULL,
    der BLOB NOT NULL,
    signed_at BIGINT NOT NULL,
    UNIQUE (issuer, serial)
);
