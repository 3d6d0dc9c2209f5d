//! A person asks for the archive reference, pays for it at the gateway, and gets it when an officer has decided.

use super::{
    super::steps::sign,
    officer, portal,
    recipient::{fill, pay},
};
use crate::harness::{Browser, WELL, Width};

const REFERENCE: &str = "/services/archive-reference";
/// The unit that decides, and its action.
const PROVIDER: &str = "provider";
const DECIDE: u32 = 8;

async fn reference(width: Width) {
    let portal = portal();
    let person = portal.person(WELL);
    let [_, officer, _] = portal.officers(PROVIDER);
    let browser = Browser::open(&portal, width).await;
    browser.sign_in(&person).await;
    fill(&browser, REFERENCE, ("subject", "2001–2005 жылдардағы еңбек өтілі")).await;
    sign(&browser, &person).await;
    browser.find("form[action$='/pay']").await;
    let words = browser.words().await;
    assert!(words.contains("1500 ₸") || words.contains("1 500 ₸"), "the fee is named: {words}");
    browser.look().await;
    let place = browser.place().await;
    let case = place.trim_start_matches("/requests/");
    browser.visit("/cabinet").await;
    browser.visit("/requests").await;
    browser.visit(&place).await;
    pay(&browser).await;
    let desk = Browser::open(&portal, width).await;
    officer::sign_in(&desk, &officer).await;
    officer::open(&desk, case, DECIDE).await;
    officer::go(&desk, "decide").await;
    desk.press("[name='verdict'][value='.granted']").await;
    officer::send(&desk).await;
    desk.close().await;
    // The page of the running request hears of its end by itself.
    browser.press(".govuk-inset-text a[href^='/results/']").await;
    let number = browser.find(".qz-result .qz-number__value").await.text().await.expect("a number");
    browser.look().await;
    browser.visit(&format!("/r/{number}")).await;
    browser.find("[data-outcome='valid']").await;
    browser.close().await;
}

/// [R1116-7.9, R1116-7.11, R1116-7.13]
#[tokio::test]
async fn a_person_pays_for_the_archive_reference_and_gets_it_at_a_desk() {
    reference(Width::Wide).await;
}

/// [R1116-7.9, R1116-7.13]
#[tokio::test]
async fn a_person_pays_for_the_archive_reference_and_gets_it_on_a_handset() {
    reference(Width::Narrow).await;
}
