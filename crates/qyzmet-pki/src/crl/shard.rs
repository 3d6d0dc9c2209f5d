//! Which shard of the revocation lists a certificate stands in.

use std::num::NonZeroU16;

/// The shard in which a certificate with this serial stands, counted from zero: its last three bytes modulo the number of
/// shards. It is fixed for the life of the certificate, since its address is written into the certificate on the day of
/// issue; changing the number of shards moves certificates, and therefore needs new addresses.
#[must_use]
pub fn shard_of(serial: &[u8], shards: NonZeroU16) -> u16 {
    let last = serial.len().saturating_sub(3);
    let tail = serial.get(last..).unwrap_or_default();
    let bits = tail.iter().fold(0, |sum: u32, byte| sum << 8 | u32::from(*byte));
    u16::try_from(bits % u32::from(shards.get())).unwrap_or_default()
}
