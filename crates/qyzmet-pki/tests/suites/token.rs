//! Keys in a PKCS#11 token: SoftHSM2 as the device, OpenSSL and OpenSC as strangers who look at what came of it.

use std::{fs, thread};

use qyzmet_pki::{
    Identity, KeyError, KeyKind, Pin, SignError, Signer, TokenError, TokenKey, authority::Revoked, pkcs12,
    token, verify_signature,
};

use crate::{
    softhsm::{self, LIBRARY, PIN, Token},
    support::{must, now, person, profile, serial, validity},
};

/// OpenSSL must judge at the time of the tests, not at that of the machine.
const ATTIME: &str = "-attime 1795262400";

fn with_token(name: &str, story: fn(&Token)) {
    softhsm::with_token(&format!("token::{name}"), story);
}

fn refusal(signer: &Signer) -> SignError {
    signer.sign(b"words").unwrap_err()
}

/// Ends everything that the process has with the device, as its loss does: sessions, handles, what it remembers of tokens.
fn stop_library() {
    cryptoki::context::Pkcs11::new(LIBRARY).unwrap().finalize().unwrap();
}

#[test]
fn openssl_accepts_a_root_whose_key_lives_in_a_token() {
    with_token("openssl_accepts_a_root_whose_key_lives_in_a_token", |token| {
        for (label, kind) in [
            ("p256", KeyKind::EcP256),
            ("p384", KeyKind::EcP384),
            ("rsa", KeyKind::Rsa2048),
            ("rsa3", KeyKind::Rsa3072),
        ] {
            let root = token.root(token.signer(label, kind));
            let end = Signer::generate(KeyKind::EcP256).unwrap();
            let end = root.enrol(profile("person-sign"), &person(), end, serial(2), validity(300)).unwrap();
            let entry = Revoked::certificate(&end.chain[0], now(), qyzmet_pki::Reason::Superseded);
            let list = root.crl(&[entry], now(), now() + jiff::SignedDuration::from_hours(24), 1).unwrap();
            fs::write(token.folder.join("root.pem"), root.certificate().unwrap().pem()).unwrap();
            fs::write(token.folder.join("end.pem"), end.chain[0].pem()).unwrap();
            fs::write(token.folder.join("list.crl"), list).unwrap();
            let verify = format!("openssl verify -x509_strict {ATTIME} -CAfile root.pem root.pem end.pem");
            let said = must(&token.folder, &verify);
            assert!(said.contains("root.pem: OK") && said.contains("end.pem: OK"), "{kind:?} {said}");
            let said =
                must(&token.folder, "openssl crl -inform DER -in list.crl -CAfile root.pem -noout 2>&1");
            assert!(said.contains("verify OK"), "{kind:?} {said}");
        }
    });
}

#[test]
fn a_key_is_born_in_the_token_and_stays_there() {
    with_token("a_key_is_born_in_the_token_and_stays_there", |token| {
        let signer = token.signer("root", KeyKind::EcP256);
        let said = token.pkcs11_tool("--list-objects --type privkey");
        for word in ["sensitive", "always sensitive", "never extractable", "local"] {
            assert!(said.contains(word), "{word} is missing in\n{said}");
        }
        assert_eq!(signer.to_encrypted_pem("words").unwrap_err(), KeyError::InToken);
        let root = token.root(signer.clone());
        let identity = Identity { signer, chain: root.chain().to_vec() };
        assert_eq!(pkcs12::write(&identity, "words", "root").unwrap_err(), KeyError::InToken);
    });
}

#[test]
fn a_name_has_one_key() {
    with_token("a_name_has_one_key", |token| {
        assert_eq!(token::find(&token.key("root")), Ok(None));
        let public = token::generate(&token.key("root"), KeyKind::EcP256).unwrap();
        assert_eq!(token::generate(&token.key("root"), KeyKind::EcP256), Err(TokenError::KeyExists));
        assert_eq!(token::find(&token.key("root")), Ok(Some(public)));
        let named = |id: u8| TokenKey { id: Some(vec![id]), ..token.key("ca") };
        let [first, second] = [1, 2].map(|id| token::generate(&named(id), KeyKind::EcP256).unwrap());
        assert_ne!(first, second);
        assert_eq!(token::find(&named(2)), Ok(Some(second)));
        assert_eq!(token::find(&token.key("ca")), Err(TokenError::SeveralKeys));
        assert_eq!(token::generate(&token.key("ed"), KeyKind::Ed25519), Err(TokenError::UnsupportedKind));
    });
}

#[test]
fn a_key_that_was_brought_in_is_not_used() {
    with_token("a_key_that_was_brought_in_is_not_used", |token| {
        must(&token.folder, "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k.pem");
        must(&token.folder, "openssl pkcs8 -topk8 -nocrypt -in k.pem -out k8.pem");
        let import = format!("softhsm2-util --import k8.pem --token nca --label root --id 01 --pin {PIN}");
        must(&token.folder, &import);
        must(&token.folder, "openssl pkey -in k.pem -pubout -outform DER -out public.der");
        let public = fs::read(token.folder.join("public.der")).unwrap();
        assert_eq!(token::find(&token.key("root")), Err(TokenError::Imported));
        let signer = Signer::in_token(token.key("root"), &public).unwrap();
        assert_eq!(refusal(&signer), SignError::Token(TokenError::Imported));
    });
}

#[test]
fn nothing_is_opened_before_it_is_needed_and_each_refusal_says_why() {
    with_token("nothing_is_opened_before_it_is_needed_and_each_refusal_says_why", |token| {
        let public = token::generate(&token.key("root"), KeyKind::EcP256).unwrap();
        let other = Signer::generate(KeyKind::EcP256).unwrap().public_key_der().to_vec();
        let key = |change: fn(&mut TokenKey)| {
            let mut key = token.key("root");
            change(&mut key);
            key
        };
        for (key, public, error) in [
            (key(|key| key.library = "/nowhere.so".into()), &public, TokenError::Library),
            (key(|key| key.token = "other".to_owned()), &public, TokenError::NoToken),
            (key(|key| key.label = "other".to_owned()), &public, TokenError::NoKey),
            (key(|_| {}), &other, TokenError::OtherKey),
        ] {
            let signer = Signer::in_token(key, public).unwrap();
            assert_eq!(refusal(&signer), SignError::Token(error));
        }
    });
}

#[test]
fn a_refused_pin_is_tried_once() {
    with_token("a_refused_pin_is_tried_once", |token| {
        let public = token::generate(&token.key("root"), KeyKind::EcP256).unwrap();
        let key = TokenKey { pin: Pin::new("999999".to_owned()), ..token.key("root") };
        assert!(!format!("{key:?}").contains("999999"));
        let signer = Signer::in_token(key.clone(), &public).unwrap();
        assert_eq!(refusal(&signer), SignError::Token(TokenError::PinRefused));
        token.pkcs11_tool("--change-pin --new-pin 999999");
        stop_library();
        assert_eq!(refusal(&signer), SignError::Token(TokenError::PinRefused), "it was tried again");
        let signer = Signer::in_token(key, &public).unwrap();
        assert!(signer.sign(b"words").is_ok(), "the new PIN is not good, so nothing was proved");
    });
}

#[test]
fn after_a_loss_comes_one_error_and_then_signatures_again() {
    with_token("after_a_loss_comes_one_error_and_then_signatures_again", |token| {
        let signer = token.signer("root", KeyKind::EcP256);
        assert!(signer.sign(b"before").is_ok());
        stop_library();
        assert_eq!(refusal(&signer), SignError::Token(TokenError::Lost));
        let signature = signer.sign(b"after").unwrap();
        assert!(verify_signature(signer.public_key_der(), b"after", &signature).is_ok());
    });
}

#[test]
fn many_threads_sign_through_one_session() {
    with_token("many_threads_sign_through_one_session", |token| {
        let signer = token.signer("root", KeyKind::EcP384);
        thread::scope(|scope| {
            for number in 0..8 {
                let signer = &signer;
                scope.spawn(move || {
                    for round in 0..16 {
                        let words = format!("{number} {round}");
                        let signature = signer.sign(words.as_bytes()).unwrap();
                        verify_signature(signer.public_key_der(), words.as_bytes(), &signature).unwrap();
                    }
                });
            }
        });
    });
}
