//! Changing the language keeps the place and what was typed.

use super::steps::SERVICE;
use crate::harness::{Browser, NUMBERS, Portal, WELL, Width};

#[tokio::test]
async fn a_draft_survives_a_change_of_language() {
    let portal = Portal::start();
    let person = portal.person(WELL);
    let browser = Browser::open(&portal, Width::Wide).await;
    browser.sign_in(&person).await;
    browser.visit(SERVICE).await;
    browser.press("form[action$='/start'] button").await;
    browser.fill("number", NUMBERS[2]).await;
    let place = browser.place().await;
    for language in ["ru", "en", "kk"] {
        browser.press(&format!("button[name=language][value={language}]")).await;
        browser.find(&format!("html[lang={language}] [name='number']")).await;
        assert_eq!(browser.place().await, place);
        assert_eq!(browser.value("number").await, NUMBERS[2]);
        browser.look().await;
    }
    browser.close().await;
}
