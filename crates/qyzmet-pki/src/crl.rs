//! Revocation lists.
