//! Answers of other responders: read, and never believed without a known issuer.

#![no_main]

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use qyzmet_pki::{Certificate, ocsp::Response};

const ISSUER: &str = include_str!("../seeds/ocsp_response/issuer.pem");

fuzz_target!(|bytes: &[u8]| {
    let (Ok(response), Ok(issuer)) = (Response::from_der(bytes), Certificate::from_pem(ISSUER)) else { return };
    for (question, _) in response.claims() {
        let _ = response.judge_serial(*question.serial(), &issuer, Timestamp::UNIX_EPOCH);
        let _ = response.judge_serial(*question.serial(), &issuer, response.produced_at());
    }
});
