//! Bodies of certificates that another process proposes: the lint survives every one, under every profile.

#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use qyzmet_pki::{
    Certificate,
    authority::{Issuer, Profiles, Urls},
    lint::{Wanted, lint},
};

fn issuer() -> &'static Issuer {
    static ISSUER: OnceLock<Issuer> = OnceLock::new();
    ISSUER.get_or_init(|| {
        let pem = include_str!("../seeds/certificate_body/issuer.pem");
        Issuer::new(&Certificate::from_pem(pem).unwrap(), Urls::below("http://pki.example.kz", "ca")).unwrap()
    })
}

fuzz_target!(|bytes: &[u8]| {
    for profile in Profiles::nca().unwrap().iter() {
        let _ = lint(bytes, &Wanted { issuer: issuer(), profile, shard: 7 });
    }
});
