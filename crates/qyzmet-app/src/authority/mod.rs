//! The certification authority: what happens to certificates, each change in one place.

pub(crate) mod of_operators;
