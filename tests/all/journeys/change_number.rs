//! A linked number is changed by the same proofs, and the old one is told.

use qyzmet_domain::ids::Phone;
use xtask::demo::world::Engine;

use super::steps::link_without_scripts;
use crate::harness::{NUMBERS, OTHER, Portal, WELL};

/// [R58-8]
#[test]
fn a_changed_number_needs_both_proofs_again_and_the_old_one_is_told() {
    let mut portal = Portal::start();
    let person = portal.person(WELL);
    let first = link_without_scripts(&mut portal, &person, NUMBERS[0]);
    let second = link_without_scripts(&mut portal, &person, NUMBERS[1]);
    assert_ne!(first, second, "each result has a number of its own");
    let told = portal.messages(NUMBERS[0]);
    assert!(told >= 2, "the old number got its code and then the notice, but has {told} message(s)");
    let profile = portal.signed_in(&person).get("/cabinet/profile").unwrap().text();
    assert!(profile.contains(&shown(NUMBERS[1])), "the new number is linked");
    assert!(!profile.contains(&shown(NUMBERS[0])), "and the old one no longer");
}

/// One number on two accounts [R58-7a]: the last proof wins, and the other account is told.
#[test]
fn a_number_moves_to_the_account_that_proved_it_last() {
    // The pause before the next code to the same number would only make the test wait.
    let mut portal = Portal::prepared(Engine::Sqlite, |world| world.set("QYZMET_OTP__RESEND_AFTER_S", "0"));
    let (one, other) = (portal.person(WELL), portal.person(OTHER));
    link_without_scripts(&mut portal, &one, NUMBERS[0]);
    link_without_scripts(&mut portal, &other, NUMBERS[0]);
    let profile = |person: &_| portal.signed_in(person).get("/cabinet/profile").unwrap().text();
    assert!(
        profile(&other).contains(&shown(NUMBERS[0])),
        "the number is with the account that proved it last"
    );
    assert!(!profile(&one).contains(&shown(NUMBERS[0])), "and has left the first one");
}

/// A number as the pages show it.
fn shown(number: &str) -> String {
    number.parse::<Phone>().unwrap().masked()
}
