//! Requests to the time-stamping authority; what is read must be written alike.

#![no_main]

use libfuzzer_sys::fuzz_target;
use qyzmet_pki::tsp::Request;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(request) = Request::from_der(bytes) {
        assert_eq!(Request::from_der(&request.to_der()), Ok(request));
    }
});
