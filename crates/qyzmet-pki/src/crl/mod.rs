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

/// What a list says was revoked, by serial number; `None` when the bytes are no list. Whose list it is, and whether it holds, is not
/// asked here: for lists of one's own.
#[must_use]
pub fn entries(der: &[u8]) -> Option<Vec<Revoked>> {
    RevocationList::from_der(der)?.entries()
}

/// From when until when a list holds; `None` when the bytes are no list, or say no end.
#[must_use]
pub fn period(der: &[u8]) -> Option<(jiff::Timestamp, jiff::Timestamp)> {
    let list = RevocationList::from_der(der)?;
    Some((list.this_update, list.next_update?))
}
