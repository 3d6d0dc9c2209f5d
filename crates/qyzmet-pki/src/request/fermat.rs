//! Fermat's method of factoring, which finds primes that are close to each other (CVE-2022-26320).

use num_bigint::BigUint;

/// Steps that are tried; real cases fall at the first, and a hundred is what other authorities try.
const STEPS: u32 = 100;

/// Whether the method finds two factors of an odd number in few steps.
pub(super) fn finds_factors(modulus: &BigUint) -> bool {
    let root = modulus.sqrt();
    let mut middle = if &root * &root == *modulus { root } else { root + 1u32 };
    let mut rest = &middle * &middle - modulus;
    (0..STEPS).any(|_| {
        let found = is_square(&rest);
        rest += &middle * 2u32 + 1u32;
        middle += 1u32;
        found
    })
}

/// A square, with a quick no for the numbers whose last bits no square has.
fn is_square(number: &BigUint) -> bool {
    let low = number.iter_u32_digits().next().unwrap_or(0) & 0xf;
    if !matches!(low, 0 | 1 | 4 | 9) {
        return false;
    }
    let root = number.sqrt();
    &root * &root == *number
}
