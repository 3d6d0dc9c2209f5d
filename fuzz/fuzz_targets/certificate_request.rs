//! Requests for certificates (PKCS#10): whatever is accepted has a key with one name.

#![no_main]

use libfuzzer_sys::fuzz_target;
use qyzmet_pki::request::{Request, SubjectKey};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(request) = Request::from_der(bytes) {
        let again = SubjectKey::from_der(request.key().der());
        assert_eq!(again.map(|key| key.id()), Ok(request.key().id()));
    }
    let _ = SubjectKey::from_der(bytes);
});
