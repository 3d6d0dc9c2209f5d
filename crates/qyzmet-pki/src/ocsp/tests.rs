//! Tests of who may answer for an issuer: strangers, damaged answers, responders that must themselves be checked.

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::{
    Identity, KeyKind, Reason, Signer, Trust, Verdict,
    asn1::{self, Reader, tag},
    authority::{Authority, NCA, Profiles, Urls, Validity, testing},
    certificate::Certificate,
    crl::{self, Draft, Part, Revoked},
    oids,
};

fn at(hours: i64) -> Timestamp {
    let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
    now + SignedDuration::from_hours(hours)
}

fn validity() -> Validity {
    Validity { not_before: at(-100), not_after: at(1000) }
}

fn authority() -> Authority {
    testing::root(KeyKind::EcP256, validity())
}

fn enrol(authority: &Authority, profile: &str, valid: Validity) -> Identity {
    let key = Signer::generate(KeyKind::EcP256).unwrap();
    let facts = if profile == "responder" { testing::service("R") } else { testing::person() };
    authority.enrol(testing::profile(profile), &facts, key, [2; 20], valid).unwrap()
}

/// The person whom all questions are about.
fn person(authority: &Authority) -> Certificate {
    let key = Signer::generate(KeyKind::EcP256).unwrap();
    let profile = testing::profile("person-sign");
    let made = authority.enrol(profile, &testing::person(), key, [3; 20], validity());
    made.unwrap().chain.remove(0)
}

/// What the identity says about the person, whether or not it may.
fn said(identity: Identity, authority: &Authority, person: &Certificate) -> Vec<u8> {
    let issuer = authority.certificate().unwrap();
    let question = CertId::of(person, issuer);
    let answer = Answer {
        question: &question,
        standing: Standing::Good,
        this_update: at(0),
        next_update: Some(at(1)),
        archive_cutoff: None,
    };
    Responder::unchecked(identity, issuer).unwrap().respond(&[answer], None, at(0)).unwrap()
}

fn judge(answer: &[u8], authority: &Authority, person: &Certificate) -> Result<Standing, AnswerError> {
    let judged = Response::from_der(answer).unwrap().judge(person, authority.certificate().unwrap(), at(0));
    judged.map(|judged| judged.standing)
}

#[test]
fn the_issuer_and_its_responder_are_believed_and_nobody_else() {
    let authority = authority();
    let person = person(&authority);
    let judged = |identity| judge(&said(identity, &authority, &person), &authority, &person);
    assert_eq!(judged(authority.identity().clone()), Ok(Standing::Good));
    assert_eq!(judged(enrol(&authority, "responder", validity())), Ok(Standing::Good));
    let without_right = enrol(&authority, "person-sign", validity());
    assert_eq!(judged(without_right), Err(AnswerError::NotFromIssuer));
    let ended = Validity { not_before: at(-100), not_after: at(-1) };
    let ended = enrol(&authority, "responder", ended);
    assert_eq!(judged(ended), Err(AnswerError::ResponderEnded));
}

#[test]
fn an_authority_of_the_same_name_with_another_key_is_a_stranger() {
    let authority = authority();
    let person = person(&authority);
    let twin = self::authority();
    let own = said(twin.identity().clone(), &authority, &person);
    assert_eq!(judge(&own, &authority, &person), Err(AnswerError::NotFromIssuer));
    let delegated = said(enrol(&twin, "responder", validity()), &authority, &person);
    assert_eq!(judge(&delegated, &authority, &person), Err(AnswerError::NotFromIssuer));
}

#[test]
fn no_damaged_answer_is_believed() {
    let authority = authority();
    let person = person(&authority);
    let answer = said(authority.identity().clone(), &authority, &person);
    assert_eq!(judge(&answer, &authority, &person), Ok(Standing::Good));
    for length in 0..answer.len() {
        assert!(Response::from_der(&answer[..length]).is_err(), "cut to {length}");
    }
    for place in 0..answer.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut damaged = answer.clone();
            damaged[place] ^= change;
            if let Ok(response) = Response::from_der(&damaged) {
                let judged = response.judge(&person, authority.certificate().unwrap(), at(0));
                assert!(judged.is_err(), "byte {place} changed by {change:#x}");
            }
        }
    }
}

/// The certificate with another last byte of id-pkix-ocsp-nocheck, which makes it an extension that nobody knows.
fn without_no_check(identity: Identity, authority: &Authority) -> Identity {
    let der = identity.chain[0].der();
    let tbs = Reader::only(der, tag::SEQUENCE).unwrap().reader().next().unwrap().raw;
    let oid = asn1::oid(oids::OCSP_NO_CHECK);
    let place = tbs.windows(oid.len()).position(|window| window == oid).unwrap();
    let mut tbs = tbs.to_vec();
    tbs[place + oid.len() - 1] = 0x55;
    let signer = &authority.identity().signer;
    let signature = signer.sign(&tbs).unwrap();
    let der = asn1::sequence(&[&tbs, &signer.algorithm().to_der(), &asn1::bit_string(&signature)]);
    Identity { signer: identity.signer, chain: vec![Certificate::from_der(&der).unwrap()] }
}

#[test]
fn a_responder_without_no_check_needs_a_list_that_clears_it() {
    let authority = authority();
    let person = person(&authority);
    let responder = enrol(&authority, "responder", validity());
    let responder = without_no_check(responder, &authority);
    let answer = said(responder.clone(), &authority, &person);
    let judged = Response::from_der(&answer).unwrap();
    let judged = judged.judge(&person, authority.certificate().unwrap(), at(0)).unwrap();
    assert_eq!(judged.to_check.as_ref(), responder.chain.first());

    // The profile of a responder names no list, so the list that speaks about it is the one of everything: it would also
    // clear the person. Only what it says about the responder may matter, so the person is on hold in it, and older.
    let hold = Revoked::certificate(&person, at(-2), Reason::CertificateHold);
    let key_lost = Revoked::certificate(&responder.chain[0], at(-2), Reason::KeyCompromise);
    for (entries, cleared) in [(vec![hold], true), (vec![hold, key_lost], false)] {
        let trust = Trust::new(vec![authority.certificate().unwrap().clone()], vec![]);
        let draft = Draft::full(1, at(-1), at(24));
        let mut list = Vec::new();
        let walk = || entries.iter().map(|entry| Ok(*entry));
        crl::write(authority.identity(), &draft, walk, &mut list).unwrap();
        trust.add_crl(&list).unwrap();
        trust.add_ocsp(&answer).unwrap();
        let verdict = trust.check(&person, &[], at(0));
        assert_eq!(verdict.valid().is_some(), cleared, "{verdict:?}");
    }
}

/// A responder of an authority that lists its services apart from people.
fn listed_responder(authority: &Authority) -> Identity {
    let listed = NCA.replacen("\nresponder = [", "\nresponder = [\"cRLDistributionPoints\", ", 1);
    let (profiles, key) =
        (Profiles::parse(&listed, None).unwrap(), Signer::generate(KeyKind::EcP256).unwrap());
    let (crl, issuer) = ("http://pki.example.kz/services.crl", "http://pki.example.kz/root.crt");
    let urls = Urls { crl: vec![crl.to_owned()], issuer: Some(issuer.to_owned()), ..Urls::default() };
    let authority = authority.clone().with_urls(urls);
    let profile = profiles.get("responder").unwrap();
    authority.enrol(profile, &testing::service("R"), key, [2; 20], validity()).unwrap()
}

#[test]
fn a_part_of_the_lists_does_not_clear_a_responder_of_another_part() {
    let authority = authority();
    let person = person(&authority);
    let answer = said(without_no_check(listed_responder(&authority), &authority), &authority, &person);
    let check = |address: &str| {
        let trust = Trust::new(vec![authority.certificate().unwrap().clone()], vec![]);
        let part = Part { addresses: vec![address.to_owned()], only_users: true };
        let mut list = Vec::new();
        let draft = Draft::full(1, at(-1), at(24)).of_part(part);
        crl::write(authority.identity(), &draft, Vec::new, &mut list).unwrap();
        trust.add_crl(&list).unwrap();
        trust.add_ocsp(&answer).unwrap();
        trust.check(&person, &[], at(0))
    };
    assert!(check("http://pki.example.kz/services.crl").valid().is_some());
    assert!(matches!(check("http://pki.example.kz/other.crl"), Verdict::Undetermined(_)));
}
