//! Without a mouse: the skip link, the order of the fields, the focus after a mistake.

use fantoccini::key::Key;

use crate::harness::{Browser, Portal, WELL, Width};

#[tokio::test]
async fn a_person_signs_in_with_the_keyboard_alone() {
    let portal = Portal::start();
    let person = portal.person(WELL);
    let browser = Browser::open(&portal, Width::Wide).await;
    browser.visit("/sign-in/password").await;
    browser.keys(&[Key::Tab]).await;
    assert!(browser.focus("href").await.ends_with("#main"), "the first stop skips to the content");
    browser.keys(&[Key::Enter, Key::Tab]).await;
    while browser.focus("name").await != "login" {
        browser.keys(&[Key::Tab]).await;
    }
    browser.keys(&[Key::Enter]).await;
    browser.find(".govuk-error-summary").await;
    browser.wait_for_focus("class", "govuk-error-summary").await;
    browser.look().await;
    browser.fill("login", &person.login).await;
    browser.keys(&[Key::Tab]).await;
    assert_eq!(browser.focus("name").await, "password");
    browser.type_text(&person.password).await;
    browser.keys(&[Key::Enter]).await;
    browser.find("form[action='/sign-out'], a[href='/sign-out']").await;
    browser.close().await;
}
