//! Failed sign-ins by EDS are counted where all nodes see it: by address, and by whom the certificate names.

use jiff::SignedDuration;
use qyzmet_app::{Error, OpenChallenge, Settings, SignInWithEds, SignatureProblem, SignedIn, VerifyJournal};
use qyzmet_domain::Caller;
use qyzmet_pki::{Identity, cms};
use qyzmet_store::testing::Engine;

use super::world::{OTHER, WELL, World, hours, key, on, on_both_engines};

async fn challenged(world: &World, from: &str, sign: impl Fn(&[u8]) -> Vec<u8>) -> Result<SignedIn, Error> {
    let challenge = world.run(&Caller::Anonymous, OpenChallenge).await.expect("a challenge");
    let signature = sign(&challenge.content);
    let (challenge, from) = (challenge.id, from.to_owned());
    world.run(&Caller::Anonymous, SignInWithEds { challenge, signature, from, again: false }).await
}

async fn sign_in(world: &World, from: &str, key: &Identity) -> Result<SignedIn, Error> {
    challenged(world, from, |content| cms::sign(content, key, world.app.now()).expect("signed")).await
}

fn is_expired(outcome: &Result<SignedIn, Error>) -> bool {
    matches!(outcome, Err(Error::Signature(SignatureProblem::Expired)))
}

fn is_too_many(world: &World, outcome: &Result<SignedIn, Error>) -> bool {
    matches!(outcome, Err(Error::TooMany { until, what: "sign-in" }) if *until > world.app.now())
}

async fn entries(world: &World) -> u64 {
    world.system(VerifyJournal).await.expect("a report").entries
}

/// [R10-2.11, R74-4.2]
#[test]
fn wrong_keys_in_the_name_of_a_person_are_stopped_from_every_address_and_the_right_key_is_not() {
    on_both_engines(async |world| {
        let (person, other) = (world.person(WELL).await, world.person(OTHER).await);
        let wrong = key("person-auth", &person.iin, hours(48, -24));
        let before = entries(world).await;
        for place in 1..=5 {
            assert!(is_expired(&sign_in(world, &format!("192.0.2.{place}"), &wrong).await), "{place}");
        }
        for place in 6..=9 {
            let outcome = sign_in(world, &format!("192.0.2.{place}"), &wrong).await;
            assert!(is_too_many(world, &outcome), "{place}");
        }
        assert_eq!(entries(world).await, before + 5, "each of the first is journalled, and no flood of them");
        let foreign = key("person-auth", &other.iin, hours(48, -24));
        assert!(is_expired(&sign_in(world, "192.0.2.1", &foreign).await), "another person is not concerned");
        sign_in(world, "192.0.2.1", &person.auth).await.expect("nobody can lock the owner out");
        assert!(is_expired(&sign_in(world, "192.0.2.1", &wrong).await), "whoever gets in begins anew");
    });
}

/// [R10-2.11]
#[test]
fn an_address_that_fails_too_often_is_not_heard_for_a_while() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let settings = Settings { sign_in_attempts: 1, ..Settings::default() };
        on(engine, settings, async |world| {
            let person = world.person(WELL).await;
            let (bad, good) = ("198.51.100.1", "198.51.100.2");
            for attempt in 1..=20 {
                let outcome = challenged(world, bad, |_| b"no signature".to_vec()).await;
                let malformed = matches!(outcome, Err(Error::Signature(SignatureProblem::Malformed)));
                assert!(malformed, "attempt {attempt}");
            }
            let before = entries(world).await;
            assert!(is_too_many(world, &sign_in(world, bad, &person.auth).await), "not even a right key");
            assert_eq!(entries(world).await, before);
            sign_in(world, good, &person.auth).await.expect("from elsewhere");
            world.pass(SignedDuration::from_mins(15));
            sign_in(world, bad, &person.auth).await.expect("after the pause");
        });
    }
}
