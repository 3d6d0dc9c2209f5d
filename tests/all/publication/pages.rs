//! The page of revoked certificates and the page about the services, without scripts.

use super::Checker;
use crate::harness::validate;

/// [R839-T3.4] [R839-T5.9]
#[test]
fn the_page_shows_serial_date_and_reason_and_nobody() {
    let checker = Checker::start();
    let mut client = checker.portal.client();
    let empty = client.get("/pki/revoked").expect("a page").text();
    assert!(empty.contains("бірде-бір тіркеу куәлігі"), "{empty}");
    checker.change("revoke", &["--reason", "key-compromise"]);
    let page = client.get("/pki/revoked").expect("a page").text();
    assert!(page.contains(&checker.serial) && page.contains("Жабық кілтке"), "{page}");
    let typed = checker.serial.to_uppercase();
    for (serial, there) in [(typed.as_str(), true), ("01:23", false), ("жоқ", false)] {
        let page = client.get(&format!("/pki/revoked?serial={serial}")).expect("a page").text();
        assert_eq!(page.contains("Жабық кілтке"), there, "{serial}");
    }
    let person = checker.portal.person(crate::harness::WELL);
    for word in person.name.split(' ').chain([person.iin.as_str()]) {
        assert!(!page.contains(word), "personal");
    }
    for locale in ["ru", "en"] {
        client.get(&format!("/pki/revoked?lang={locale}")).expect("a page");
    }
    validate(&client.history);
}

#[test]
fn the_services_tell_how_they_are_to_people_and_to_programs() {
    let checker = Checker::start();
    checker.wait_for("/pki/crl/ca/delta.crl");
    let mut client = checker.portal.client();
    let page = client.get("/pki/health").expect("a page").text();
    assert!(page.contains("Барлық сервис жұмыс істеп тұр"), "{page}");
    let json = client.get("/pki/health.json").expect("an answer").text();
    let health: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(health["well"], true, "{json}");
    let ca = health["issuers"].as_array().expect("a list").iter().find(|issuer| issuer["name"] == "ca");
    let ca = ca.expect("the issuing authority");
    assert!(ca["full"]["age"].as_i64().expect("seconds") < 600 && ca["unpublished"] == 0, "{json}");
    assert!(ca["answers-until"].is_string() && health["stamps-until"].is_string(), "{json}");
    validate(&client.history);
}
