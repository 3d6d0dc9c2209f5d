//! The administrator's calendar: what is wrong with an amendment is told, and one that holds moves running terms.

use super::{UNIT, officer, portal};
use crate::harness::{Browser, Width};

async fn calendar(width: Width) {
    let portal = portal();
    let [administrator, other, _] = portal.officers(UNIT);
    let browser = Browser::open(&portal, width).await;
    officer::sign_in(&browser, &administrator).await;
    browser.press("a[href='/desk/calendar']").await;
    browser.find("form[action='/desk/calendar']").await;
    browser.look().await;
    officer::mistake(&browser, "day").await;
    choose_day(&browser, "2026-12-08").await;
    officer::mistake(&browser, "reason").await;
    assert_eq!(browser.value("day").await, "2026-12-08", "what was chosen stands");
    browser.fill("reason", "Үкіметтің қаулысы").await;
    browser.press("main form > button.govuk-button").await;
    browser.find("main .govuk-summary-list__row").await;
    browser.look().await;
    let words = browser.words().await;
    assert!(words.contains("8 желтоқсан") && words.contains("Үкіметтің қаулысы"), "{words}");
    browser.close().await;
    let browser = Browser::open(&portal, width).await;
    officer::sign_in(&browser, &other).await;
    assert!(!browser.has("a[href='/desk/calendar']").await, "an officer amends no calendar");
    browser.close().await;
}

/// Chooses a day as the browser's own chooser would: its keys follow the language of the browser, not of the page.
async fn choose_day(browser: &Browser, day: &str) {
    let script = "document.querySelector('#day').value = arguments[0]";
    browser.client().execute(script, vec![day.into()]).await.expect("chosen");
}

/// [R74-3.1]
#[tokio::test]
async fn an_administrator_amends_the_calendar_at_a_desk() {
    calendar(Width::Wide).await;
}

/// [R74-3.1]
#[tokio::test]
async fn an_administrator_amends_the_calendar_on_a_handset() {
    calendar(Width::Narrow).await;
}
