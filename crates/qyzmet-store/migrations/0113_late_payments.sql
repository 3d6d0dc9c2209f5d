-- Fees that are paid after their term are given back: what was paid, when the gateway was last asked, and its number of the refund.
ALTER TABLE payments ADD COLUMN asked_at BIGINT;
ALTER TABLE payments ADD COLUMN paid_amount BIGINT;
ALTER TABLE payments ADD COLUMN refund TEXT;

-- Orders that were given up before this may have been paid on the gateway's page: they are asked about once more.
UPDATE payments SET look_at = created_at WHERE state = 'cancelled' AND gateway_id IS NOT NULL;
