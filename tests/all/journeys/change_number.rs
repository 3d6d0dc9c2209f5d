//! A linked number is changed by the same proofs, and the old one is told.

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
    assert!(profile.contains("56") && !profile.contains("123"), "only the new number is linked");
}

/// One number on two accounts [R58-7a]: the last proof wins, and the other account is told.
#[test]
fn a_number_moves_to_the_account_that_proved_it_last() {
    // The pause before the next code to the same number would only make the test wait.
    let mut portal = Portal::prepared(Engine::Sqlite, |world| world.set("QYZMET_OTP__RESEND_AFTER_S", "0"));
    let (one, other) = (portal.person(WELL), portal.person(OTHER));
    link_without_scripts(&mut portal, &one, NUMBERS[0]);
    link_without_scripts(&mut portal, &other, NUMBERS[0]);
    let mut client = portal.signed_in(&one);
    let profile = client.get("/cabinet/profile").unwrap();
    assert!(!profile.text().contains("23</dd>"), "the number has left the first account");
}
