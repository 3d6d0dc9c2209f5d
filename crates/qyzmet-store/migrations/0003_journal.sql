-- The one log of events. The subject is empty when an entry is about nobody; a payload that was erased is null.
-- marks: a few bits of each field, which only serve to say what was changed when the hash no longer agrees.
CREATE TABLE journal (
  shard BIGINT NOT NULL,
  subject TEXT NOT NULL,
  id TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  clause TEXT,
  what TEXT NOT NULL,
  case_id TEXT,
  case_sequence BIGINT,
  payload TEXT,
  salt BLOB,
  payload_hash BLOB NOT NULL,
  marks BLOB NOT NULL,
  leaf_hash BLOB NOT NULL,
  leaf BIGINT,
  PRIMARY KEY (shard, subject, id)
);

CREATE UNIQUE INDEX journal_by_id ON journal (id);
CREATE UNIQUE INDEX journal_by_case ON journal (case_id, case_sequence);
CREATE INDEX journal_by_leaf ON journal (leaf, id);

-- Up to 256 hashes each: level 0 of leaves, level n of complete tiles of level n - 1 (C2SP tlog-tiles).
CREATE TABLE journal_tile (
  level BIGINT NOT NULL,
  position BIGINT NOT NULL,
  hashes BLOB NOT NULL,
  PRIMARY KEY (level, position)
);

CREATE TABLE journal_tree (
  name TEXT PRIMARY KEY,
  size BIGINT NOT NULL,
  sealed_at BIGINT NOT NULL
);

CREATE TABLE journal_checkpoint (
  size BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  root BLOB NOT NULL,
  note TEXT NOT NULL,
  stamp BLOB
);
