//! Tokens of other time-stamping authorities: read, and proving nothing while no authority is trusted.

#![no_main]

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use qyzmet_pki::{Trust, tsp};

fuzz_target!(|bytes: &[u8]| {
    let at = tsp::claimed(bytes).map_or(Timestamp::UNIX_EPOCH, |info| info.at);
    assert!(tsp::verify(bytes, b"content", &Trust::new(vec![], vec![]), at).is_err());
});
