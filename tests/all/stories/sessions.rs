//! Sessions: how they end, and what is no session at all.

use jiff::SignedDuration;
use qyzmet_app::{Error, ShowProfile, SignOut, Sweep};
use qyzmet_domain::Caller;

use super::world::{OTHER, WELL, on_both_engines};

/// [R74-4.2]
#[test]
fn a_session_ends_when_it_is_not_used_and_lives_on_while_it_is() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let used = world.sign_in(&person.auth).await.expect("signed in");
        let idle = world.sign_in(&person.auth).await.expect("signed in");
        for _ in 0..3 {
            world.pass(SignedDuration::from_mins(20));
            assert!(world.caller(&used.token).await.is_some(), "used every twenty minutes");
        }
        assert!(world.caller(&idle.token).await.is_none(), "not used for an hour");
        world.pass(SignedDuration::from_mins(30));
        assert!(world.caller(&used.token).await.is_some(), "not used for exactly half an hour");
        world.pass(SignedDuration::from_mins(31));
        assert!(world.caller(&used.token).await.is_none());
    });
}

/// [R74-4.2]
#[test]
fn a_session_ends_after_twelve_hours_however_it_is_used() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let signed_in = world.sign_in(&person.auth).await.expect("signed in");
        for _ in 0..(12 * 60 / 20 - 1) {
            world.pass(SignedDuration::from_mins(20));
            assert!(world.caller(&signed_in.token).await.is_some());
        }
        world.pass(SignedDuration::from_mins(20));
        assert_eq!(signed_in.expires_at, world.app.now());
        assert!(world.caller(&signed_in.token).await.is_none());
    });
}

/// [R74-4.2]
#[test]
fn signing_out_ends_this_session_and_no_other() {
    on_both_engines(async |world| {
        let (person, other) = (world.person(WELL).await, world.person(OTHER).await);
        let here = world.sign_in(&person.auth).await.expect("signed in");
        let there = world.sign_in(&person.auth).await.expect("signed in");
        let foreign = world.sign_in(&other.auth).await.expect("signed in");
        let caller = world.caller(&here.token).await.expect("a session");
        world.run(&caller, SignOut).await.expect("signed out");
        assert!(world.caller(&here.token).await.is_none());
        assert!(world.caller(&there.token).await.is_some());
        assert!(world.caller(&foreign.token).await.is_some());
        world.run(&caller, SignOut).await.expect("signing out twice harms nobody");
        assert!(matches!(world.run(&Caller::Anonymous, SignOut).await, Err(Error::SignInNeeded)));
    });
}

/// [R74-4.2]
#[test]
fn rubbish_in_the_cookie_is_nobody() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let token = world.sign_in(&person.auth).await.expect("signed in").token;
        let (long, upper) = ("a".repeat(1_000_000), token.to_uppercase());
        let half = &token[..token.len() / 2];
        for rubbish in ["", "\0", "' OR 1=1 --", "\u{202e}", &"0".repeat(64), &long, half, &upper] {
            assert!(world.caller(rubbish).await.is_none());
        }
        assert!(world.caller(&token).await.is_some());
    });
}

/// [R74-4.2]
#[test]
fn clearing_away_what_is_over_leaves_running_sessions_alone() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        world.pass(SignedDuration::from_hours(13));
        let fresh = world.sign_in(&person.auth).await.expect("signed in");
        world.system(Sweep).await.expect("swept");
        let caller = world.caller(&fresh.token).await.expect("a session");
        let profile = world.run(&caller, ShowProfile).await.expect("a profile");
        assert_eq!(profile.sessions.len(), 1, "the old session is gone");
        assert!(profile.sessions[0].current);
    });
}
