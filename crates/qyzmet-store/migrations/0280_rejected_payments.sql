-- Orders of fees that the payment gateway refuses for good: what it said, and when. Cleared when it takes the fee after all.
ALTER TABLE payments ADD COLUMN rejection TEXT;
ALTER TABLE payments ADD COLUMN rejected_at BIGINT;

CREATE INDEX payments_rejected ON payments (rejected_at) WHERE rejected_at IS NOT NULL;
