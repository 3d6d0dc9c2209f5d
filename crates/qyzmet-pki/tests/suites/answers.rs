//! Answers about single certificates before the eyes of OpenSSL, of pkilint and of our own path validation.

use std::fs;

use jiff::SignedDuration;
use qyzmet_pki::{
    Certificate, Identity, Invalid, KeyKind, Reason, Undetermined, Verdict,
    crl::Revoked,
    ocsp::{
        AnswerError, CertId, ErrorStatus, MAX_QUESTIONS, Nonce, Request, RequestError, Responder,
        ResponderError, Response, ResponseError, Standing, from_path,
    },
};
use tempfile::TempDir;

use crate::{
    responders::{answer, delegated, responder},
    support::{World, at, chain_pem, must, now, person, pkilint, run, samples, tool},
};

const ATTIME: &str = "-attime 1795262400";

/// Everything that can be said about a certificate.
fn standings() -> Vec<Standing> {
    let revoked = |reason| Standing::Revoked { at: now() - SignedDuration::from_hours(2), reason };
    vec![
        Standing::Good,
        Standing::Unknown,
        revoked(None),
        revoked(Some(Reason::KeyCompromise)),
        revoked(Some(Reason::CertificateHold)),
    ]
}

fn world_and_person() -> (World, Identity) {
    let world = World::new(KeyKind::EcP256);
    let identity = world.enrol("person-sign", KeyKind::EcP256, &person());
    (world, identity)
}

/// What the responder says about the person.
fn response(world: &World, person: &Identity, standing: Standing) -> Vec<u8> {
    let question = CertId::of(&person.chain[0], &person.chain[1]);
    let responder = responder(world, KeyKind::EcP256);
    responder.respond(&[answer(&question, standing)], None, now()).unwrap()
}

#[test]
fn openssl_asks_and_believes_our_answers() {
    if !tool("openssl") {
        return;
    }
    for key in [KeyKind::EcP256, KeyKind::EcP384, KeyKind::Rsa2048] {
        let (world, person) = world_and_person();
        let responder = responder(&world, key);
        let folder = TempDir::new().unwrap();
        let folder = folder.path();
        fs::write(folder.join("root.pem"), world.root.certificate().unwrap().pem()).unwrap();
        fs::write(folder.join("ca.pem"), chain_pem(&world.issuing.chain()[..1])).unwrap();
        fs::write(folder.join("own.pem"), person.chain[0].pem()).unwrap();
        for hash in ["sha1", "sha256"] {
            must(folder, &format!("openssl ocsp -issuer ca.pem -{hash} -cert own.pem -reqout req.der"));
            let request = Request::from_der(&fs::read(folder.join("req.der")).unwrap()).unwrap();
            assert!(request.nonce.is_some(), "OpenSSL sends a nonce");
            let [question] = request.questions.as_slice() else { panic!("one question") };
            assert!(responder.speaks_for(question));
            assert_eq!(question.serial(), &person.chain[0].serial_number());
            for standing in standings() {
                let said = responder.respond(&[answer(question, standing)], request.nonce.as_ref(), now());
                fs::write(folder.join("resp.der"), said.unwrap()).unwrap();
                let believe = format!(
                    "openssl ocsp -issuer ca.pem -respin resp.der -CAfile root.pem -verify_other ca.pem {ATTIME} \
                     -validity_period 2000000000"
                );
                let text = must(folder, &format!("{believe} -reqin req.der 2>&1"));
                assert!(text.contains("Response verify OK"), "{key:?} {hash}: {text}");
                assert!(!text.to_lowercase().contains("nonce"), "the nonce is ours: {text}");
                let text = must(folder, &format!("{believe} -{hash} -cert own.pem -no_nonce 2>&1"));
                let expected = match standing {
                    Standing::Good => "own.pem: good",
                    Standing::Unknown => "own.pem: unknown",
                    Standing::Revoked { reason: Some(Reason::KeyCompromise), .. } => "Reason: keyCompromise",
                    Standing::Revoked { reason: Some(_), .. } => "Reason: certificateHold",
                    Standing::Revoked { reason: None, .. } => "own.pem: revoked",
                };
                assert!(text.contains(expected), "{expected}: {text}");
            }
        }
    }
}

#[test]
fn openssl_refuses_an_answer_with_the_nonce_of_another_question() {
    if !tool("openssl") {
        return;
    }
    let (world, person) = world_and_person();
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    fs::write(folder.join("root.pem"), world.root.certificate().unwrap().pem()).unwrap();
    fs::write(folder.join("ca.pem"), chain_pem(&world.issuing.chain()[..1])).unwrap();
    fs::write(folder.join("own.pem"), person.chain[0].pem()).unwrap();
    must(folder, "openssl ocsp -issuer ca.pem -cert own.pem -reqout req.der");
    let request = Request::from_der(&fs::read(folder.join("req.der")).unwrap()).unwrap();
    let said = responder(&world, KeyKind::EcP256).respond(
        &[answer(&request.questions[0], Standing::Good)],
        Nonce::new(b"another").as_ref(),
        now(),
    );
    fs::write(folder.join("resp.der"), said.unwrap()).unwrap();
    let (_, text) = run(
        folder,
        "openssl ocsp -issuer ca.pem -reqin req.der -respin resp.der -CAfile root.pem -verify_other ca.pem",
    );
    assert!(text.contains("Nonce Verify error"), "{text}");
}

#[test]
fn pkilint_finds_no_error_in_any_answer() {
    let Some(lint) = pkilint("lint_ocsp_response") else { return };
    let (world, person) = world_and_person();
    let folder = TempDir::new().unwrap();
    for (number, standing) in standings().into_iter().enumerate() {
        let name = format!("{number}.der");
        fs::write(folder.path().join(&name), response(&world, &person, standing)).unwrap();
        let said = must(folder.path(), &format!("{lint} lint -s ERROR --document-format DER {name}"));
        assert_eq!(said.trim(), "", "{standing:?}");
    }
}

#[test]
fn several_questions_get_several_answers_and_a_strange_one_gets_unknown() {
    let (world, person) = world_and_person();
    let other = World::new(KeyKind::EcP384);
    let own = CertId::of(&person.chain[0], &person.chain[1]);
    let foreign = CertId::of(&person.chain[0], other.issuing.certificate().unwrap());
    let nonce = Nonce::new(&[7; 128]);
    let asked = Request { questions: vec![own, foreign], nonce };
    let request = Request::from_der(&asked.to_der()).unwrap();
    assert_eq!(request, asked);
    let responder = responder(&world, KeyKind::EcP256);
    let speaks: Vec<bool> = request.questions.iter().map(|question| responder.speaks_for(question)).collect();
    assert_eq!(speaks, [true, false]);
    let answers: Vec<_> = request.questions.iter().map(|question| answer(question, Standing::Good)).collect();
    let response = responder.respond(&answers, request.nonce.as_ref(), now()).unwrap();
    let response = Response::from_der(&response).unwrap();
    let claims: Vec<Standing> = response.claims().map(|(_, standing)| standing).collect();
    assert_eq!(claims, [Standing::Good, Standing::Unknown]);
    assert_eq!((response.nonce(), response.produced_at()), (request.nonce.as_ref(), now()));
}

#[test]
fn questions_that_break_a_rule_are_malformed() {
    let (_, person) = world_and_person();
    let question = CertId::of(&person.chain[0], &person.chain[1]);
    let request = |count| Request { questions: vec![question.clone(); count], nonce: None }.to_der();
    assert!(Request::from_der(&request(MAX_QUESTIONS)).is_ok());
    assert_eq!(Request::from_der(&request(0)), Err(RequestError::Malformed));
    assert_eq!(Request::from_der(&request(MAX_QUESTIONS + 1)), Err(RequestError::TooMany));
    assert_eq!(Request::from_der(&vec![0x30; 40_000]), Err(RequestError::TooLong));
    assert!(Nonce::new(&[]).is_none() && Nonce::new(&[0; 129]).is_none());
    // [2] { Extensions { { nonce, empty } } } and { { 1.2.3, critical, NULL } }
    let with = |extension: &[u8]| {
        let list = tlv(0x30, &request(1)[4..]);
        let extensions = tlv(0xa2, &tlv(0x30, extension));
        let list = &list[2..];
        tlv(0x30, &tlv(0x30, &[list, &extensions].concat()))
    };
    let nonce = |octets: &[u8]| {
        let oid = tlv(0x06, &[0x2b, 6, 1, 5, 5, 7, 0x30, 1, 2]);
        tlv(0x30, &[oid, tlv(0x04, &tlv(0x04, octets))].concat())
    };
    let strange =
        |critical: &[u8]| tlv(0x30, &[&tlv(0x06, &[0x2a, 3]), critical, &[4, 2, 5, 0][..]].concat());
    assert!(Request::from_der(&with(&nonce(&[1]))).unwrap().nonce.is_some());
    assert_eq!(Request::from_der(&with(&nonce(&[]))), Err(RequestError::Malformed));
    assert_eq!(Request::from_der(&with(&[nonce(&[1]), nonce(&[2])].concat())), Err(RequestError::Malformed));
    assert!(Request::from_der(&with(&strange(&[]))).is_ok());
    let critical = Request::from_der(&with(&strange(&[1, 1, 0xff]))).unwrap_err();
    assert_eq!(critical, RequestError::CriticalExtension);
    assert_eq!(critical.status(), ErrorStatus::MalformedRequest);
}

/// An element shorter than 256 bytes.
fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = u8::try_from(value.len()).unwrap();
    let header = if length < 128 { vec![tag, length] } else { vec![tag, 0x81, length] };
    [&header, value].concat()
}

#[test]
fn refusals_are_read_as_refusals() {
    use ErrorStatus::{InternalError, MalformedRequest, SigRequired, TryLater, Unauthorized};
    for status in [MalformedRequest, InternalError, TryLater, SigRequired, Unauthorized] {
        assert_eq!(Response::from_der(&status.der()).unwrap_err(), ResponseError::NoAnswer(status));
    }
    if !tool("openssl") {
        return;
    }
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("r.der"), TryLater.der()).unwrap();
    let (_, text) = run(folder.path(), "openssl ocsp -respin r.der -noverify");
    assert!(text.contains("trylater (3)"), "{text}");
}

#[test]
fn only_a_key_with_the_right_answers_for_an_issuer() {
    let (world, person) = world_and_person();
    let issuer = world.issuing.certificate().unwrap();
    assert!(matches!(Responder::new(person.clone(), issuer), Err(ResponderError::Usage)));
    let other = World::new(KeyKind::EcP256);
    let stranger = Responder::new(delegated(&other, KeyKind::EcP256), issuer);
    assert!(matches!(stranger, Err(ResponderError::NotDelegated(_))));
    assert!(Responder::new(world.issuing.identity().clone(), issuer).is_ok());
}

/// What path validation says when it has only the root's list and this answer.
fn verdict(world: &World, person: &Identity, answer: &[u8], hours: i64) -> Verdict {
    let trust = world.trust_without_lists();
    trust.add_crl(&world.root_crl).unwrap();
    trust.add_ocsp(answer).unwrap();
    trust.check(&person.chain[0], &person.chain[1..], now() + SignedDuration::from_hours(hours))
}

#[test]
fn a_good_answer_clears_and_a_revoked_one_condemns() {
    let (world, person) = world_and_person();
    let good = response(&world, &person, Standing::Good);
    assert!(verdict(&world, &person, &good, 0).valid().is_some());
    let revoked = Standing::Revoked { at: now(), reason: Some(Reason::Superseded) };
    let expected = Invalid::Revoked { at: now(), reason: Reason::Superseded };
    let found = verdict(&world, &person, &response(&world, &person, revoked), 0);
    assert!(matches!(&found, Verdict::Invalid(invalid) if *invalid == expected), "{found:?}");
    let unknown = verdict(&world, &person, &response(&world, &person, Standing::Unknown), 0);
    assert!(matches!(unknown, Verdict::Undetermined(Undetermined::NoRevocationList(_))), "{unknown:?}");
    let stale = verdict(&world, &person, &good, 2);
    assert!(matches!(stale, Verdict::Undetermined(_)), "it lasted for an hour: {stale:?}");
}

#[test]
fn the_newer_of_an_answer_and_a_list_counts() {
    let (world, person) = world_and_person();
    let entry = Revoked::certificate(&person.chain[0], now(), Reason::CertificateHold);
    let list = |hours: i64| {
        let from = now() + SignedDuration::from_hours(hours);
        world.issuing.crl(&[entry], from, now() + SignedDuration::from_hours(24), 2).unwrap()
    };
    let check = |list: &[u8]| {
        let trust = world.trust_without_lists();
        trust.add_crl(&world.root_crl).unwrap();
        trust.add_crl(list).unwrap();
        trust.add_ocsp(&response(&world, &person, Standing::Good)).unwrap();
        trust.check(&person.chain[0], &person.chain[1..], now())
    };
    assert!(check(&list(-1)).valid().is_some(), "the hold was lifted since the list");
    assert!(matches!(check(&list(1)), Verdict::Invalid(Invalid::Revoked { .. })), "held since the answer");
}

/// The answer of the test environment in 2022, signed with RSA; those signed with GOST are told apart from damage.
#[test]
fn real_answers_of_the_national_authority_are_read_and_judged() {
    let Some(folder) = samples("nca") else { return };
    let file = |name: &str| fs::read(folder.join(name)).unwrap();
    let certificate = |name: &str| Certificate::from_der(&file(name)).unwrap();
    let response = Response::from_der(&file("ocsp-rsa-good.der")).unwrap();
    assert_eq!(response.nonce().map(Nonce::octets), Some(&hex::decode("b5e5c9b552cbcac4").unwrap()[..]));
    assert_eq!(response.produced_at(), at("2022-09-02T16:53:59Z"));
    let judge = |at| {
        let serial = response.claims().map(|(question, _)| *question.serial()).next().unwrap();
        let issuer = certificate("ca-test-nca-rsa-2019.cer");
        response.judge_serial(serial, &issuer, at).map(|judged| judged.standing)
    };
    assert_eq!(judge(at("2022-09-02T17:00:00Z")), Ok(Standing::Good));
    assert_eq!(judge(at("2022-09-03T17:00:00Z")), Err(AnswerError::OtherTime), "it names no next update");
    let gost = Response::from_der(&file("ocsp-gost512-hold-epoch.der")).unwrap();
    let claims: Vec<Standing> = gost.claims().map(|(_, standing)| standing).collect();
    let epoch = Standing::Revoked { at: at("1970-01-01T00:00:00Z"), reason: Some(Reason::CertificateHold) };
    assert_eq!(claims, [epoch], "the extended answer about a certificate that nobody knows");
}

/// Answers and a question made by other code (samples/pki/golden).
#[test]
fn golden_answers_hold() {
    let Some(folder) = samples("pki/golden") else { return };
    let file = |name: &str| fs::read(folder.join(name)).unwrap();
    let pem = |name: &str| Certificate::from_pem(&String::from_utf8(file(name)).unwrap()).unwrap();
    assert_eq!(Request::from_der(&file("ocsp.req")).unwrap().questions.len(), 1);
    for (name, about, expected) in
        [("ocsp-good.der", "ee.pem", "Good"), ("ocsp-rev.der", "user.pem", "Revoked")]
    {
        let response = Response::from_der(&file(name)).unwrap();
        let judged = response.judge(&pem(about), &pem("ica.pem"), at("2026-11-21T20:40:00Z")).unwrap();
        assert!(format!("{:?}", judged.standing).starts_with(expected), "{name}: {judged:?}");
    }
}

#[test]
fn a_question_in_a_path_is_read_with_and_without_percent_signs() {
    let (_, person) = world_and_person();
    let question = CertId::of(&person.chain[0], &person.chain[1]);
    for length in 1..40 {
        let request = Request { questions: vec![question.clone()], nonce: Nonce::new(&vec![0xfb; length]) };
        let der = request.to_der();
        let base64 = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &der);
        assert_eq!(from_path(&base64).unwrap(), der);
        let quoted = base64.replace('+', "%2B").replace('/', "%2f").replace('=', "%3D");
        assert_eq!(from_path(&quoted).unwrap(), der);
    }
    for path in ["%", "%4", "%zz", "MA", "MA==x", "favicon.ico", "сұрақ"] {
        assert!(from_path(path).is_err(), "{path}");
    }
    assert!(from_path(&"A".repeat(200_000)).is_err());
}
