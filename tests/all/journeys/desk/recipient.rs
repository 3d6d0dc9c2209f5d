//! The person's side: asking for the permit and paying for it, with a browser and without scripts.

use std::time::{Duration, Instant};

use xtask::{
    demo::people::Person,
    walk::{
        client::{Client, Page, Upload},
        html::{self, Form},
        openssl::Key,
    },
};

use super::{super::steps::sign, PERMIT};
use crate::harness::{Browser, Portal};

/// Asks for the permit in the browser and signs; the answer is the case, whose page asks for the fee.
pub(super) async fn ask(browser: &Browser, person: &Person) -> String {
    fill(browser, PERMIT, ("place", "Астана")).await;
    sign(browser, person).await;
    browser.find("form[action$='/pay']").await;
    browser.look().await;
    case_of(&browser.place().await)
}

/// Starts a service and answers its one page; the page with the document to sign stands.
pub(super) async fn fill(browser: &Browser, service: &str, (name, text): (&str, &str)) {
    browser.visit(service).await;
    browser.press("form[action$='/start'] button").await;
    browser.find(&format!("#form [name='{name}']")).await;
    browser.look().await;
    browser.fill(name, text).await;
    browser.press("#form > button.govuk-button").await;
    browser.find("#signing").await;
    browser.look().await;
}

/// Orders the fee, pays it on the page of the gateway, and comes back.
pub(super) async fn pay(browser: &Browser) {
    browser.press("form[action$='/pay'] button").await;
    browser.find("main a[href*='/pay/']").await;
    browser.look().await;
    browser.press("main a[href*='/pay/']").await;
    // This page is the gateway's own: it is used, and not judged.
    browser.press("form[action^='/pay/'] button").await;
    browser.find("qz-live").await;
    browser.look().await;
}

/// Answers what an officer asks.
pub(super) async fn answer(browser: &Browser, case: &str, question: &str) {
    browser.visit(&format!("/requests/{case}")).await;
    assert!(browser.words().await.contains(question), "the recipient reads the question");
    browser.press("#form > button.govuk-button").await;
    browser.find(".govuk-error-summary").await;
    browser.look().await;
    browser.fill("answer", "Он екінші үй").await;
    browser.press("#form > button.govuk-button").await;
    browser.find("qz-live").await;
    browser.look().await;
}

/// The whole way of the permit to the desk without scripts; the answer is the case.
pub(super) fn ask_and_pay(portal: &Portal, client: &mut Client, person: &Person) -> String {
    let page = ask_for(portal, client, person, PERMIT);
    pay_for(client, &page)
}

/// Asks for a service without scripts, its questions answered and the request signed; the answer is the page after that.
pub(super) fn ask_for(portal: &Portal, client: &mut Client, person: &Person, service: &str) -> Page {
    let service = client.get(service).expect("the service page");
    let begun = client.submit(&service, &form_to(&service, "/start"), None).expect("a request");
    // A service may ask a register before it asks the person.
    let mut page = wait(client, &begun.at, "name=\"page\"");
    while page.form("signature").is_err() {
        let form = page.form("page").expect("a page of the form").ticked();
        let field = ["place", "subject"].into_iter().find(|field| form.offers(field));
        let form = field.map_or(form.clone(), |field| form.with(field, "Астана"));
        page = client.submit(&page, &form, None).expect("the next page");
    }
    let bytes = client.get(&page.link("document.json").expect("a link")).expect("the document").bytes;
    let signature = sign_bytes(portal, person, &bytes);
    let upload = Upload { field: "signature", file: "request.p7s", bytes: &signature };
    let form = page.form("signature").expect("the form");
    client.submit(&page, &form, Some(upload)).expect("accepted")
}

/// Pays the fee that a page asks for; the answer is the case.
pub(super) fn pay_for(client: &mut Client, page: &Page) -> String {
    let ordered = client.submit(page, &form_to(page, "/pay"), None).expect("ordered");
    let case = case_of(&ordered.at);
    pay_at(&ordered.link("/pay/").expect("the gateway's page"));
    client.get(&format!("/requests/{case}/paid")).expect("back from the gateway");
    case
}

/// A signature of the person by OpenSSL, as from another computer.
pub(super) fn sign_bytes(portal: &Portal, person: &Person, bytes: &[u8]) -> Vec<u8> {
    let folder = portal.world.folder.join("elsewhere");
    let key = Key::open(&person.key, &person.key_password, &folder).expect("the key file");
    key.sign(bytes).expect("signed")
}

/// The form of a page that goes to an address with this end.
pub(super) fn form_to(page: &Page, end: &str) -> Form {
    let found = html::forms(&page.text()).into_iter().find(|form| form.action.ends_with(end));
    found.unwrap_or_else(|| panic!("{}: no form to {end}", page.at))
}

/// Looks at a page until it shows what it is waited for.
pub(super) fn wait(client: &mut Client, path: &str, shown: &str) -> Page {
    let begun = Instant::now();
    loop {
        let page = client.fetch(path).expect("an answer");
        if page.status == 200 && page.text().contains(shown) {
            return page;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{path}: {shown} never came");
    }
}

fn pay_at(url: &str) {
    let (origin, path) = url.split_at(url.find("/pay/").expect("a page to pay on"));
    let mut gateway = Client::new(origin);
    let page = gateway.get(path).expect("the gateway's page");
    // The gateway sends the person back to the portal, which this client knows nothing of: whether the fee was paid is
    // asked of the gateway.
    drop(gateway.send(&page, &form_to(&page, path), None));
    assert!(gateway.get(path).expect("the gateway's page").text().contains("Төленді"), "paid");
}

pub(super) fn case_of(at: &str) -> String {
    at.trim_start_matches("/requests/").split(['/', '?']).next().unwrap_or_default().to_owned()
}
