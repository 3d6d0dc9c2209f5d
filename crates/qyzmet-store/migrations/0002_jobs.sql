-- Work that waits for a worker, written in the transaction that makes it necessary.
-- open and no worker: ready at due_at; open with a worker: leased until due_at; else done or dead since due_at.
CREATE TABLE job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  unique_key TEXT,
  payload TEXT NOT NULL,
  case_id TEXT,
  open BOOLEAN NOT NULL,
  dead BOOLEAN NOT NULL,
  worker TEXT,
  attempts BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  error TEXT
);

CREATE UNIQUE INDEX job_by_key ON job (unique_key);
CREATE INDEX job_by_due ON job (due_at, id) WHERE open;
CREATE INDEX job_closed ON job (dead, due_at) WHERE NOT open;
