//! The two lawful refusals: each names its clause, what was found, and what to do.

use xtask::walk::{html, story};

use super::steps::{SERVICE, ask_for_code, prove};
use crate::harness::{A_NUMBER, ABSENT, Browser, DEAD, EXPIRED, NUMBERS, Portal, Width};

/// [R58-A.5, R58-A.9.1]
#[tokio::test]
async fn somebody_whom_the_register_holds_dead_is_refused_with_the_evidence() {
    let mut portal = Portal::start();
    let person = portal.person(DEAD);
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
    assert!(words.contains("№ 58"), "the refusal names its clause: {words}");
    assert!(browser.has(".qz-evidence__row").await, "the refusal shows what was compared");
    browser.visit("/cabinet/profile").await;
    assert!(!browser.words().await.contains(A_NUMBER), "nothing is linked");
    browser.close().await;
}

/// [R58-A.9.1] Every other state of the register that refuses: each with its clause, none with a number linked.
#[test]
fn whoever_is_not_in_order_in_the_register_is_refused() {
    for login in [ABSENT, EXPIRED] {
        let mut portal = Portal::start();
        let person = portal.person(login);
        let mut client = portal.signed_in(&person);
        let service = client.get(SERVICE).unwrap();
        let case = story::request(&mut client, &service, NUMBERS[1]).unwrap();
        let code = portal.code(NUMBERS[1]);
        let folder = portal.world.folder.join("hero");
        let signature = story::sign(&mut client, &case, &person, &folder).unwrap();
        let done = story::confirm(&mut client, &case, &code, &signature).unwrap();
        let ended = story::ended(&mut client, &done).unwrap();
        let case = ended.at.trim_end_matches("/status").to_owned();
        let refusal = client.get(&case).unwrap().text();
        let words = html::words(&refusal);
        assert!(
            refusal.contains("qz-refusal") && words.contains("№ 58"),
            "{login} is refused by a clause: {words}"
        );
        assert!(!client.get("/cabinet/profile").unwrap().text().contains(A_NUMBER), "nothing is linked");
    }
}
