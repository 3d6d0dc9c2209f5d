//! Where the hashes of the tree are kept: tiles of 256 hashes, so that a page of entries costs one row and not 512.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::merkle::{Hash, node_hash};
use crate::{StoreError, Tx, sql};

/// Levels of the tree in one tile; a full tile holds 2^8 hashes.
const HEIGHT: u32 = 8;
const WIDTH: u64 = 1 << HEIGHT;
const BYTES: usize = 32;

sql! {
    GET = "SELECT hashes FROM journal_tile WHERE level = $1 AND position = $2";
    PUT = "INSERT INTO journal_tile (level, position, hashes) VALUES ($1, $2, $3)
        ON CONFLICT (level, position) DO UPDATE SET hashes = excluded.hashes";
}

/// Tiles read or changed in one transaction.
#[derive(Default)]
pub(crate) struct Tiles {
    known: BTreeMap<(u32, u64), Vec<u8>>,
    changed: Vec<(u32, u64)>,
}

impl Tiles {
    /// Adds the hash of leaf number `index`, after all before it.
    pub(crate) fn push(&mut self, tx: &mut Tx<'_>, index: u64, leaf: Hash) -> Result<(), StoreError> {
        let (mut level, mut index, mut hash) = (0, index, leaf);
        loop {
            let place = (level, index / WIDTH);
            // Whatever a crash or a hand left behind the end of the tree is written over.
            let kept = (index % WIDTH) as usize * BYTES;
            let tile = self.tile(tx, place)?;
            if tile.len() < kept {
                return Err(StoreError::Corrupt(format!("tile {level}/{} is too short", place.1)));
            }
            tile.truncate(kept);
            tile.extend_from_slice(&hash);
            let full = tile.len() == WIDTH as usize * BYTES;
            let root = full.then(|| subtree(tile));
            if self.changed.last() != Some(&place) {
                self.changed.push(place);
            }
            let Some(root) = root else { return Ok(()) };
            (level, index, hash) = (level + 1, index / WIDTH, root);
        }
    }

    /// Writes what was pushed.
    pub(crate) fn save(mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        self.changed.sort_unstable();
        self.changed.dedup();
        for (level, position) in self.changed {
            let tile = self.known.remove(&(level, position)).unwrap_or_default();
            tx.execute(&PUT, &[level.into(), signed(position).into(), tile.into()])?;
        }
        Ok(())
    }

    /// Hash of the complete subtree of 2^level leaves at this position.
    pub(crate) fn hash(&mut self, tx: &mut Tx<'_>, level: u32, position: u64) -> Result<Hash, StoreError> {
        let (tile_level, inside) = (level / HEIGHT, level % HEIGHT);
        let first = position << inside;
        let place = (tile_level, first / WIDTH);
        let start = (first % WIDTH) as usize * BYTES;
        let end = start + (BYTES << inside);
        let tile = self.tile(tx, place)?;
        let part = tile.get(start..end).ok_or_else(|| {
            StoreError::Corrupt(format!("tile {tile_level}/{} of the journal is missing or short", place.1))
        })?;
        Ok(subtree(part))
    }

    /// Forgets what was read: a walk over the whole tree needs each tile once.
    pub(crate) fn forget(&mut self) {
        self.known.clear();
    }

    fn tile(&mut self, tx: &mut Tx<'_>, place: (u32, u64)) -> Result<&mut Vec<u8>, StoreError> {
        match self.known.entry(place) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(unknown) => {
                let row = tx.one(&GET, &[place.0.into(), signed(place.1).into()])?;
                Ok(unknown.insert(row.map(|row| row.blob(0)).transpose()?.unwrap_or_default()))
            }
        }
    }
}

/// Root over 2^n hashes that lie one behind the other.
fn subtree(hashes: &[u8]) -> Hash {
    if hashes.len() <= BYTES {
        return hashes.try_into().unwrap_or([0; BYTES]);
    }
    let (left, right) = hashes.split_at(hashes.len() / 2);
    node_hash(&subtree(left), &subtree(right))
}

fn signed(position: u64) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}
