//! The shard that leads the keys of big tables, so that a distributed engine can split them by person.

use qyzmet_domain::{AccountId, EntryId};

/// Ten random bits of a UUID of version 7: its last ones.
fn of(bytes: [u8; 16]) -> i64 {
    let [.., high, low] = bytes;
    i64::from(u16::from_be_bytes([high, low]) & 0x03ff)
}

/// The shard of everything that belongs to an account.
pub(crate) fn of_account(account: AccountId) -> i64 {
    of(account.as_uuid().into_bytes())
}

/// The shard of a journal entry that is about nobody: spread evenly.
pub(crate) fn of_entry(entry: EntryId) -> i64 {
    of(entry.as_uuid().into_bytes())
}
