//! Signing through NCALayer, over TLS as the real one speaks, and everything that can go wrong on the way to it.

use xtask::{demo::world::Engine, net};

use super::steps::{ask_for_code, failure, sign, sign_with_agent};
use crate::harness::{Browser, NUMBERS, OTHER, Portal, WELL, Width};

/// A portal whose pages look for NCALayer over TLS at this port; with none, at the simulator's.
fn portal(port: Option<u16>) -> Portal {
    Portal::prepared(Engine::Sqlite, |world| {
        let port = port.unwrap_or(world.ports.agent);
        world.set("QYZMET_PORTAL__NCALAYER", &format!("wss://127.0.0.1:{port}"));
    })
}

/// A person at the page that asks for code and signature, the code typed.
async fn ready_to_sign(portal: &mut Portal) -> (Browser, String) {
    let person = portal.person(WELL);
    let browser = Browser::open(portal, Width::Wide).await;
    browser.sign_in(&person).await;
    ask_for_code(&browser, NUMBERS[0]).await;
    let code = portal.code(NUMBERS[0]);
    browser.fill("code", &code).await;
    (browser, code)
}

/// [R58-5.2c, R58-5.3b]
#[tokio::test]
async fn a_person_links_a_number_with_a_key_in_ncalayer() {
    let mut portal = portal(None);
    let (browser, _) = ready_to_sign(&mut portal).await;
    sign_with_agent(&browser).await;
    browser.find(".govuk-panel--confirmation").await;
    browser.look().await;
    browser.press("a[href$='/status']").await;
    browser.find(".govuk-inset-text a[href^='/results/']").await.click().await.expect("pressed");
    let number = browser.find(".qz-result .qz-number__value").await.text().await.expect("a number");
    browser.visit(&format!("/r/{number}")).await;
    browser.find("[data-outcome='valid']").await;
    browser.close().await;
}

/// [R74-4.2]
#[tokio::test]
async fn a_person_signs_in_with_a_key_in_ncalayer() {
    let portal = portal(None);
    let person = portal.person(OTHER);
    portal.choose_key(&person.iin);
    let browser = Browser::open(&portal, Width::Narrow).await;
    browser.visit("/sign-in/eds?next=/cabinet/profile").await;
    sign_with_agent(&browser).await;
    browser.find("form[action='/sign-out']").await;
    assert_eq!(browser.place().await, "/cabinet/profile", "the person is where they wanted to go");
    let words = browser.words().await.to_lowercase();
    let surname = person.name.split(' ').next().unwrap_or_default().to_lowercase();
    assert!(words.contains(&surname) && words.contains("ЭЦҚ".to_lowercase().as_str()), "{words}");
    browser.close().await;
}

/// The program does not run: the page says so and offers the other ways, and the code is still there.
#[tokio::test]
async fn without_ncalayer_the_page_says_so_and_the_key_file_still_signs() {
    let mut portal = portal(Some(net::free_port().expect("a port where nobody listens")));
    let (browser, code) = ready_to_sign(&mut portal).await;
    sign_with_agent(&browser).await;
    let said = failure(&browser, "agent-not-running").await;
    assert!(said.contains("NCALayer бағдарламасы жауап бермейді"), "{said}");
    assert_eq!(browser.value("code").await, code);
    let person = portal.person(WELL);
    sign(&browser, &person).await;
    browser.find(".govuk-panel--confirmation").await;
    browser.close().await;
}

/// A closed window, a fault of the program, a broken connection: each in words, none costs anything.
#[tokio::test]
async fn whoever_closes_the_window_of_ncalayer_loses_nothing() {
    let mut portal = portal(None);
    let (browser, code) = ready_to_sign(&mut portal).await;
    let agent = portal.world.ports.agent_page;
    for (mode, told, words) in [
        ("cancel", "cancelled", "Қол қойылмады"),
        ("error", "agent-error", "NCALayer қолтаңба жасай алмады"),
        ("drop", "agent-error", "NCALayer қолтаңба жасай алмады"),
    ] {
        portal.switch(agent, mode);
        sign_with_agent(&browser).await;
        let said = failure(&browser, told).await;
        assert!(said.contains(words), "{mode}: {said}");
        assert_eq!(browser.value("code").await, code, "{mode}: the code stays in its field");
    }
    portal.switch(agent, "ok");
    sign_with_agent(&browser).await;
    browser.find(".govuk-panel--confirmation").await;
    browser.close().await;
}

/// The window of NCALayer has keys of several people on one computer: another one's is not taken.
#[tokio::test]
async fn a_key_of_another_person_in_ncalayer_is_not_taken() {
    let mut portal = portal(None);
    let (browser, code) = ready_to_sign(&mut portal).await;
    let other = portal.person(OTHER).iin;
    portal.choose_key(&other);
    sign_with_agent(&browser).await;
    let said = failure(&browser, "agent-error").await;
    assert!(said.contains("NCALayer қолтаңба жасай алмады"), "{said}");
    assert_eq!(browser.value("code").await, code);
    portal.choose_key("");
    sign_with_agent(&browser).await;
    browser.find(".govuk-panel--confirmation").await;
    browser.close().await;
}
