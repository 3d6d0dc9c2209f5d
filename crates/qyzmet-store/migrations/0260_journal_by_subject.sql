-- An entry is found by its subject once it has a place in the tree, and not at once: entries about many people would touch a
-- page of the index each, in every commit. The sealer puts them in by the thousand.
CREATE TABLE journal_anew (
  shard BIGINT NOT NULL,
  subject TEXT NOT NULL,
  id TEXT PRIMARY KEY,
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
  leaf BIGINT
);

INSERT INTO journal_anew SELECT shard, subject, id, at, actor, clause, what, case_id, case_sequence, payload, salt, payload_hash,
  marks, leaf_hash, leaf FROM journal ORDER BY id;
DROP TABLE journal;
ALTER TABLE journal_anew RENAME TO journal;

CREATE UNIQUE INDEX journal_of_case ON journal (case_id, case_sequence);
CREATE INDEX journal_of_subject ON journal (shard, subject, id) WHERE leaf IS NOT NULL;
CREATE INDEX journal_placed ON journal (leaf, id) WHERE leaf IS NOT NULL;
CREATE INDEX journal_waiting ON journal (id) WHERE leaf IS NULL;
