//! Every screen in Kazakh, at a desk and on the smallest handset: nothing sticks out, axe finds nothing.
//!
//! `QYZMET_SHOTS=folder` keeps a picture of each, for a person to look at.

use std::fs;

use xtask::demo::{
    people::Person,
    world::{Engine, World},
};

use super::{
    regulation::REGULATIONS,
    steps::{SERVICE, failure, prove, sign, sign_with_agent},
};
use crate::harness::{Browser, DEAD, NUMBERS, Portal, WELL, Width};

/// Pages that anybody may see, as somebody comes to them.
const PUBLIC: [&str; 18] = [
    "/",
    "/services",
    "/services?q=%D0%BD%D3%A9%D0%BC%D1%96%D1%80",
    "/services?q=%D2%9B%D0%B0%D1%80%D0%BB%D1%8B%D2%93%D0%B0%D1%88",
    SERVICE,
    "/sign-in?next=/cabinet",
    "/verify",
    "/verify?number=",
    "/r/0000-0000-0000",
    "/pki/revoked",
    "/pki/revoked?serial=4f3a09c1",
    "/pki/health",
    "/accessibility",
    "/privacy",
    "/outage",
    "/signed-out",
    "/session-ended",
    "/no-such-page",
];

/// Announces a planned outage, and names a port for NCALayer where nothing listens.
fn announce(world: &mut World) {
    let notice =
        r#"notice = ["28 қарашада сағат 02:00–04:00 аралығында жөндеу жүргізіледі.", "Ремонт.", "Repairs."]"#;
    let text = fs::read_to_string(world.config()).expect("a configuration");
    let text = text.replace("demo = true", &format!("demo = true\n{notice}"));
    fs::write(world.config(), text).expect("a configuration");
    world.set("QYZMET_PORTAL__NCALAYER", "ws://127.0.0.1:9");
}

/// What anybody may see, and the forms of sign-in and of the public check when they come back.
async fn public(width: Width) {
    let portal = Portal::prepared(Engine::Sqlite, announce);
    let browser = Browser::open(&portal, width).await;
    for path in PUBLIC {
        browser.visit(path).await;
        assert_eq!(browser.language().await, "kk", "{path}");
    }
    for path in REGULATIONS {
        browser.visit(path).await;
    }
    browser.visit(SERVICE).await;
    browser.press("summary").await;
    browser.look().await;
    browser.visit("/sign-in/password").await;
    browser.press("#sign-in button.govuk-button:not([type=button])").await;
    browser.find(".govuk-error-summary").await;
    browser.look().await;
    browser.fill("login", "demo-1").await;
    browser.fill("password", "basqa-parol").await;
    browser.press("#sign-in button.govuk-button:not([type=button])").await;
    browser.find(".govuk-error-summary").await;
    browser.look().await;
    browser.visit("/sign-in/eds?step-up=1&next=/cabinet").await;
    sign_with_agent(&browser).await;
    failure(&browser, "agent-not-running").await;
    browser.press("qz-sign details summary").await;
    browser.look().await;
    browser.press("qz-sign input[type=radio][value=file]").await;
    browser.press("qz-sign .qz-sign__button").await;
    failure(&browser, "no-file").await;
    browser.close().await;
}

/// A cabinet with nothing in it, the form with its mistakes, and a register that keeps the person waiting.
async fn own(width: Width) {
    let mut portal = Portal::start();
    let person = portal.person(WELL);
    let browser = Browser::open(&portal, width).await;
    browser.sign_in(&person).await;
    for path in ["/cabinet", "/cabinet/profile", "/cabinet/data-use", "/requests", SERVICE] {
        browser.visit(path).await;
    }
    browser.press("form[action$='/start'] button").await;
    for wrong in ["", "+7 727 250 00 00", "+998 90 123 45 67"] {
        browser.fill("number", wrong).await;
        press_on(&browser).await;
    }
    browser.fill("number", NUMBERS[0]).await;
    browser.press("#form > button.govuk-button").await;
    browser.find("#form input[type=checkbox]").await;
    browser.look().await;
    press_on(&browser).await;
    browser.press("#form details summary").await;
    browser.look().await;
    browser.tick_all().await;
    browser.press("#form > button.govuk-button").await;
    browser.find("#signing").await;
    browser.look().await;
    let code = portal.code(NUMBERS[0]);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    prove(&browser, wrong, &person).await;
    browser.find("#code-error").await;
    browser.look().await;
    portal.switch(portal.world.ports.gateway, "down");
    prove(&browser, &code, &person).await;
    browser.find(".govuk-panel--confirmation").await;
    browser.look().await;
    browser.press("a[href$='/status']").await;
    browser.find("qz-live").await;
    browser.look().await;
    let place = browser.place().await;
    while !browser.has(".qz-delay").await {
        browser.visit(&place).await;
    }
    browser.visit("/cabinet").await;
    browser.visit(&place).await;
    portal.switch(portal.world.ports.gateway, "ok");
    browser.find(".govuk-inset-text a[href^='/results/']").await;
    browser.look().await;
    browser.close().await;
}

/// Sends a form that comes back with a mistake, and looks at it.
async fn press_on(browser: &Browser) {
    browser.press("#form > button.govuk-button").await;
    browser.find(".govuk-error-summary").await;
    browser.wait_for_focus("class", "govuk-error-summary").await;
    browser.look().await;
}

/// A refusal: the page, its document, and what a stranger learns of it.
async fn refused(width: Width) {
    let mut portal = Portal::start();
    let person = portal.person(DEAD);
    let browser = Browser::open(&portal, width).await;
    browser.sign_in(&person).await;
    super::steps::ask_for_code(&browser, NUMBERS[1]).await;
    let code = portal.code(NUMBERS[1]);
    browser.fill("code", &code).await;
    sign(&browser, &person).await;
    browser.press("a[href$='/status']").await;
    browser.press(".govuk-inset-text a[href^='/requests/']").await;
    browser.find(".qz-refusal").await;
    browser.look().await;
    browser.press("a[href^='/results/']").await;
    browser.find(".qz-result").await;
    browser.look().await;
    browser.press("main a[href^='/r/']").await;
    browser.find("[data-outcome='valid']").await;
    browser.look().await;
    browser.visit("/cabinet").await;
    browser.visit("/requests").await;
    changed(&browser, &portal, &person).await;
    browser.close().await;
}

/// A stranger checks files of which one was changed.
async fn changed(browser: &Browser, portal: &Portal, person: &Person) {
    let mut owner = portal.signed_in(person);
    let link = owner.get("/cabinet").expect("the cabinet").link("/results/").expect("a result");
    let mut document = owner.get(&format!("{link}/result.json")).expect("the document").bytes;
    let signature = owner.get(&format!("{link}/result.p7s")).expect("the signature").bytes;
    let last = document.len() - 2;
    document[last] ^= 1;
    browser.visit("/verify").await;
    for (name, bytes) in [("document", document), ("signature", signature)] {
        let file = portal.world.folder.join(format!("changed-{name}"));
        fs::write(&file, bytes).expect("a file");
        let field = browser.find(&format!("[name='{name}']")).await;
        field.send_keys(&file.display().to_string()).await.expect("a file is chosen");
    }
    browser.press("main form[enctype] button").await;
    browser.find("[data-outcome='invalid']").await;
    browser.look().await;
}

#[tokio::test]
async fn whatever_anybody_may_see_stands_at_a_desk() {
    public(Width::Wide).await;
}

#[tokio::test]
async fn whatever_anybody_may_see_stands_on_a_handset() {
    public(Width::Narrow).await;
}

/// [R58-5.2a, R58-9]
#[tokio::test]
async fn the_path_with_its_mistakes_and_its_waiting_stands_at_a_desk() {
    own(Width::Wide).await;
}

/// [R58-5.2a, R58-9]
#[tokio::test]
async fn the_path_with_its_mistakes_and_its_waiting_stands_on_a_handset() {
    own(Width::Narrow).await;
}

/// [R58-A.9.1]
#[tokio::test]
async fn a_refusal_stands_on_a_handset() {
    refused(Width::Narrow).await;
}
