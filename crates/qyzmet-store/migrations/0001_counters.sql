-- Gap-free numbers: one row per series, changed in the transaction that uses the number.
CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);
