-- Since when a case rests because its events and its state do not agree; nothing for all others.
ALTER TABLE cases ADD COLUMN frozen_at BIGINT;
