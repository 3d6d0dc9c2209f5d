-- Why an order of certificates could not be made or confirmed, as a word of the locales; asked for by its number.
CREATE TABLE order_problems (
    number TEXT PRIMARY KEY,
    why TEXT NOT NULL,
    found_at BIGINT NOT NULL
);
