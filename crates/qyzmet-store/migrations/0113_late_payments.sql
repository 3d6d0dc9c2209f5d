-- Fees that are paid after their term are given back: what was paid, when the gateway was last asked, and its number of the refund.
ALTER TABLE payments ADD COLUMN asked_at BIGINT;
ALTER TABLE payments ADD COLUMN paid_amount BIGINT;
ALTER TABLE payments ADD COLUMN refund TEXT;
