//! A session that is about to end: the person is told in time, goes on with one press, and finds the draft in any case.

use super::steps::SERVICE;
use crate::harness::{Browser, NUMBERS, Portal, WELL, Width};

/// Puts the page's clock forward, as a computer's that has slept.
async fn sleep(browser: &Browser, minutes: u32) {
    let script = format!("const now = Date.now; Date.now = () => now() + {minutes} * 60000");
    browser.client().execute(&script, Vec::new()).await.expect("the clock is put forward");
}

#[tokio::test]
async fn a_person_is_warned_goes_on_with_one_press_and_finds_the_draft_after_the_end() {
    let portal = Portal::start();
    let person = portal.person(WELL);
    let browser = Browser::open(&portal, Width::Narrow).await;
    browser.sign_in(&person).await;
    browser.visit(SERVICE).await;
    browser.press("form[action$='/start'] button").await;
    browser.fill("number", NUMBERS[0]).await;
    sleep(&browser, 24).await;
    browser.find("dialog[open]").await;
    browser.look().await;
    let said = browser.find("dialog[open]").await.text().await.expect("words");
    assert!(said.contains("Сеанс жақында аяқталады") && said.contains("мин"), "{said}");
    assert_eq!(browser.focus("class").await, "govuk-button", "the one button has the focus");
    browser.press("dialog[open] button").await;
    browser.find("dialog:not([open])").await;
    assert_eq!(browser.value("number").await, NUMBERS[0], "what was typed stands");
    browser.press("#form > button.govuk-button").await;
    browser.find("#form input[type=checkbox]").await;
    let draft = browser.place().await;
    sleep(&browser, 60).await;
    browser.find("main a[href^='/sign-in']").await;
    assert_eq!(browser.place().await, "/session-ended");
    browser.look().await;
    browser.client().delete_all_cookies().await.expect("the session is over");
    browser.visit(&draft).await;
    assert!(browser.place().await.starts_with("/sign-in"), "a draft is shown to its person only");
    browser.sign_in(&person).await;
    browser.visit(&draft).await;
    browser.find("#form input[type=checkbox]").await;
    browser.close().await;
}
