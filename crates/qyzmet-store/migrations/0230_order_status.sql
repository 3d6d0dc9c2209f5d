-- A request is found by its number: the status of an order, which people ask without signing in.
CREATE INDEX cases_by_request_number ON cases (request_number) WHERE request_number IS NOT NULL;
