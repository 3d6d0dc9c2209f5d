//! Hostile questions: whatever is sent to a responder or to a time-stamping authority, they answer or refuse, and no list or
//! answer of others harms who reads it.

use proptest::prelude::*;
use qyzmet_pki::{
    KeyKind, Trust,
    crl::{self, Draft, Part, Revoked},
    ocsp::{CertId, Nonce, Request, Response, Standing, from_path},
    tsp::{self, Imprint},
};

use crate::{
    responders::{answer, responder, stamper},
    support::{World, now, person, serial},
};

/// Well-formed messages of each kind that strangers send.
fn messages() -> Vec<Vec<u8>> {
    let world = World::new(KeyKind::EcP256);
    let person = world.enrol("person-sign", KeyKind::EcP256, &person());
    let question = CertId::of(&person.chain[0], &person.chain[1]);
    let nonce = Nonce::new(&[7; 32]);
    let asked = Request { questions: vec![question.clone(); 3], nonce: nonce.clone() };
    let revoked = Standing::Revoked { at: now(), reason: Some(qyzmet_pki::Reason::KeyCompromise) };
    let answered =
        responder(&world, KeyKind::EcP256).respond(&[answer(&question, revoked)], nonce.as_ref(), now());
    let stamp = tsp::Request::new(Imprint::of(b"content"), Some(&[0xfe, 1]));
    let stamped = stamper(&world, KeyKind::EcP256).stamp(&stamp, serial(9), now()).unwrap();
    let part = Part { addresses: vec!["http://pki.example.kz/1".to_owned()], only_users: true };
    let entry = Revoked::certificate(&person.chain[0], now(), qyzmet_pki::Reason::KeyCompromise).since(now());
    let draft = Draft::full(2, now(), now() + jiff::SignedDuration::from_hours(1)).of_part(part).since(1);
    let mut list = Vec::new();
    crl::write(world.issuing.identity(), &draft, || [Ok(entry)], &mut list).unwrap();
    vec![asked.to_der(), answered.unwrap(), stamp.to_der(), stamped, list]
}

/// Reads the bytes as everything that they could be, and uses what was read.
fn read_as_everything(bytes: &[u8]) {
    if let Ok(request) = Request::from_der(bytes) {
        assert_eq!(
            Request::from_der(&request.to_der()).as_ref(),
            Ok(&request),
            "what is read is written alike"
        );
    }
    if let Ok(response) = Response::from_der(bytes) {
        assert!(response.claims().count() <= bytes.len());
    }
    if let Ok(request) = tsp::Request::from_der(bytes) {
        assert_eq!(tsp::Request::from_der(&request.to_der()).as_ref(), Ok(&request));
    }
    let trust = Trust::new(vec![], vec![]);
    let _ = (trust.add_crl(bytes), trust.add_ocsp(bytes), tsp::claimed(bytes));
    assert!(tsp::verify(bytes, b"content", &trust, now()).is_err());
}

#[test]
fn every_cut_and_every_changed_byte_is_survived() {
    for message in messages() {
        read_as_everything(&message);
        for length in 0..message.len() {
            read_as_everything(&message[..length]);
        }
        for place in 0..message.len() {
            for change in [0x01, 0x20, 0x80, 0xff] {
                let mut damaged = message.clone();
                damaged[place] ^= change;
                read_as_everything(&damaged);
            }
        }
    }
}

/// A change of a message: at a place, bytes leave and others come.
fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, usize, Vec<u8>)>> {
    let bytes = prop::collection::vec(any::<u8>(), 0..6);
    prop::collection::vec((any::<prop::sample::Index>(), 0usize..6, bytes), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn mutated_messages_harm_nobody(changes in changes()) {
        thread_local!(static MESSAGES: Vec<Vec<u8>> = messages());
        MESSAGES.with(|messages| {
            for message in messages {
                let mut mutated = message.clone();
                for (place, leave, come) in &changes {
                    let start = place.index(mutated.len());
                    let end = (start + leave).min(mutated.len());
                    mutated.splice(start..end, come.iter().copied());
                    if mutated.is_empty() {
                        break;
                    }
                }
                read_as_everything(&mutated);
            }
        });
    }

    #[test]
    fn random_bytes_harm_nobody(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        read_as_everything(&bytes);
    }

    #[test]
    fn any_path_is_survived(path in ".{0,200}") {
        let _ = from_path(&path);
    }
}
