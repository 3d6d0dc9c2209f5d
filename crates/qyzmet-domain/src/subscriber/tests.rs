//! Who ends up with which number, and who is told.

use super::*;
use crate::{Bin, Iin};

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

fn account(n: u8) -> AccountId {
    AccountId::from_parts(now(), [n; 10])
}

fn phone(text: &str) -> Phone {
    text.parse().unwrap()
}

fn linked(n: u8, text: &str) -> LinkedNumber {
    LinkedNumber { account: account(n), phone: phone(text), since: now() }
}

fn asked(text: &str) -> Linking {
    let recipient = Identifier::Iin(Iin::complete("90010130012").unwrap());
    Linking { account: account(1), recipient, phone: phone(text) }
}

/// [R58-5.3a]
#[test]
fn a_free_number_is_linked() {
    let changes = link(&asked("+77011234567"), &Known::default(), now()).unwrap();
    assert_eq!(changes, [Change::Link(linked(1, "+77011234567"))]);
}

/// [R58-8]
#[test]
fn a_changed_number_leaves_at_once_and_is_told() {
    let known = Known { own: Some(linked(1, "+77011234567")), holder: None };
    let changes = link(&asked("+77021234567"), &known, now()).unwrap();
    let old = phone("+77011234567");
    let expected = [
        Change::Unlink { account: account(1), phone: old.clone(), why: UnlinkReason::Changed },
        Change::Link(linked(1, "+77021234567")),
        Change::Tell { phone: old, account: account(1), notice: Notice::NumberChanged },
    ];
    assert_eq!(changes, expected);
}

/// [R58-7a]
#[test]
fn a_number_of_another_account_is_taken_from_it_with_notice() {
    let known = Known { own: None, holder: Some(linked(2, "+77011234567")) };
    let changes = link(&asked("+77011234567"), &known, now()).unwrap();
    let taken = phone("+77011234567");
    let expected = [
        Change::Unlink { account: account(2), phone: taken.clone(), why: UnlinkReason::Taken },
        Change::Link(linked(1, "+77011234567")),
        Change::Tell { phone: taken, account: account(2), notice: Notice::NumberTaken },
    ];
    assert_eq!(changes, expected);
}

#[test]
fn linking_what_is_linked_changes_nothing() {
    let own = Some(linked(1, "+77011234567"));
    let known = Known { own: own.clone(), holder: own };
    assert_eq!(link(&asked("+77011234567"), &known, now()), Ok(Vec::new()));
}

/// [R58-3]
#[test]
fn a_legal_entity_cannot_link_a_number() {
    let recipient = Identifier::Bin(Bin::complete("15014000123").unwrap());
    let refused = link(&Linking { recipient, ..asked("+77011234567") }, &Known::default(), now());
    assert_eq!(refused, Err(LinkRefused::NotIndividual(Clause::fixed("58-2016", "3"))));
}
