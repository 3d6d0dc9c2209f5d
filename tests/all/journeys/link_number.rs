//! A person links a number, in a real browser, with the key file opened in the page.

use super::steps::{ask_for_code, link_without_scripts, prove};
use crate::harness::{Browser, NUMBERS, Portal, RSA, WELL, Width};

async fn link(width: Width) {
    let mut portal = Portal::start();
    let person = portal.person(WELL);
    let browser = Browser::open(&portal, width).await;
    browser.visit("/").await;
    assert_eq!(browser.language().await, "kk");
    browser.sign_in(&person).await;
    browser.look().await;
    ask_for_code(&browser, NUMBERS[0]).await;
    let code = portal.code(NUMBERS[0]);
    prove(&browser, &code, &person).await;
    browser.find(".govuk-panel--confirmation").await;
    browser.look().await;
    browser.press("a[href$='/status']").await;
    let result = browser.find(".govuk-inset-text a[href^='/results/']").await;
    browser.look().await;
    result.click().await.expect("pressed");
    let number = browser.find(".qz-result .qz-number__value").await.text().await.expect("a number");
    browser.look().await;
    browser.visit("/cabinet/profile").await;
    assert!(browser.words().await.contains(tail(NUMBERS[0])), "the profile shows the number");
    browser.visit("/cabinet").await;
    browser.visit("/cabinet/data-use").await;
    browser.visit(&format!("/r/{number}")).await;
    browser.find("[data-outcome='valid']").await;
    browser.close().await;
}

/// The last digits, which a masked number still shows.
fn tail(number: &str) -> &str {
    number.get(number.len() - 2..).unwrap_or(number)
}

/// [R58-4a, R58-5.1, R58-5.2a, R58-5.2b, R58-5.2c, R58-5.3a, R58-5.3b, R58-A.5, R74-3.3]
#[tokio::test]
async fn a_person_links_a_number_at_a_desk_in_kazakh() {
    link(Width::Wide).await;
}

/// [R58-4a, R58-5.2a, R58-5.3b]
#[tokio::test]
async fn a_person_links_a_number_on_the_smallest_handset_in_kazakh() {
    link(Width::Narrow).await;
}

/// An RSA key signs as well as an elliptic one.
#[test]
fn a_person_with_an_rsa_key_links_a_number() {
    let mut portal = Portal::start();
    let person = portal.person(RSA);
    assert!(!link_without_scripts(&mut portal, &person, NUMBERS[2]).is_empty());
}
