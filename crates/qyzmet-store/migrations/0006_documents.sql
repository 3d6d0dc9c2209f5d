-- Small documents, sealed as files are; larger ones lie in a folder or bucket.
CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
);
