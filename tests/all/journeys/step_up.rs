//! Before a linked number is changed in a session that is no longer fresh, the person proves anew who they are.

use std::path::Path;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use xtask::{
    demo::{people::Person, world::Engine},
    walk::{
        client::{Client, Page, Upload},
        html,
        openssl::Key,
    },
};

use super::steps::{SERVICE, link_without_scripts, sign_with_file};
use crate::harness::{Browser, NUMBERS, OTHER, Portal, WELL, Width, validate};

/// A portal to which every session by password is too old at once for what asks for a fresh proof.
fn portal() -> Portal {
    Portal::prepared(Engine::Sqlite, |world| world.set("QYZMET_LIMITS__SESSION_FRESH_MIN", "0"))
}

/// Signs the challenge on the page with the person's key.
fn answer(client: &mut Client, page: &Page, person: &Person, folder: &Path) -> Page {
    let content = page.marked("data-content").expect("the text to sign");
    let content = STANDARD.decode(content).expect("base64");
    let signature =
        Key::open(&person.key, &person.key_password, folder).unwrap().sign(&content).expect("signed");
    let form = page.form("challenge").expect("the form of the challenge");
    let upload = Upload { field: "signature", file: "s.p7s", bytes: &signature };
    client.send(page, &form, Some(upload)).expect("an answer")
}

/// [R58-8, R74-4.2]
#[test]
fn a_change_in_an_old_session_leads_through_a_new_proof_back_to_the_same_page_with_what_was_typed() {
    let mut portal = portal();
    let (person, other) = (portal.person(WELL), portal.person(OTHER));
    link_without_scripts(&mut portal, &person, NUMBERS[0]);
    let mut client = portal.signed_in(&person);
    let service = client.get(SERVICE).unwrap();
    let start = html::forms(&service.text())
        .into_iter()
        .find(|form| form.action.ends_with("/start"))
        .expect("a button");
    let page = client.submit(&service, &start, None).unwrap();
    let form = page.form("number").unwrap().with("number", NUMBERS[1]);
    let choice = client.submit(&page, &form, None).unwrap();
    assert!(choice.at.starts_with("/sign-in?next="), "{}", choice.at);
    assert!(choice.text().contains("Өзіңізді қайта растаңыз"));
    assert!(choice.link("/sign-in/password").unwrap().contains("step-up=1"), "the password is a way too");
    assert_eq!(portal.messages(NUMBERS[1]), 0, "no code has gone out");
    let eds = client.get(&choice.link("/sign-in/eds").unwrap()).unwrap();
    let folder = portal.world.folder.join("keys-out");
    let refused = answer(&mut client, &eds, &other, &folder);
    assert_eq!(refused.status, 422, "another person proves nothing");
    assert!(refused.text().contains("Қолтаңба басқа адамдікі"));
    let back = answer(&mut client, &refused, &person, &folder);
    assert_eq!((back.status, back.at.as_str()), (200, page.at.as_str()), "the same page of the form");
    let form = back.form("number").unwrap();
    assert!(form.fields.contains(&("number".to_owned(), NUMBERS[1].to_owned())), "with what was typed");
    let next = client.submit(&back, &form, None).unwrap();
    assert!(next.form("page").is_ok() && next.at.contains("page=consent"), "{}", next.at);
    validate(&client.history);
}

/// The same in the browser: the question who this is, the other one's key that is not taken, and the way back.
async fn proves_anew(width: Width) {
    let mut portal = portal();
    let (person, other) = (portal.person(WELL), portal.person(OTHER));
    link_without_scripts(&mut portal, &person, NUMBERS[0]);
    let browser = Browser::open(&portal, width).await;
    browser.sign_in(&person).await;
    browser.visit(SERVICE).await;
    browser.press("form[action$='/start'] button").await;
    browser.fill("number", NUMBERS[1]).await;
    browser.press("#form > button.govuk-button").await;
    browser.find("main a[href^='/sign-in/eds']").await;
    assert!(browser.words().await.contains("Өзіңізді қайта растаңыз"), "{}", browser.words().await);
    browser.look().await;
    browser.press("main a[href^='/sign-in/eds']").await;
    let auth = |person: &Person| person.key.with_file_name(format!("{}-auth.p12", person.login));
    sign_with_file(&browser, &auth(&other), &other.key_password).await;
    browser.find("#signature-error").await;
    assert!(browser.words().await.contains("Қолтаңба басқа адамдікі"), "{}", browser.words().await);
    browser.look().await;
    sign_with_file(&browser, &auth(&person), &person.key_password).await;
    browser.find("#form [name='number']").await;
    assert!(browser.value("number").await.contains("20000456"), "what was typed stands");
    browser.look().await;
    browser.close().await;
}

/// [R58-8, R74-4.2]
#[tokio::test]
async fn a_new_proof_is_asked_for_and_given_at_a_desk() {
    proves_anew(Width::Wide).await;
}

/// [R58-8, R74-4.2]
#[tokio::test]
async fn a_new_proof_is_asked_for_and_given_on_a_handset() {
    proves_anew(Width::Narrow).await;
}
