-- Receipts of the message centre that came before the handing over of their message was written down.
CREATE TABLE receipts (
    centre_id TEXT PRIMARY KEY,
    delivered BOOLEAN NOT NULL,
    came_at BIGINT NOT NULL
);
