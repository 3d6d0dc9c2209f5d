-- The last unit of work that a worker of some process committed: how a worker whose connection broke during a commit
-- finds out what became of it. Only PostgreSQL needs it.
CREATE TABLE store_worker (
  worker BIGINT PRIMARY KEY,
  last_unit BIGINT NOT NULL
);
