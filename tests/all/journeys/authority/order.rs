//! A person orders certificates through the portal, brings the papers to the desk, and saves key files that OpenSSL opens and that
//! sign in.

use std::path::PathBuf;

use xtask::demo::people::Person;

use super::{
    super::{
        desk::{UNIT, officer, work},
        steps::{sign, sign_with_agent, sign_with_file},
    },
    MAILBOX, PASSWORD, keys, verdict,
};
use crate::harness::{Browser, OTHER, Portal, Width};

const SERVICE: &str = "/services/nca-issue-portal";
/// Actions of its table at the desk: the papers are brought, taken in, and the order is confirmed.
const BRINGS: u32 = 5;
const RECEIVES: u32 = 6;
const APPROVES: u32 = 8;

/// What a person has ordered.
pub(super) struct Order {
    /// The case.
    pub(super) case: String,
    /// The unique number.
    pub(super) number: String,
    /// The file of keys that the person has kept.
    pub(super) keys: PathBuf,
}

/// Sends the page of the form that stands.
async fn next(browser: &Browser) {
    browser.press("#form > button.govuk-button").await;
}

/// Fills the form, makes the keys, and waits for the number.
pub(super) async fn order(browser: &Browser) -> Order {
    browser.visit(SERVICE).await;
    browser.press("form[action$='/start'] button").await;
    browser.find("#form [name='email']").await;
    browser.look().await;
    browser.fill("email", MAILBOX).await;
    next(browser).await;
    browser.find("#form [name='region']").await;
    browser.look().await;
    let centre =
        [("region", "Ақмола облысы"), ("settlement", "Көкшетау"), ("registration-centre", "№ 1 ХҚКО")];
    for (field, text) in centre {
        browser.fill(field, text).await;
    }
    next(browser).await;
    browser.press("#form input[name='storage'][value='computer']").await;
    browser.look().await;
    next(browser).await;
    let case = case_of(&browser.place().await);
    let keys = keys::make(browser).await;
    next(browser).await;
    // The number comes a moment later: the page that stands shows it by itself, with the application to print.
    browser.find("main a[href$='/application.pdf']").await;
    browser.look().await;
    let number = browser.find(".qz-number__value").await.text().await.expect("a number");
    Order { case, number, keys }
}

/// The case of an address below `/requests`.
pub(super) fn case_of(place: &str) -> String {
    place.trim_start_matches("/requests/").split('/').next().unwrap_or_default().to_owned()
}

/// What a stranger is told under an order's number, who has let the computer work instead of reading a picture.
pub(super) async fn status(portal: &Portal, number: &str, width: Width) -> String {
    let stranger = Browser::open(portal, width).await;
    stranger.visit("/orders").await;
    stranger.fill("number", number).await;
    stranger.press("#order-status > button.govuk-button").await;
    stranger.find("#captcha-error").await;
    stranger.wait_for_focus("class", "govuk-error-summary").await;
    stranger.look().await;
    stranger.press("qz-proof[data-ready] button").await;
    stranger.find("qz-proof[data-proven]").await;
    stranger.press("#order-status > button.govuk-button").await;
    stranger.find(".qz-verdict").await;
    stranger.look().await;
    let told = stranger.words().await;
    stranger.close().await;
    told
}

/// With what the operator confirms.
#[derive(Clone, Copy)]
pub(super) enum With {
    KeyFile,
    Agent,
}

/// The operator takes in what the person has brought, and hands over the receipt.
async fn receive(portal: &Portal, desk: &Browser, (operator, order): (&Person, &Order)) {
    officer::open(desk, &order.case, BRINGS).await;
    assert!(desk.words().await.contains(&order.number), "the operator sees the number of the application");
    officer::go(desk, "report").await;
    officer::send(desk).await;
    officer::receive(desk, &order.case, RECEIVES).await;
    desk.find("main a[href$='/receipt.pdf']").await;
    let receipt = format!("{}/receipt.pdf", work(&order.case, RECEIVES));
    let receipt = portal.signed_in(operator).get(&receipt).expect("a receipt");
    assert!(receipt.bytes.starts_with(b"%PDF"), "{} is no receipt", receipt.at);
}

/// The operator confirms the order at an action, with the own key.
pub(super) async fn approve(desk: &Browser, (operator, with): (&Person, With), work: (&str, u32)) {
    officer::open(desk, work.0, work.1).await;
    officer::go(desk, "approve").await;
    let words = desk.words().await;
    assert!(!words.contains("person."), "the operator reads words and no names of facts: {words}");
    match with {
        With::KeyFile => sign(desk, operator).await,
        With::Agent => sign_with_agent(desk).await,
    }
    desk.find("#claims").await;
    desk.look().await;
    assert!(desk.words().await.contains("Бұл әрекет аяқталды"), "{}", desk.words().await);
}

/// Follows the link of the letter to the install page, and saves the key files.
pub(super) async fn install(portal: &Portal, browser: &Browser, order: &Order) -> [PathBuf; 2] {
    let letter = portal.letter(MAILBOX, &format!("/orders/{}/install", order.number));
    assert!(letter.files.is_empty(), "a link, and neither a certificate nor a key");
    browser.visit(&letter.link(portal)).await;
    keys::install(browser, &order.keys).await
}

/// Somebody signs in with a key file and is who they are.
pub(super) async fn signs_in(portal: &Portal, (file, person): (&std::path::Path, &Person), width: Width) {
    let browser = Browser::open(portal, width).await;
    browser.visit("/sign-in/eds?next=/cabinet/certificates").await;
    sign_with_file(&browser, file, PASSWORD).await;
    browser.find("form[action='/sign-out']").await;
    assert_eq!(browser.place().await, "/cabinet/certificates", "the person is where they wanted to go");
    browser.look().await;
    let surname = person.name.split(' ').next().unwrap_or_default().to_lowercase();
    browser.visit("/cabinet/profile").await;
    assert!(browser.words().await.to_lowercase().contains(&surname), "{}", browser.words().await);
    browser.close().await;
}

async fn is_walked(width: Width, with: With) {
    let mut portal = Portal::start();
    portal.keep_secret(PASSWORD);
    let [_, operator, _] = portal.officers(UNIT);
    let person = portal.person(OTHER);
    let browser = Browser::open(&portal, width).await;
    browser.sign_in(&person).await;
    let order = order(&browser).await;
    let letter = portal.letter(MAILBOX, &order.number);
    assert_eq!(letter.files.len(), 1, "{}", letter.text);
    let (name, application) = &letter.files[0];
    assert!(application.starts_with(b"%PDF") && name.contains(&order.number), "{name}");
    assert!(letter.subject.contains(&order.number), "{}", letter.subject);
    let told = status(&portal, &order.number, width).await;
    assert!(told.contains("Құжаттарды тапсыру күтілуде") && !told.contains(&person.iin), "{told}");

    portal.choose_key(&operator.iin);
    let desk = Browser::open(&portal, width).await;
    officer::sign_in(&desk, &operator).await;
    receive(&portal, &desk, (&operator, &order)).await;
    approve(&desk, (&operator, with), (&order.case, APPROVES)).await;
    desk.close().await;

    let [signs, enters] = install(&portal, &browser, &order).await;
    browser.close().await;
    for file in [&signs, &enters] {
        verdict::opens(&portal, file, &person);
    }
    signs_in(&portal, (&enters, &person), width).await;
    let told = status(&portal, &order.number, width).await;
    assert!(told.contains("Тіркеу куәліктерін орнату"), "the way to the install page: {told}");
    assert!(told.contains("Сертификат сәтті орнатылды") && !told.contains(&person.iin), "{told}");
}

/// [R839-6.P1, R839-6.P5, R839-6.P6, R839-6.P8, R839-6.P9, R839-6.P11, R839-12.M, R839-A2.4]
#[tokio::test]
async fn an_order_is_walked_from_the_form_to_a_key_file_that_signs_in() {
    is_walked(Width::Wide, With::Agent).await;
}

/// [R839-6.P1, R839-6.P5, R839-6.P6, R839-6.P8, R839-6.P9, R839-6.P11, R839-12.M, R839-A2.4]
#[tokio::test]
async fn an_order_is_walked_on_the_smallest_handset_too() {
    is_walked(Width::Narrow, With::KeyFile).await;
}
