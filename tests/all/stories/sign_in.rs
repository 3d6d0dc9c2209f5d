//! Signing in by password and by EDS, and everything that is not let in.

use jiff::SignedDuration;
use qyzmet_app::{
    Error, OpenChallenge, SignInWithEds, SignInWithPassword, SignatureProblem, SignedIn, VerifyJournal,
};
use qyzmet_domain::{Caller, SignInMethod};
use qyzmet_pki::cms;
use secrecy::SecretString;

use super::world::{OTHER, PASSWORD, WELL, World, hours, key, on_both_engines, pki};

async fn by_password(world: &World, login: &str, password: &str) -> Result<SignedIn, Error> {
    let sign_in = SignInWithPassword {
        login: login.to_owned(),
        password: SecretString::from(password),
        from: "192.0.2.7".to_owned(),
        again: false,
    };
    world.run(&Caller::Anonymous, sign_in).await
}

fn is_wrong(outcome: &Result<SignedIn, Error>) -> bool {
    matches!(outcome, Err(Error::WrongCredentials))
}

/// [R74-4.1]
#[test]
fn the_right_password_opens_a_session_of_its_owner() {
    on_both_engines(async |world| {
        let person = world.person_with_password(WELL).await;
        let signed_in = by_password(world, &person.login.to_uppercase(), PASSWORD).await.expect("signed in");
        let Some(Caller::Person(session)) = world.caller(&signed_in.token).await else { panic!("nobody") };
        assert_eq!((session.account, session.method), (person.account, SignInMethod::Password));
    });
}

/// [R74-4.1, R10-2.11]
#[test]
fn a_wrong_password_an_unknown_login_and_rubbish_get_one_answer() {
    on_both_engines(async |world| {
        let person = world.person_with_password(WELL).await;
        let without = world.person(OTHER).await;
        let long = "a".repeat(100_000);
        let logins = [person.login.as_str(), "nobody-at-all", &without.login, "", "a\0b", "Құпия", &long];
        for login in logins {
            assert!(is_wrong(&by_password(world, login, "wrong").await), "another answer");
        }
        assert!(is_wrong(&by_password(world, &person.login, "").await));
        assert!(is_wrong(&by_password(world, &person.login, "\0").await));
        assert_eq!(world.journalled(&person, "sign-in-refused").await, 3);
    });
}

/// [R10-2.11]
#[test]
fn after_five_wrong_passwords_even_the_right_one_waits_however_the_login_is_written() {
    on_both_engines(async |world| {
        let person = world.person_with_password(WELL).await;
        let (upper, spaced) = (person.login.to_uppercase(), format!("  {} ", person.login));
        for login in [&person.login, &upper, &spaced, &person.login, &upper] {
            assert!(is_wrong(&by_password(world, login, "wrong").await));
        }
        for login in [&person.login, &spaced] {
            let full = by_password(world, login, PASSWORD).await;
            let Err(Error::TooMany { until, what: "sign-in" }) = full else { panic!("not refused") };
            assert!(until > world.app.now());
        }
        world.pass(SignedDuration::from_mins(15));
        by_password(world, &person.login, PASSWORD).await.expect("after the pause");
    });
}

/// [R10-2.11]
#[test]
fn somebody_who_gets_in_has_their_wrong_attempts_forgotten() {
    on_both_engines(async |world| {
        let person = world.person_with_password(WELL).await;
        for _ in 0..2 {
            for _ in 0..4 {
                assert!(is_wrong(&by_password(world, &person.login, "wrong").await));
            }
            by_password(world, &person.login, PASSWORD).await.expect("signed in");
        }
    });
}

/// [R74-4.2]
#[test]
fn a_challenge_signed_with_either_key_of_a_person_opens_a_session() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        for key in [&person.auth, &person.sign] {
            let signed_in = world.sign_in(key).await.expect("signed in");
            let Some(Caller::Person(session)) = world.caller(&signed_in.token).await else {
                panic!("nobody")
            };
            assert_eq!((session.account, session.method), (person.account, SignInMethod::Eds));
        }
    });
}

/// [R74-4.2]
#[test]
fn a_challenge_serves_once_and_not_for_long() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let challenge = world.run(&Caller::Anonymous, OpenChallenge).await.expect("a challenge");
        let signature = cms::sign(&challenge.content, &person.auth, world.app.now()).expect("signed");
        let present = async |id: &str| {
            let (challenge, signature) = (id.to_owned(), signature.clone());
            let sign_in = SignInWithEds { challenge, signature, from: "192.0.2.7".to_owned(), again: false };
            world.run(&Caller::Anonymous, sign_in).await
        };
        present(&challenge.id).await.expect("once");
        let refused = |outcome| matches!(outcome, Err(Error::Signature(SignatureProblem::OtherContent)));
        assert!(refused(present(&challenge.id).await), "a replay");
        let other = world.run(&Caller::Anonymous, OpenChallenge).await.expect("a challenge");
        assert!(refused(present(&other.id).await), "a signature over another challenge");
        for rubbish in ["", "\0", "1; DROP TABLE accounts", &"f".repeat(100_000)] {
            assert!(refused(present(rubbish).await), "no such challenge");
        }
        let late = world.run(&Caller::Anonymous, OpenChallenge).await.expect("a challenge");
        let signature = cms::sign(&late.content, &person.auth, world.app.now()).expect("signed");
        world.pass(SignedDuration::from_mins(5));
        let sign_in =
            SignInWithEds { challenge: late.id, signature, from: "192.0.2.7".to_owned(), again: false };
        assert!(refused(world.run(&Caller::Anonymous, sign_in).await), "an expired challenge");
    });
}

/// [R74-4.2, R10-2.11]
#[test]
fn somebody_without_an_account_and_keys_that_do_not_count_are_not_let_in() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let stranger = "850101300015".parse().expect("an IIN");
        let iin = &person.iin;
        let auth = "person-auth";
        let keys = [
            (key(auth, &stranger, hours(24, 48)), SignatureProblem::OtherPerson),
            (key(auth, iin, hours(48, -24)), SignatureProblem::Expired),
            (key(auth, iin, hours(-24, 48)), SignatureProblem::NotYetValid),
            (
                super::world::Pki::found("БӨТЕН").enrol(auth, super::world::subject(iin), hours(24, 48)),
                SignatureProblem::Untrusted,
            ),
        ];
        for (key, expected) in keys {
            let before = world.system(VerifyJournal).await.expect("a report").entries;
            let outcome = world.sign_in(&key).await;
            assert!(matches!(outcome, Err(Error::Signature(why)) if why == expected), "{expected:?}");
            let after = world.system(VerifyJournal).await.expect("a report").entries;
            assert_eq!(after, before + 1, "{expected:?} stands in the journal");
        }
        let lost = key(auth, iin, hours(24, 48));
        let list = pki().list(&[&lost.chain[0]], super::world::moment(-1), super::world::moment(24));
        world.app.trust.load().add_crl(&list).expect("a list");
        let outcome = world.sign_in(&lost).await;
        assert!(matches!(outcome, Err(Error::Signature(SignatureProblem::Revoked))));
    });
}
