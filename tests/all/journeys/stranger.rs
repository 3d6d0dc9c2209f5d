//! A stranger verifies a result: by its number, by its files, and is told when something was changed.

use xtask::walk::client::{Page, Upload};

use super::steps::link_without_scripts;
use crate::harness::{NUMBERS, Portal, WELL};

/// [R74-3.3.D, R74-3.1, R74-5.4]
#[test]
fn a_stranger_verifies_by_number_and_learns_nothing_personal() {
    let mut portal = Portal::start();
    let person = portal.person(WELL);
    let number = link_without_scripts(&mut portal, &person, NUMBERS[0]);
    let mut stranger = portal.client();
    let page = stranger.get(&format!("/r/{number}")).unwrap();
    assert_eq!(page.marked("data-outcome").unwrap(), "valid");
    for secret in [person.iin.as_str(), &person.name, &NUMBERS[0][1..]] {
        assert!(!page.text().contains(secret), "the page tells a stranger more than needed");
    }
    let unknown = stranger.fetch("/r/0000-0000-0000").unwrap();
    assert_ne!(unknown.marked("data-outcome").ok().as_deref(), Some("valid"));
}

/// [R74-3.1, R10-2.15]
#[test]
fn a_changed_file_is_found() {
    let mut portal = Portal::start();
    let person = portal.person(WELL);
    let number = link_without_scripts(&mut portal, &person, NUMBERS[0]);
    let mut owner = portal.signed_in(&person);
    let document = owner.get(&format!("/results/{number}/result.json")).unwrap().bytes;
    let signature = owner.get(&format!("/results/{number}/result.p7s")).unwrap().bytes;
    assert_eq!(verdict(&portal, &document, &signature), "valid");
    let mut changed = document;
    let last = changed.len() - 2;
    changed[last] ^= 1;
    assert_eq!(verdict(&portal, &changed, &signature), "invalid");
}

fn verdict(portal: &Portal, document: &[u8], signature: &[u8]) -> String {
    let mut stranger = portal.client();
    let page: Page = stranger.get("/verify").unwrap();
    let form = page.form("document").unwrap();
    let files = [
        Upload { field: "document", file: "result.json", bytes: document },
        Upload { field: "signature", file: "result.p7s", bytes: signature },
    ];
    let answer = stranger.send_files(&page, &form, &files).unwrap();
    answer.marked("data-outcome").unwrap()
}
