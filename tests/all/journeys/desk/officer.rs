//! The officer's side: signing in by EDS, the queue, and each thing that can be done about a piece of work.

use std::time::{Duration, Instant};

use fantoccini::Locator;
use xtask::{demo::people::Person, walk::client::Client};

use super::{
    super::steps::{failure, sign_with_file},
    RECEIVE,
    recipient::wait,
    work,
};
use crate::harness::Browser;

/// Signs in by EDS with the key file, on the way to the desk.
pub(in crate::journeys) async fn sign_in(browser: &Browser, officer: &Person) {
    browser.visit("/desk").await;
    browser.press("a[href^='/sign-in/eds']").await;
    let key = officer.key.with_file_name(format!("{}-auth.p12", officer.login));
    sign_with_file(browser, &key, &officer.key_password).await;
    browser.find("form[action='/sign-out']").await;
    assert_eq!(browser.place().await, "/desk", "the officer is where they wanted to go");
    browser.look().await;
}

/// The works of the queue, from its top.
pub(super) async fn queue(browser: &Browser) -> Vec<String> {
    browser.visit("/desk").await;
    let links = browser.client().find_all(Locator::Css(".qz-queue__title a")).await.expect("a page");
    let mut queue = Vec::new();
    for link in links {
        queue.push(link.attr("href").await.expect("a link").unwrap_or_default());
    }
    queue
}

/// Opens a piece of work from the queue, once it has come there.
pub(in crate::journeys) async fn open(browser: &Browser, case: &str, action: u32) {
    let begun = Instant::now();
    while !queue(browser).await.contains(&work(case, action)) {
        assert!(begun.elapsed() < Duration::from_secs(60), "action {action} never came to the desk");
    }
    browser.press(&format!("a[href='{}']", work(case, action))).await;
    browser.find("#claims").await;
    browser.look().await;
}

/// Takes the work that is open.
pub(super) async fn take(browser: &Browser) {
    browser.press("form[action$='/take'] button").await;
    // Taken, it can no longer be taken: the button has gone.
    browser.find(".qz-desk-actions:not(:has(form[action$='/take']))").await;
    assert!(browser.words().await.contains("Сізге берілген"), "{}", browser.words().await);
    browser.look().await;
}

/// Goes to one of the forms of the work that is open.
pub(in crate::journeys) async fn go(browser: &Browser, form: &str) {
    browser.press(&format!("a[href$='/{form}']")).await;
    browser.find(&format!("form[action$='/{form}']")).await;
    browser.look().await;
}

/// Sends a form that comes back with a mistake, which is told beside the field and gets the focus.
pub(in crate::journeys) async fn mistake(browser: &Browser, field: &str) {
    browser.press("main form > button.govuk-button").await;
    browser.find(&format!("#{field}-error")).await;
    browser.wait_for_focus("class", "govuk-error-summary").await;
    browser.look().await;
}

/// Sends a form that is taken: the work stands again.
pub(in crate::journeys) async fn send(browser: &Browser) {
    browser.press("main form > button.govuk-button").await;
    browser.find("#claims").await;
    browser.look().await;
}

/// Takes in all papers of a case at an action; without them the form comes back.
pub(in crate::journeys) async fn receive(browser: &Browser, case: &str, action: u32) {
    open(browser, case, action).await;
    go(browser, "receive").await;
    mistake(browser, "papers").await;
    let boxes = browser.client().find_all(Locator::Css("[name^='paper-']")).await.expect("a page");
    for paper in boxes {
        paper.click().await.expect("ticked");
    }
    send(browser).await;
}

/// Opens every reckoning of a term, and looks at them.
pub(super) async fn reckonings(browser: &Browser) {
    let summaries = browser.client().find_all(Locator::Css("main summary")).await.expect("a page");
    assert!(!summaries.is_empty(), "each term opens its reckoning");
    for summary in summaries {
        summary.click().await.expect("opened");
    }
    browser.look().await;
}

/// Tries to sign with a key that is not the officer's own: the page says so, and nothing is sent.
pub(super) async fn strange_key(browser: &Browser, other: &Person) {
    sign_with_file(browser, &other.key, &other.key_password).await;
    let said = failure(browser, "other-person").await;
    assert!(said.contains("Бұл кілт басқа адамға тиесілі"), "{said}");
}

/// Takes in all papers of a case without scripts.
pub(super) fn receive_without_scripts(client: &mut Client, case: &str) {
    let work = work(case, RECEIVE);
    wait(client, &work, "/receive");
    let page = client.get(&format!("{work}/receive")).expect("the form");
    let form = page.form("visit").expect("the form").ticked();
    client.submit(&page, &form, None).expect("received");
}
