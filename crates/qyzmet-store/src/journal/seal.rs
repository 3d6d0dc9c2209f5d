//! The sealer: gives entries their places in the tree.

use jiff::Timestamp;

use super::merkle::{Hash, Head, Peaks, range_hash};
use super::tiles::Tiles;
use crate::{StoreError, Tx, Value, sql};

sql! {
    TREE = "SELECT size FROM journal_tree WHERE name = 'journal'";
    GROW = "INSERT INTO journal_tree (name, size, sealed_at) VALUES ('journal', $1, $2)
        ON CONFLICT (name) DO UPDATE SET size = excluded.size, sealed_at = excluded.sealed_at";
    OLDEST = "SELECT leaf_hash FROM journal_waiting ORDER BY id LIMIT $1";
    PLACE = "INSERT INTO journal_place (leaf, shard, subject, id)
        SELECT CAST($1 AS BIGINT) + row_number() OVER (ORDER BY id) - 1, shard, subject, id
        FROM journal_waiting ORDER BY id LIMIT $2";
    PLACED = "DELETE FROM journal_waiting WHERE id IN (SELECT id FROM journal_waiting ORDER BY id LIMIT $1)";
}

/// What a sealing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Entries that got their places now.
    pub entries: u64,
    /// Entries in the tree.
    pub size: u64,
}

/// Gives the oldest unsealed entries, at most `most`, the next places in the tree.
pub fn seal(tx: &mut Tx<'_>, now: Timestamp, most: u32) -> Result<Sealed, StoreError> {
    let size = size(tx)?;
    let leaves = tx.rows(&OLDEST, &[most.into()])?;
    if leaves.is_empty() {
        return Ok(Sealed { entries: 0, size });
    }
    tx.execute(&PLACE, &[signed(size).into(), most.into()])?;
    tx.execute(&PLACED, &[most.into()])?;
    let mut tiles = Tiles::default();
    for (place, row) in (size..).zip(&leaves) {
        tiles.push(tx, place, hash(row.blob(0)?)?)?;
    }
    tiles.save(tx)?;
    let sealed = Sealed { entries: leaves.len() as u64, size: size + leaves.len() as u64 };
    tx.execute(&GROW, &[signed(sealed.size).into(), now.into()])?;
    Ok(sealed)
}

/// How many entries are in the tree.
pub(super) fn size(tx: &mut Tx<'_>) -> Result<u64, StoreError> {
    tx.one(&TREE, &[])?.map_or(Ok(0), |row| row.count(0))
}

/// The head of the tree as it stands.
pub(super) fn head(tx: &mut Tx<'_>) -> Result<Head, StoreError> {
    let size = size(tx)?;
    if size == 0 {
        return Ok(Head { size, root: Peaks::default().root() });
    }
    let mut tiles = Tiles::default();
    let root = range_hash(0, size, &mut |level, position| tiles.hash(tx, level, position))?;
    Ok(Head { size, root })
}

pub(super) fn hash(bytes: Vec<u8>) -> Result<Hash, StoreError> {
    bytes.try_into().map_err(|_| StoreError::Corrupt("a hash of the journal has a wrong length".to_owned()))
}

pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A hash as a value.
pub(super) fn value(hash: &Hash) -> Value {
    hash.as_slice().into()
}
