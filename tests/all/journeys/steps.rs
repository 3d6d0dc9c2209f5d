//! Steps that several stories share.

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
    browser.press("qz-sign[data-ready] input[type=radio][value=file]").await;
    let file = browser.find("qz-sign .qz-sign__fields input[type=file]").await;
    file.send_keys(&person.key.display().to_string()).await.expect("a key file is chosen");
    let password = browser.find("qz-sign .qz-sign__password").await;
    password.send_keys(&person.key_password).await.expect("a password is typed");
    browser.press("qz-sign .qz-sign__button").await;
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
