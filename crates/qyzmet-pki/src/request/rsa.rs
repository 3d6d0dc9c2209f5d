//! Strength of RSA keys.

use num_bigint::BigUint;

use super::{WeakKey, fermat, roca};
use crate::asn1::{Malformed, Reader, integer_value, tag};

/// Bits of a modulus that is certified; the verifiers of this product know no others.
const BITS: std::ops::RangeInclusive<usize> = 2048..=8192;
/// Factors below this are looked for.
const SMALL: u32 = 752;

/// Judges an RSAPublicKey.
pub(super) fn check(key: &[u8]) -> Result<(), WeakKey> {
    let (modulus, exponent) = read(key).map_err(|_| WeakKey::Malformed)?;
    let bits = usize::try_from(modulus.bits()).unwrap_or(usize::MAX);
    if !BITS.contains(&bits) || !bits.is_multiple_of(8) {
        return Err(WeakKey::Size(bits));
    }
    if !exponent.bit(0) || !(17..=256).contains(&exponent.bits()) {
        return Err(WeakKey::Exponent);
    }
    if small_primes().any(|prime| &modulus % prime == BigUint::ZERO) {
        return Err(WeakKey::SmallFactor);
    }
    if roca::has_fingerprint(&modulus) {
        return Err(WeakKey::Roca);
    }
    if fermat::finds_factors(&modulus) {
        return Err(WeakKey::ClosePrimes);
    }
    Ok(())
}

/// The modulus of an RSAPublicKey, big-endian.
pub(super) fn modulus(key: &[u8]) -> Option<Vec<u8>> {
    read(key).ok().map(|(modulus, _)| modulus.to_bytes_be())
}

fn read(key: &[u8]) -> Result<(BigUint, BigUint), Malformed> {
    let mut fields = Reader::only(key, tag::SEQUENCE)?.reader();
    let numbers = (number(&mut fields)?, number(&mut fields)?);
    fields.end()?;
    Ok(numbers)
}

/// A positive INTEGER.
fn number(fields: &mut Reader<'_>) -> Result<BigUint, Malformed> {
    match integer_value(fields.expect(tag::INTEGER)?)? {
        [0x80..=0xff, ..] => Err(Malformed),
        bytes => Ok(BigUint::from_bytes_be(bytes)),
    }
}

/// Primes from 2 on, by trial division: there are 132 of them.
pub(super) fn small_primes() -> impl Iterator<Item = u32> {
    (2..SMALL)
        .filter(|number| (2..*number).take_while(|d| d * d <= *number).all(|d| !number.is_multiple_of(d)))
}
