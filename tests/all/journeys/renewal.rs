//! A certificate is renewed from the banner of the cabinet: keys made in the browser, the request signed with the key that still
//! holds, at a desk and on the smallest handset.

use rusqlite::Connection;
use xtask::demo::people::Person;

use super::steps::sign;
use crate::harness::{Browser, Portal, WELL, Width};

/// Password of the new keys.
const PASSWORD: &str = "Tulpar-zhol-2026";

/// Lets the portal believe that the person's certificates end in twenty days.
fn end_soon(portal: &Portal, person: &Person) {
    let rows = Connection::open(portal.world.folder.join("qyzmet.sqlite")).expect("the rows");
    let changed = rows.execute(
        "UPDATE certificates SET not_after = (CAST(strftime('%s', 'now') AS INTEGER) + 20 * 24 * 3600) * 1000000
         WHERE account = (SELECT id FROM accounts WHERE login = ?1)",
        (&person.login,),
    );
    assert_eq!(changed.expect("changed"), 2, "one to sign, one to sign in");
}

/// Makes keys in the page and saves their file, without which the form does not go on.
async fn make_keys(browser: &Browser) {
    browser.find("qz-keys[data-ready]").await;
    browser.look().await;
    for place in ["div:nth-of-type(1)", "div:nth-of-type(2)"] {
        let field = browser.find(&format!("qz-keys .qz-sign__fields > {place} input")).await;
        field.send_keys(PASSWORD).await.expect("typed");
    }
    browser.press("qz-keys button.qz-sign__button:not(.qz-sign__reveal)").await;
    browser.press("qz-keys a[download]").await;
    browser.find("qz-keys[data-made]").await;
    browser.look().await;
}

async fn renew(width: Width) {
    let portal = Portal::start();
    let person = portal.person(WELL);
    end_soon(&portal, &person);
    let browser = Browser::open(&portal, width).await;
    browser.sign_in(&person).await;
    for path in ["/cabinet", "/cabinet/profile", "/cabinet/certificates", "/cabinet/data-use", "/requests"] {
        browser.visit(path).await;
        let said = browser.words().await;
        assert!(said.contains("Куәлікті жаңарту") && said.contains("20 күн қалды"), "{path}: {said}");
    }
    browser.press(".govuk-notification-banner form button").await;
    browser.find("#form [name='email']").await;
    browser.look().await;
    browser.fill("email", "aliya@example.kz").await;
    browser.press("#form > button.govuk-button").await;
    browser.press("#form input[name='storage'][value='computer']").await;
    browser.look().await;
    browser.press("#form > button.govuk-button").await;
    make_keys(&browser).await;
    browser.press("#form > button.govuk-button").await;
    browser.find("#signing").await;
    browser.look().await;
    sign(&browser, &person).await;
    browser.find(".govuk-panel--confirmation").await;
    browser.look().await;
    let place = browser.place().await;
    while !browser.has("a[href$='/install']").await {
        browser.visit(&place).await;
    }
    browser.press("a[href$='/install']").await;
    browser.find(".govuk-inset-text").await;
    browser.look().await;
    browser.close().await;
}

/// [R839-7.P1, R839-7.P4]
#[tokio::test]
async fn a_certificate_is_renewed_from_the_banner_at_a_desk() {
    renew(Width::Wide).await;
}

/// [R839-7.P1, R839-7.P4]
#[tokio::test]
async fn a_certificate_is_renewed_from_the_banner_on_the_smallest_handset() {
    renew(Width::Narrow).await;
}
