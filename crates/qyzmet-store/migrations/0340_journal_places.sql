-- The place of an entry in the tree stands beside the journal and not in it: an entry is written once and never again, where the
-- sealer wrote every page of the journal a second time. What it needs to know of an entry waits for it in a table of its own.
CREATE TABLE journal_place (
  leaf BIGINT PRIMARY KEY,
  shard BIGINT NOT NULL,
  subject TEXT NOT NULL,
  id TEXT NOT NULL
);

INSERT INTO journal_place SELECT leaf, shard, subject, id FROM journal WHERE leaf IS NOT NULL ORDER BY leaf;
CREATE UNIQUE INDEX journal_place_of_entry ON journal_place (shard, subject, id);

DROP INDEX journal_of_subject;
DROP INDEX journal_placed;
DROP INDEX journal_waiting;

CREATE TABLE journal_waiting (
  id TEXT PRIMARY KEY,
  shard BIGINT NOT NULL,
  subject TEXT NOT NULL,
  leaf_hash BLOB NOT NULL
) /*kept by key*/;

INSERT INTO journal_waiting SELECT id, shard, subject, leaf_hash FROM journal WHERE leaf IS NULL ORDER BY id;
ALTER TABLE journal DROP COLUMN leaf;
