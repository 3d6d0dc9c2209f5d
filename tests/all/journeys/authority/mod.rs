//! Certificates from the first page of an order to the key file or the card, walked whole by the people whom order 839 names: the
//! recipient, the operator at the desk, and OpenSSL and OpenSC as the strangers who check what has come of it.

mod card;
mod entity;
mod keys;
mod order;
mod renewal;
mod verdict;

/// Password of the new keys.
const PASSWORD: &str = "Tulpar-zhol-2026";
/// Where the letters of an order go.
const MAILBOX: &str = "aliya@example.kz";
