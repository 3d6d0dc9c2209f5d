-- The case of a service that a person has begun and not confirmed: found without walking through all their finished ones.
CREATE INDEX cases_open ON cases (shard, account, service, opened_at) WHERE status = 'open';
