//! Serial numbers: small, comparable, without a heap allocation.

use std::fmt;

use crate::asn1;

/// Bytes of the longest serial number: 20 (RFC 5280 section 4.1.2.2), and the zero byte that some authorities needed
/// before a set top bit.
const LONGEST: usize = 21;

/// A serial number: the content of the INTEGER as it stands in the certificate.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SerialNumber {
    /// Unused bytes are zero.
    bytes: [u8; LONGEST],
    length: u8,
}

impl SerialNumber {
    /// A serial number from big-endian two's complement bytes, made minimal; `None` when nothing is there or it is longer
    /// than any that RFC 5280 allows.
    #[must_use]
    pub fn new(content: &[u8]) -> Option<Self> {
        if content.is_empty() {
            return None;
        }
        let minimal = asn1::minimal(content);
        let mut bytes = [0; LONGEST];
        bytes.get_mut(..minimal.len())?.copy_from_slice(minimal);
        Some(Self { bytes, length: u8::try_from(minimal.len()).ok()? })
    }

    /// The content of the INTEGER.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// The length of the content.
    pub(crate) fn length(&self) -> u8 {
        self.length
    }
}

/// Small hexadecimal digits without leading zeros, as everywhere in the product.
impl fmt::Display for SerialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = hex::encode(self.as_bytes());
        let short = digits.trim_start_matches('0');
        f.write_str(if short.is_empty() { "0" } else { short })
    }
}

impl fmt::Debug for SerialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
