-- How often something happened in a window of time: the counters behind rate limits.
CREATE TABLE rate (
  name TEXT NOT NULL,
  window_start BIGINT NOT NULL,
  hits BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (name, window_start)
);

CREATE INDEX rate_by_expiry ON rate (expires_at);
