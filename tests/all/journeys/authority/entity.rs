//! The first head of a legal entity and an employee fill the form for certificates: the position is asked of the employee alone.

use qyzmet_connectors::gbd_ul::demo::organisations;

use super::{MAILBOX, keys};
use crate::harness::{Browser, Portal, WELL, Width};

/// Says for whom, and comes to the page on which messages go somewhere.
async fn choose(browser: &Browser, holder: &str) {
    browser.press(&format!("#form input[name='holder'][value='{holder}']")).await;
    browser.look().await;
    go_on(browser).await;
    browser.find("#form [name='email']").await;
    browser.look().await;
}

async fn go_on(browser: &Browser) {
    browser.press("#form > button.govuk-button").await;
}

async fn order(width: Width) {
    let portal = Portal::start();
    let person = portal.person(WELL);
    let browser = Browser::open(&portal, width).await;
    browser.sign_in(&person).await;
    browser.visit("/services/nca-issue-entity").await;
    browser.press("form[action$='/start'] button").await;
    browser.find("#form [name='bin']").await;
    browser.look().await;
    browser.fill("bin", organisations()[0].bin.as_str()).await;
    go_on(&browser).await;
    choose(&browser, "employee").await;
    browser.fill("email", MAILBOX).await;
    go_on(&browser).await;
    browser.find(".govuk-error-summary").await;
    browser.look().await;
    let case = browser.place().await.split('?').next().unwrap_or_default().to_owned();
    browser.visit(&format!("{case}?page=holder")).await;
    choose(&browser, "head").await;
    assert!(!browser.has("#form [name='position']").await, "the register knows that of the head");
    browser.fill("email", MAILBOX).await;
    go_on(&browser).await;
    for (field, value) in
        [("region", "Ақмола облысы"), ("settlement", "Көкшетау"), ("registration-centre", "№ 1 ХҚКО")]
    {
        browser.fill(field, value).await;
    }
    browser.look().await;
    go_on(&browser).await;
    browser.press("#form input[name='storage'][value='computer']").await;
    go_on(&browser).await;
    keys::make(&browser).await;
    go_on(&browser).await;
    // The register of individuals and that of legal entities have answered: the page shows the number by itself.
    browser.find(".qz-number__value").await;
    browser.look().await;
    browser.close().await;
}

/// [R839-6.P1, R839-6.P4, R839-20.3]
#[tokio::test]
async fn certificates_for_an_entity_are_ordered_at_a_desk() {
    order(Width::Wide).await;
}

/// [R839-6.P1, R839-6.P4, R839-20.3]
#[tokio::test]
async fn certificates_for_an_entity_are_ordered_on_the_smallest_handset() {
    order(Width::Narrow).await;
}
