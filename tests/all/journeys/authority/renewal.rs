//! A certificate is renewed from the banner of the cabinet: keys made in the browser, the request signed with the key that still
//! holds, confirmed by an operator, installed; at a desk and on the smallest handset.

use rusqlite::Connection;
use xtask::demo::people::Person;

use super::{
    super::{
        desk::{UNIT, officer},
        steps::sign,
    },
    MAILBOX, PASSWORD, keys,
    order::{self, Order, With},
    verdict,
};
use crate::harness::{Browser, Portal, WELL, Width};

/// Action of its table at which the operator confirms.
const APPROVES: u32 = 5;

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

/// From the banner to the page of the keys. Whoever has never ordered here says first where the letters go and where the keys are kept.
async fn ask(browser: &Browser) {
    browser.press(".govuk-notification-banner form button").await;
    browser.find("#form [name='email']").await;
    browser.look().await;
    browser.fill("email", MAILBOX).await;
    browser.press("#form > button.govuk-button").await;
    browser.press("#form input[name='storage'][value='computer']").await;
    browser.look().await;
    browser.press("#form > button.govuk-button").await;
}

/// Makes the keys, signs with the key that still holds, and has the number.
async fn send(browser: &Browser, person: &Person) -> Order {
    let keys = keys::make(browser).await;
    browser.press("#form > button.govuk-button").await;
    browser.find("#signing").await;
    browser.look().await;
    sign(browser, person).await;
    browser.find(".govuk-panel--confirmation").await;
    browser.look().await;
    let place = browser.place().await;
    while !browser.has("a[href$='/install']").await {
        browser.visit(&place).await;
    }
    let number = browser.find(".govuk-panel__body strong").await.text().await.expect("a number");
    browser.press("a[href$='/install']").await;
    browser.find(".govuk-inset-text").await;
    browser.look().await;
    Order { case: order::case_of(&place), number, keys }
}

async fn renew(width: Width, with: With) {
    let mut portal = Portal::start();
    portal.keep_secret(PASSWORD);
    let person = portal.person(WELL);
    let [_, operator, _] = portal.officers(UNIT);
    end_soon(&portal, &person);
    let browser = Browser::open(&portal, width).await;
    browser.sign_in(&person).await;
    for path in ["/cabinet", "/cabinet/profile", "/cabinet/certificates", "/cabinet/data-use", "/requests"] {
        browser.visit(path).await;
        let said = browser.words().await;
        assert!(said.contains("Куәлікті жаңарту") && said.contains("20 күн қалды"), "{path}: {said}");
    }
    ask(&browser).await;
    let order = send(&browser, &person).await;

    portal.choose_key(&operator.iin);
    let desk = Browser::open(&portal, width).await;
    officer::sign_in(&desk, &operator).await;
    order::approve(&desk, (&operator, with), (&order.case, APPROVES)).await;
    desk.close().await;

    let [signs, enters] = order::install(&portal, &browser, &order).await;
    browser.visit("/cabinet").await;
    let said = browser.words().await;
    assert!(!said.contains("Куәлікті жаңарту"), "the new certificates stand in for the old ones: {said}");
    browser.close().await;
    for file in [&signs, &enters] {
        verdict::opens(&portal, file, &person);
    }
    order::signs_in(&portal, (&enters, &person), width).await;
}

/// [R839-7.P1, R839-7.P4, R839-7.P5, R839-7.P8]
#[tokio::test]
async fn a_certificate_is_renewed_from_the_banner_to_the_new_key_file_at_a_desk() {
    renew(Width::Wide, With::KeyFile).await;
}

/// [R839-7.P1, R839-7.P4, R839-7.P5, R839-7.P8]
#[tokio::test]
async fn a_certificate_is_renewed_from_the_banner_on_the_smallest_handset() {
    renew(Width::Narrow, With::Agent).await;
}
