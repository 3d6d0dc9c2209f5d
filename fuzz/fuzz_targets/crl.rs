//! Revocation lists of others: taken in or refused, never harmful.

#![no_main]

use libfuzzer_sys::fuzz_target;
use qyzmet_pki::Trust;

fuzz_target!(|bytes: &[u8]| {
    let _ = Trust::new(vec![], vec![]).add_crl(bytes);
});
