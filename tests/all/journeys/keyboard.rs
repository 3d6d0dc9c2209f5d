//! Without a mouse: the skip link, the order of the fields, the focus after a mistake, and the whole path.

use fantoccini::key::Key;
use xtask::demo::people::Person;

use super::steps::SERVICE;
use crate::harness::{Browser, NUMBERS, Portal, WELL, Width};

/// Goes on with the tab key until something with this in the attribute has the focus.
pub(super) async fn tab_to(browser: &Browser, attribute: &str, part: &str) {
    for _ in 0..60 {
        browser.keys(&[Key::Tab]).await;
        if browser.focus(attribute).await.contains(part) {
            return;
        }
    }
    panic!("{}: no tab leads to {attribute}={part}", browser.place().await);
}

/// Signs in from the page's top to the last key.
pub(super) async fn sign_in(browser: &Browser, person: &Person) {
    browser.visit("/sign-in/password").await;
    tab_to(browser, "name", "login").await;
    browser.type_text(&person.login).await;
    browser.keys(&[Key::Tab]).await;
    assert_eq!(browser.focus("name").await, "password");
    browser.type_text(&person.password).await;
    browser.keys(&[Key::Enter]).await;
    browser.find("form[action='/sign-out'], a[href='/sign-out']").await;
}

#[tokio::test]
async fn the_first_stop_skips_to_the_content_and_a_mistake_gets_the_focus() {
    let portal = Portal::start();
    let person = portal.person(WELL);
    let browser = Browser::open(&portal, Width::Wide).await;
    browser.visit("/sign-in/password").await;
    browser.keys(&[Key::Tab]).await;
    assert!(browser.focus("href").await.ends_with("#main"), "the first stop skips to the content");
    browser.keys(&[Key::Enter]).await;
    tab_to(&browser, "name", "login").await;
    browser.keys(&[Key::Enter]).await;
    browser.find(".govuk-error-summary").await;
    browser.wait_for_focus("class", "govuk-error-summary").await;
    browser.look().await;
    sign_in(&browser, &person).await;
    browser.close().await;
}

/// [R58-5.1, R58-5.2a, R58-5.2b, R58-5.2c]
#[tokio::test]
async fn a_person_links_a_number_with_the_keyboard_alone() {
    let mut portal = Portal::start();
    let person = portal.person(WELL);
    let browser = Browser::open(&portal, Width::Narrow).await;
    sign_in(&browser, &person).await;
    browser.visit(SERVICE).await;
    tab_to(&browser, "class", "govuk-button--start").await;
    browser.keys(&[Key::Enter]).await;
    browser.find("#form [name='number']").await;
    tab_to(&browser, "name", "number").await;
    browser.type_text(NUMBERS[0]).await;
    browser.keys(&[Key::Enter]).await;
    browser.find("#form input[type=checkbox]").await;
    tab_to(&browser, "type", "checkbox").await;
    browser.type_text(" ").await;
    browser.keys(&[Key::Enter]).await;
    browser.find("#signing").await;
    tab_to(&browser, "name", "code").await;
    browser.type_text(&portal.code(NUMBERS[0])).await;
    browser.find("qz-sign[data-ready]").await;
    tab_to(&browser, "class", "qz-sign__button").await;
    browser.keys(&[Key::Enter]).await;
    browser.find(".govuk-panel--confirmation").await;
    tab_to(&browser, "href", "/status").await;
    browser.keys(&[Key::Enter]).await;
    browser.find(".govuk-inset-text a[href^='/results/']").await;
    tab_to(&browser, "href", "/results/").await;
    browser.keys(&[Key::Enter]).await;
    browser.find(".qz-result").await;
    browser.close().await;
}
