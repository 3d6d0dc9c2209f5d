//! Steps that several stories share.

use std::path::Path;

use xtask::{demo::people::Person, walk::story};

use crate::harness::{Browser, Portal};

/// The service that the stories are about.
pub(crate) const SERVICE: &str = "/services/subscriber-number-link";

/// From the service page to the page that asks for code and signature.
pub(super) async fn ask_for_code(browser: &Browser, number: &str) {
    browser.visit(SERVICE).await;
    browser.press("form[action$='/start'] button").await;
    browser.find("#form [name='number']").await;
    browser.look().await;
    browser.fill("number", number).await;
    loop {
        browser.tick_all().await;
        browser.press("#form button.govuk-button").await;
        browser.find("#form, #signing").await;
        browser.look().await;
        if browser.has("#signing").await {
            return;
        }
    }
}

/// Types the code and signs with the key file in the page; the form goes by itself.
pub(super) async fn prove(browser: &Browser, code: &str, person: &Person) {
    browser.fill("code", code).await;
    sign(browser, person).await;
}

/// Signs with the key file in the page.
pub(super) async fn sign(browser: &Browser, person: &Person) {
    sign_with_file(browser, &person.key, &person.key_password).await;
}

/// Chooses a key file, types its password, presses.
pub(super) async fn sign_with_file(browser: &Browser, key: &Path, password: &str) {
    browser.press("qz-sign[data-ready] input[type=radio][value=file]").await;
    let file = browser.find("qz-sign .qz-sign__fields input[type=file]").await;
    file.send_keys(&key.display().to_string()).await.expect("a key file is chosen");
    let field = browser.find("qz-sign .qz-sign__password").await;
    field.clear().await.expect("an empty field");
    field.send_keys(password).await.expect("a password is typed");
    browser.press("qz-sign .qz-sign__button").await;
}

/// Signs through the program on the person's computer.
pub(super) async fn sign_with_agent(browser: &Browser) {
    browser.press("qz-sign[data-ready] input[type=radio][value=ncalayer]").await;
    browser.press("qz-sign .qz-sign__button").await;
}

/// What the page says when signing failed in this way; the box has the focus, so that it is read aloud.
pub(super) async fn failure(browser: &Browser, code: &str) -> String {
    browser.find(&format!("qz-sign[data-failure='{code}']")).await;
    browser.wait_for_focus("class", "qz-sign__error").await;
    browser.look().await;
    browser.find(".qz-sign__error").await.text().await.expect("words")
}

/// The whole path by a client without scripts, up to the accepted request.
pub(crate) fn link_without_scripts(portal: &mut Portal, person: &Person, number: &str) -> String {
    let mut client = portal.signed_in(person);
    let service = client.get(SERVICE).expect("the service page");
    let case = story::request(&mut client, &service, number).expect("a request");
    let code = portal.code(number);
    let folder = portal.world.folder.join("hero");
    let signature = story::sign(&mut client, &case, person, &folder).expect("a signature");
    let done = story::confirm(&mut client, &case, &code, &signature).expect("accepted");
    let result = story::follow(&mut client, &done).expect("a result");
    result.of_class("qz-number__value").expect("a number")
}
