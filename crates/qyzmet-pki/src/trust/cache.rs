//! Signatures that were verified before: a fact about two byte strings that time cannot change.

use std::{
    collections::HashSet,
    sync::{PoisonError, RwLock},
};

/// More facts than this are forgotten all at once, so that strangers cannot fill the memory.
const CAPACITY: usize = 65_536;

/// Pairs of digests: (what was signed, the certificate whose key signed it).
#[derive(Default)]
pub(super) struct Verified {
    facts: RwLock<HashSet<([u8; 32], [u8; 32])>>,
}

impl Verified {
    pub(super) fn knows(&self, signed: [u8; 32], issuer: [u8; 32]) -> bool {
        self.facts.read().unwrap_or_else(PoisonError::into_inner).contains(&(signed, issuer))
    }

    pub(super) fn learn(&self, signed: [u8; 32], issuer: [u8; 32]) {
        let mut facts = self.facts.write().unwrap_or_else(PoisonError::into_inner);
        if facts.len() >= CAPACITY {
            facts.clear();
        }
        facts.insert((signed, issuer));
    }
}
