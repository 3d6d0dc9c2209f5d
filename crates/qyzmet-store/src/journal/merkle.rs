//! Merkle tree hashes of RFC 9162, section 2: pure functions over hashes, no storage.

use sha2::{Digest, Sha256};

use super::leaf::Hash;

/// Hash of a leaf: the prefix keeps a leaf from ever being taken for an inner node.
pub(crate) fn leaf_hash(data: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(data).finalize().into()
}
