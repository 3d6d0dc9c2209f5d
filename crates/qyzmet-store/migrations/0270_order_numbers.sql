-- An order of certificates is found by its number, which people ask about without signing in. Numbers are spread, so that an
-- index over those of all requests would touch a page of its own for each; only orders are asked about.
CREATE TABLE order_numbers (
  number TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  case_id TEXT NOT NULL
);

INSERT INTO order_numbers SELECT request_number, account, id FROM cases WHERE request_number IS NOT NULL;
DROP INDEX cases_by_request_number;
