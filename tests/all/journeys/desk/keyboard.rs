//! The desk without a mouse: a decision by one officer, an approval with the key by another.

use fantoccini::key::Key;
use xtask::demo::people::Person;

use super::{
    super::keyboard::{sign_in, tab_to},
    APPROVE, DECIDE, UNIT, officer, portal, recipient, work,
};
use crate::harness::{Browser, Portal, WELL, Width};

/// From the top of the desk to a form of a piece of work.
async fn reach(browser: &Browser, (case, action): (&str, u32), form: &str) {
    browser.visit("/desk").await;
    tab_to(browser, "href", &work(case, action)).await;
    browser.keys(&[Key::Enter]).await;
    browser.find("#claims").await;
    tab_to(browser, "href", &format!("/{form}")).await;
    browser.keys(&[Key::Enter]).await;
    browser.find(&format!("form[action$='/{form}']")).await;
}

async fn decide(portal: &Portal, first: &Person, case: &str) {
    let desk = Browser::open(portal, Width::Wide).await;
    sign_in(&desk, first).await;
    reach(&desk, (case, DECIDE), "decide").await;
    tab_to(&desk, "name", "finding").await;
    tab_to(&desk, "class", "govuk-button").await;
    desk.keys(&[Key::Enter]).await;
    desk.find("#verdict-error").await;
    desk.wait_for_focus("class", "govuk-error-summary").await;
    tab_to(&desk, "href", "#verdict").await;
    desk.keys(&[Key::Enter]).await;
    desk.wait_for_focus("name", "verdict").await;
    desk.type_text(" ").await;
    desk.keys(&[Key::Enter]).await;
    desk.find("#claims").await;
    desk.look().await;
    desk.close().await;
}

async fn approve(portal: &Portal, second: &Person, case: &str) {
    portal.choose_key(&second.iin);
    let desk = Browser::open(portal, Width::Narrow).await;
    sign_in(&desk, second).await;
    reach(&desk, (case, APPROVE), "approve").await;
    desk.find("qz-sign[data-ready]").await;
    tab_to(&desk, "class", "qz-sign__button").await;
    desk.keys(&[Key::Enter]).await;
    desk.find("#claims").await;
    desk.look().await;
    assert!(desk.words().await.contains("Бұл әрекет аяқталды"), "{}", desk.words().await);
    desk.close().await;
}

/// [R839-6.P9, R1116-7.11]
#[tokio::test]
async fn an_officer_decides_and_another_approves_with_the_keyboard_alone() {
    let portal = portal();
    let [_, first, second] = portal.officers(UNIT);
    let person = portal.person(WELL);
    let case = recipient::ask_and_pay(&portal, &mut portal.signed_in(&person), &person);
    officer::receive_without_scripts(&mut portal.signed_in(&first), &case);
    decide(&portal, &first, &case).await;
    approve(&portal, &second, &case).await;
}
