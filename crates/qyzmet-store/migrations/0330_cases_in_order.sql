-- A case is kept in the order of its beginning, and no longer in that of its person: a new case then touches the last page of the
-- key, in place of a page of its own for each person. The key still carries the shard, by which a distributed engine splits.
CREATE TABLE cases_anew (
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
    frozen_at BIGINT,
    PRIMARY KEY (id, shard)
);

INSERT INTO cases_anew SELECT shard, id, account, service, version, sequence, state, status, opened_at, request_number,
  request_document, request_signature, result_number, frozen_at FROM cases ORDER BY id;
DROP TABLE cases;
ALTER TABLE cases_anew RENAME TO cases;

CREATE INDEX cases_of_account ON cases (shard, account, opened_at);
CREATE INDEX cases_open ON cases (shard, account, service, opened_at) WHERE status = 'open';
CREATE INDEX cases_running ON cases (service, version) WHERE status IN ('open', 'running');

-- Nothing is found by a number that it does not have.
DROP INDEX messages_by_centre_id;
CREATE INDEX messages_by_centre_id ON messages (centre_id) WHERE centre_id IS NOT NULL;
DROP INDEX job_by_key;
CREATE UNIQUE INDEX job_by_key ON job (unique_key) WHERE unique_key IS NOT NULL;
