//! Questions to the OCSP responder, as DER and in the path of a GET; what is read must be written alike.

#![no_main]

use libfuzzer_sys::fuzz_target;
use qyzmet_pki::ocsp::{Request, from_path};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(request) = Request::from_der(bytes) {
        assert_eq!(Request::from_der(&request.to_der()), Ok(request));
    }
    if let Ok(path) = std::str::from_utf8(bytes) {
        let _ = from_path(path);
    }
});
