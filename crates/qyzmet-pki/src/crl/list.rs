//! A parsed revocation list: entries sorted by serial number, so that a look-up is a binary search.

use std::{cmp::Reverse, ops::Range};

use jiff::Timestamp;

use super::{Revoked, Scope, parse};
use crate::{
    algorithms::SignatureAlgorithm,
    certificate::{Name, SerialNumber},
    spki::PublicKey,
    verdict::{Invalid, Reason},
};

/// A parsed revocation list.
pub(crate) struct RevocationList {
    pub(super) der: Vec<u8>,
    pub(super) tbs: Range<usize>,
    pub(super) signature: Range<usize>,
    pub(super) algorithm: Result<SignatureAlgorithm, Invalid>,
    pub(super) digest: [u8; 32],
    pub(crate) issuer: Name,
    pub(crate) this_update: Timestamp,
    /// Absent only in lists that break RFC 5280; such a list is never fresh.
    pub(crate) next_update: Option<Timestamp>,
    pub(crate) scope: Scope,
    /// A delta list, or one with critical extensions that are not understood: never a proof of good standing.
    pub(crate) partial: bool,
    pub(super) entries: Vec<Entry>,
}

/// One entry; the serial number stays in the list's bytes.
pub(super) struct Entry {
    pub(super) serial: Range<usize>,
    pub(super) at: Timestamp,
    pub(super) reason: Reason,
}

/// What a list says about a serial number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) at: Timestamp,
    pub(crate) reason: Reason,
}

impl RevocationList {
    pub(crate) fn from_der(der: &[u8]) -> Option<Self> {
        parse::parse(der).ok()
    }

    /// The entry of a serial number (content of the INTEGER).
    pub(crate) fn find(&self, serial: &[u8]) -> Option<Standing> {
        let at = self.entries.binary_search_by(|entry| self.slice(&entry.serial).cmp(serial)).ok()?;
        self.entries.get(at).map(|entry| Standing { at: entry.at, reason: entry.reason })
    }

    /// All entries; `None` when one has a serial number that no certificate has.
    pub(super) fn entries(&self) -> Option<Vec<Revoked>> {
        let entry = |entry: &Entry| {
            let serial = SerialNumber::new(self.slice(&entry.serial))?;
            Some(Revoked::new(serial, entry.at, entry.reason))
        };
        self.entries.iter().map(entry).collect()
    }

    pub(crate) fn verify_signature(&self, issuer_key: &PublicKey) -> Result<(), Invalid> {
        self.algorithm.clone()?.verify(issuer_key, self.slice(&self.tbs), self.slice(&self.signature))
    }

    pub(crate) fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// Newest first.
    pub(crate) fn age(&self) -> Reverse<Timestamp> {
        Reverse(self.this_update)
    }

    fn slice(&self, range: &Range<usize>) -> &[u8] {
        self.der.get(range.clone()).unwrap_or_default()
    }
}
