//! A person's card: opened for one piece of work, asked for keys and given certificates; OpenSSL and OpenSC look at what came of it.

use std::fs;

use qyzmet_pki::{
    Certificate, KeyKind, Pin, Signer, TokenError,
    authority::{Authority, Draft},
    card::{CardError, CardReader, MadeKey, OpenCard, Tries, WantedKey},
    request::Request,
};

use crate::{
    softhsm::{self, LIBRARY, PIN, Token},
    support::{authority_name, must, person, profile, serial, urls, validity},
};

const IIN: &str = "900101450007";
const CHALLENGE: &[u8] = b"nobody knew this before";

fn with_card(name: &str, story: fn(&Token)) {
    softhsm::with_token(&format!("card::{name}"), story);
}

fn reader() -> CardReader {
    CardReader { library: LIBRARY.into(), label: None, slot: None }
}

fn open() -> OpenCard {
    let reader = reader();
    reader.open(&reader.look().unwrap(), Some(&Pin::new(PIN.to_owned()))).unwrap()
}

fn wanted(label: &str, kind: KeyKind, id: u8) -> WantedKey {
    WantedKey { label: label.to_owned(), kind, id: [id; 20] }
}

fn make(card: &OpenCard) -> Vec<MadeKey> {
    let wanted = [wanted("person-sign", KeyKind::EcP256, 1), wanted("person-auth", KeyKind::Rsa2048, 2)];
    card.make(&wanted, Some(IIN)).unwrap()
}

fn root() -> Authority {
    let name = authority_name("КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (КАРТА)");
    let signer = Signer::generate(KeyKind::EcP256).unwrap();
    Authority::self_signed(signer, profile("root"), &name, serial(1), validity(4000), urls()).unwrap()
}

/// A certificate of the key for which the request asks, by an authority of the test.
fn certify(made: &MadeKey, number: u8) -> Certificate {
    let request = Request::from_der(&made.request).unwrap();
    let (profile, facts) = (profile("person-sign"), person().stored_in("id-card"));
    let (key, serial, validity) = (request.key(), serial(number), validity(300));
    root().issue(&Draft { profile, facts: &facts, key, serial, validity, shard: 0 }).unwrap()
}

fn objects(token: &Token, kind: &str) -> usize {
    token.pkcs11_tool(&format!("--list-objects --type {kind}")).matches("ID:").count()
}

/// [R839-9.P6]
#[test]
fn a_card_makes_keys_that_stay_on_it_and_asks_for_their_certificates() {
    with_card("a_card_makes_keys_that_stay_on_it_and_asks_for_their_certificates", |token| {
        for (number, made) in make(&open()).iter().enumerate() {
            let request = Request::from_der(&made.request).unwrap();
            assert_eq!(request.claims().iin.as_deref(), Some(IIN));
            assert_eq!(request.asked_storage(), Some("1.2.398.3.3.5.2.1"), "an ID card");
            fs::write(token.folder.join("request.der"), &made.request).unwrap();
            let said =
                must(&token.folder, "openssl req -inform DER -in request.der -verify -noout -text 2>&1");
            assert!(said.contains("verify OK") && said.contains("1.2.398.3.3.5"), "{number} {said}");
        }
        let said = token.pkcs11_tool("--list-objects --type privkey");
        assert_eq!(
            said.matches("sensitive, always sensitive, never extractable, local").count(),
            2,
            "{said}"
        );
    });
}

/// [R839-9.P10]
#[test]
fn certificates_are_written_beside_their_keys_and_read_back() {
    with_card("certificates_are_written_beside_their_keys_and_read_back", |token| {
        let made = make(&open());
        let given = [certify(&made[0], 2), certify(&made[1], 3)];
        let read = open().write(&given, CHALLENGE).unwrap();
        assert_eq!(read, given);
        assert_eq!(reader().look().unwrap().certificates.len(), 2);
        for (label, given) in [("person-sign", &given[0]), ("person-auth", &given[1])] {
            token.pkcs11_tool(&format!("--read-object --type cert --label {label} -o {label}.der"));
            assert_eq!(fs::read(token.folder.join(format!("{label}.der"))).unwrap(), given.der());
        }
        // The same again changes nothing: an operator may repeat what was interrupted.
        assert_eq!(open().write(&given, CHALLENGE).unwrap(), given);
        assert_eq!(objects(token, "cert"), 2);
    });
}

#[test]
fn without_its_key_no_certificate_is_written_and_neither_is_any_other() {
    with_card("without_its_key_no_certificate_is_written_and_neither_is_any_other", |token| {
        let card = open();
        let made = make(&card);
        let good = certify(&made[0], 2);
        let signer = Signer::generate(KeyKind::EcP256).unwrap();
        let foreign =
            root().enrol(profile("person-sign"), &person(), signer, serial(9), validity(300)).unwrap();
        let given = [good.clone(), foreign.chain[0].clone()];
        assert_eq!(card.write(&given, CHALLENGE), Err(CardError::NoKey));
        assert_eq!(objects(token, "cert"), 0);
        assert_eq!(card.discard(&made), 0);
        assert_eq!(card.write(&[good], CHALLENGE), Err(CardError::NoKey));
        assert_eq!(objects(token, "privkey"), 0);
    });
}

#[test]
fn keys_are_made_all_or_none() {
    with_card("keys_are_made_all_or_none", |token| {
        let twice = [wanted("sign", KeyKind::EcP256, 1), wanted("sign", KeyKind::EcP256, 1)];
        let refusal = open().make(&twice, None).unwrap_err();
        assert_eq!(refusal, CardError::Token(TokenError::KeyExists));
        assert_eq!((objects(token, "privkey"), objects(token, "pubkey")), (0, 0));
    });
}

/// [R839-9.P6]
#[test]
fn a_wrong_pin_costs_one_attempt_and_an_impossible_one_none() {
    with_card("a_wrong_pin_costs_one_attempt_and_an_impossible_one_none", |token| {
        let (reader, pin) = (reader(), |text: &str| Pin::new(text.to_owned()));
        let view = reader.look().unwrap();
        assert_eq!((view.label.as_str(), view.tries, view.own_keys), ("nca", Tries::Untold, false));
        for pin in [Some(&pin("1")), Some(&pin(&"1".repeat(256))), None] {
            let refusal = reader.open(&view, pin).unwrap_err();
            assert_eq!(refusal, CardError::PinLength { shortest: 4, longest: 255 });
        }
        assert_eq!(reader.look().unwrap().tries, Tries::Untold);
        let refusal = reader.open(&view, Some(&pin("999999"))).unwrap_err();
        assert_eq!(refusal, CardError::PinRefused(Tries::Few));
        assert!(!format!("{refusal:?} {refusal}").contains("999999"));
        assert_eq!(reader.look().unwrap().tries, Tries::Few);
        drop(open());
        assert_eq!(reader.look().unwrap().tries, Tries::Untold);
        assert!(token.folder.exists());
    });
}

/// [R839-9.P6]
#[test]
fn an_open_card_lets_no_wrong_pin_pass_and_closes_behind_itself() {
    with_card("an_open_card_lets_no_wrong_pin_pass_and_closes_behind_itself", |_| {
        let reader = reader();
        let view = reader.look().unwrap();
        let first = open();
        let wrong = Pin::new("999999".to_owned());
        assert_eq!(reader.open(&view, Some(&wrong)).unwrap_err(), CardError::PinRefused(Tries::Few));
        drop(first);
        let library = cryptoki::context::Pkcs11::new(LIBRARY).unwrap();
        let slot = library.get_slots_with_initialized_token().unwrap()[0];
        let session = library.open_ro_session(slot).unwrap();
        let state = session.get_session_info().unwrap().session_state();
        assert_eq!(state, cryptoki::session::SessionState::RoPublic);
    });
}

#[test]
fn the_card_that_was_looked_at_is_the_one_that_gets_the_pin() {
    with_card("the_card_that_was_looked_at_is_the_one_that_gets_the_pin", |token| {
        let (reader, pin) = (reader(), Pin::new(PIN.to_owned()));
        let first = reader.look().unwrap();
        must(
            &token.folder,
            "softhsm2-util --init-token --free --label second --so-pin 31415926 --pin 271828",
        );
        cryptoki::context::Pkcs11::new(LIBRARY).unwrap().finalize().unwrap();
        assert_eq!(reader.look().unwrap_err(), CardError::SeveralCards);
        let second = CardReader { label: Some("second".to_owned()), ..reader.clone() };
        assert_eq!(second.open(&first, Some(&pin)).unwrap_err(), CardError::Changed);
        let none = CardReader { label: Some("third".to_owned()), ..reader.clone() };
        assert_eq!(none.look().unwrap_err(), CardError::NoCard);
        let nowhere = CardReader { library: "/nowhere.so".into(), ..reader };
        assert_eq!(nowhere.look().unwrap_err(), CardError::Token(TokenError::Library));
    });
}
