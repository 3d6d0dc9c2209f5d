//! The two lawful refusals: each names its clause, what was found, and what to do.

use super::steps::{ask_for_code, prove};
use crate::harness::{Browser, NUMBERS, Portal, Width};

/// [R58-A.5, R58-A.9.1]
#[tokio::test]
async fn somebody_whom_the_register_holds_dead_is_refused_with_the_evidence() {
    let mut portal = Portal::start();
    let person = portal.person("dead");
    let browser = Browser::open(&portal, Width::Wide).await;
    browser.sign_in(&person).await;
    ask_for_code(&browser, NUMBERS[0]).await;
    let code = portal.code(NUMBERS[0]);
    prove(&browser, &code, &person).await;
    browser.press(".govuk-panel--confirmation ~ * a[href$='/status'], a[href$='/status']").await;
    browser.press(".govuk-inset-text a[href^='/requests/']").await;
    browser.find(".qz-refusal").await;
    browser.look().await;
    let words = browser.words().await;
    assert!(words.contains("58-2016"), "the refusal names its clause: {words}");
    assert!(browser.has(".qz-evidence__row").await, "the refusal shows what was compared");
    browser.visit("/cabinet/profile").await;
    assert!(!browser.words().await.contains("***"), "nothing is linked");
    browser.close().await;
}
