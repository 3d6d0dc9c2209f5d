//! Merkle tree hashes of RFC 9162, section 2: pure functions over hashes, no storage.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// Hash of a leaf: the prefix keeps a leaf from ever being taken for an inner node.
#[must_use]
pub fn leaf_hash(data: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(data).finalize().into()
}

/// Hash of an inner node.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The roots of the complete subtrees of a tree that grows to the right, the largest first: all that has to be
/// remembered to go on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peaks {
    size: u64,
    peaks: Vec<Hash>,
}

impl Peaks {
    /// Adds a leaf by its hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        let mut rest = self.size;
        while rest & 1 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            hash = node_hash(&left, &hash);
            rest >>= 1;
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// How many leaves were added.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree so far; the hash of nothing when it is empty.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(smallest) = peaks.next() else { return Sha256::digest([]).into() };
        peaks.fold(*smallest, |right, left| node_hash(left, &right))
    }
}

/// The largest power of two below `count`, which is at least 2: where the RFC splits a tree.
fn split(count: u64) -> u64 {
    1 << (63 - (count - 1).leading_zeros())
}

/// Hash of the leaves `start..end` (one at least), as the RFC splits them. `fetch(level, position)` answers the hash of
/// the complete subtree of 2^level leaves that begins at leaf `position << level`.
pub fn range_hash<E>(
    start: u64,
    end: u64,
    fetch: &mut impl FnMut(u32, u64) -> Result<Hash, E>,
) -> Result<Hash, E> {
    let count = end - start;
    if count.is_power_of_two() {
        let level = count.trailing_zeros();
        return fetch(level, start >> level);
    }
    let middle = start + split(count);
    Ok(node_hash(&range_hash(start, middle, fetch)?, &range_hash(middle, end, fetch)?))
}

/// The inclusion path of a leaf in the tree of `size` leaves (RFC 9162, 2.1.3.1); the leaf lies below `size`.
pub fn inclusion_path<E>(
    leaf: u64,
    size: u64,
    fetch: &mut impl FnMut(u32, u64) -> Result<Hash, E>,
) -> Result<Vec<Hash>, E> {
    let (mut start, mut end) = (0, size);
    let mut path = Vec::new();
    while end - start > 1 {
        let middle = start + split(end - start);
        if leaf < middle {
            path.push(range_hash(middle, end, fetch)?);
            end = middle;
        } else {
            path.push(range_hash(start, middle, fetch)?);
            start = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The proof that the tree of `first` leaves is the beginning of that of `second` (RFC 9162, 2.1.4.1);
/// `0 < first <= second`.
pub fn consistency_path<E>(
    first: u64,
    second: u64,
    fetch: &mut impl FnMut(u32, u64) -> Result<Hash, E>,
) -> Result<Vec<Hash>, E> {
    let (mut start, mut end, mut whole) = (0, second, true);
    let mut path = Vec::new();
    while first != end {
        let middle = start + split(end - start);
        if first <= middle {
            path.push(range_hash(middle, end, fetch)?);
            end = middle;
        } else {
            path.push(range_hash(start, middle, fetch)?);
            (start, whole) = (middle, false);
        }
    }
    if !whole {
        path.push(range_hash(start, end, fetch)?);
    }
    path.reverse();
    Ok(path)
}

/// Whether the path leads from the leaf to the root (RFC 9162, 2.1.3.2).
#[must_use]
pub fn verify_inclusion(leaf: Hash, index: u64, size: u64, path: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut place, mut last, mut hash) = (index, size - 1, leaf);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            hash = node_hash(sibling, &hash);
            while place & 1 == 0 && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    last == 0 && hash == *root
}

/// A size and a root: what a checkpoint says of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many leaves.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

/// Whether the path proves that the tree `first` is the beginning of the tree `second` (RFC 9162, 2.1.4.2).
#[must_use]
pub fn verify_consistency(first: &Head, second: &Head, path: &[Hash]) -> bool {
    if first.size == second.size {
        return path.is_empty() && first.root == second.root;
    }
    if first.size == 0 || first.size > second.size {
        return false;
    }
    // A first tree that is one complete subtree is its own first node, and is left out of the path.
    let complete = first.size.is_power_of_two().then_some(first.root);
    let mut nodes = complete.into_iter().chain(path.iter().copied());
    let Some(seed) = nodes.next() else { return false };
    let (mut place, mut last) = (first.size - 1, second.size - 1);
    let common = place.trailing_ones();
    (place, last) = (place >> common, last >> common);
    let (mut old, mut new) = (seed, seed);
    for node in nodes {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            (old, new) = (node_hash(&node, &old), node_hash(&node, &new));
            while place & 1 == 0 && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            new = node_hash(&new, &node);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    last == 0 && old == first.root && new == second.root
}

#[cfg(test)]
mod tests;
