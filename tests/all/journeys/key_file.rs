//! Signing in the page with a key file: signing in, and the files and passwords that are not taken.

use std::fs;

use super::steps::{ask_for_code, failure, sign_with_file};
use crate::harness::{Browser, NUMBERS, OTHER, Portal, WELL, Width};

/// [R74-4.2]
#[tokio::test]
async fn a_person_signs_in_with_a_key_file() {
    let portal = Portal::start();
    let person = portal.person(WELL);
    let browser = Browser::open(&portal, Width::Wide).await;
    browser.visit("/cabinet").await;
    browser.press("a[href^='/sign-in/eds']").await;
    browser.look().await;
    let key = person.key.with_file_name(format!("{}-auth.p12", person.login));
    sign_with_file(&browser, &key, &person.key_password).await;
    browser.find("form[action='/sign-out']").await;
    assert_eq!(browser.place().await, "/cabinet");
    browser.look().await;
    browser.close().await;
}

/// Every key that cannot sign here is told in words before anything is sent, and the right one signs afterwards.
/// [R58-5.2c, R10-2.15]
#[tokio::test]
async fn a_wrong_password_a_key_for_sign_in_and_a_key_of_another_person_cost_nothing() {
    let mut portal = Portal::start();
    let (person, other) = (portal.person(WELL), portal.person(OTHER));
    let browser = Browser::open(&portal, Width::Narrow).await;
    browser.sign_in(&person).await;
    ask_for_code(&browser, NUMBERS[0]).await;
    let code = portal.code(NUMBERS[0]);
    browser.fill("code", &code).await;
    let for_sign_in = person.key.with_file_name(format!("{}-auth.p12", person.login));
    let damaged = portal.world.folder.join("damaged.p12");
    fs::write(&damaged, b"not a key file").expect("a file");
    for (key, password, told, words) in [
        (&person.key, "Basqa-qupia-1", "wrong-password", "Кілттің паролі дұрыс емес"),
        (&for_sign_in, person.key_password.as_str(), "wrong-purpose", "Бұл куәлік қол қоюға арналмаған"),
        (&other.key, other.key_password.as_str(), "other-person", "Бұл кілт басқа адамға тиесілі"),
        (&damaged, person.key_password.as_str(), "bad-file", "Бұл файл кілт файлы емес"),
    ] {
        sign_with_file(&browser, key, password).await;
        let said = failure(&browser, told).await;
        assert!(said.contains(words), "{told}: {said}");
        assert_eq!(browser.value("code").await, code, "{told}: the code stays in its field");
    }
    sign_with_file(&browser, &person.key, &person.key_password).await;
    browser.find(".govuk-panel--confirmation").await;
    browser.close().await;
}
