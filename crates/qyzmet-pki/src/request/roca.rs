//! The fingerprint of keys from a broken generator (ROCA, Nemec et al. 2017, section 5.1).
//!
//! That generator made primes of the form `k * M + (65537^a mod M)` with `M` the product of the first primes. Such a modulus
//! is a power of 65537 modulo every one of them, which a random modulus is with a chance of about 2^-150.

use num_bigint::BigUint;

use super::rsa::small_primes;

/// The largest prime in `M` for every length of key.
const LAST: u32 = 167;
const GENERATOR: u32 = 65537;

/// Whether the modulus bears the fingerprint.
pub(super) fn has_fingerprint(modulus: &BigUint) -> bool {
    let mut primes = small_primes().filter(|prime| (3..=LAST).contains(prime));
    primes.all(|prime| is_power(&(modulus % prime), prime))
}

/// Whether the rest is a power of the generator modulo the prime.
fn is_power(rest: &BigUint, prime: u32) -> bool {
    let mut power = 1;
    loop {
        if *rest == BigUint::from(power) {
            return true;
        }
        power = power * (GENERATOR % prime) % prime;
        if power <= 1 {
            return false;
        }
    }
}
