//! Revocation lists: written entry by entry in constant memory, and read with entries sorted by serial number.

mod draft;
mod entry;
mod list;
mod parse;
mod scope;
mod shard;
mod write;

#[cfg(test)]
mod tests;

pub use self::{
    draft::{Draft, Part},
    entry::Revoked,
    shard::shard_of,
    write::{CrlError, Written, write},
};
pub(crate) use self::{
    list::{RevocationList, Standing},
    scope::{ALL_REASONS, Scope},
};
