//! The whole path without scripts, in three languages, with every page checked as HTML.

use xtask::walk::html;

use super::steps::{SERVICE, link_without_scripts};
use crate::harness::{NUMBERS, Portal, WELL, validate};

/// Pages that anybody, and a person who is signed in, can see.
const PAGES: [&str; 14] = [
    "/",
    "/services",
    SERVICE,
    "/sign-in",
    "/sign-in/password",
    "/sign-in/eds",
    "/verify",
    "/accessibility",
    "/privacy",
    "/outage",
    "/cabinet",
    "/cabinet/profile",
    "/cabinet/data-use",
    "/requests",
];

/// [R58-4a, R58-4b, R58-A.1, R58-A.6, R58-A.10]
#[test]
fn every_page_is_valid_html_in_three_languages() {
    let mut portal = Portal::start();
    let person = portal.person(WELL);
    let number = link_without_scripts(&mut portal, &person, NUMBERS[0]);
    let mut pages = Vec::new();
    for language in ["kk", "ru", "en"] {
        let mut client = portal.signed_in(&person);
        client.get(&format!("/?lang={language}")).unwrap();
        for path in PAGES {
            client.get(path).unwrap();
        }
        client.get(&format!("/results/{number}")).unwrap();
        client.get(&format!("/r/{number}")).unwrap();
        assert_eq!(client.fetch("/no-such-page").unwrap().status, 404);
        let page = client.history.last().unwrap().text();
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "the language is kept");
        pages.append(&mut client.history);
    }
    validate(&pages);
}

/// [R58-5.2a]
#[test]
fn the_pages_of_the_path_are_valid_html_and_the_button_says_what_the_act_says() {
    let mut portal = Portal::start();
    let person = portal.person(WELL);
    let mut client = portal.signed_in(&person);
    let service = client.get(SERVICE).unwrap();
    let case = xtask::walk::story::request(&mut client, &service, NUMBERS[1]).unwrap();
    let form = case.form("code").unwrap().with("code", "1");
    assert_eq!(client.send(&case, &form, None).unwrap().status, 422);
    portal.code(NUMBERS[1]);
    let said: Vec<String> = client.history.iter().map(|page| html::words(&page.text())).collect();
    assert!(
        said.iter().any(|page| page.contains("Тексеру кодын алу")),
        "order 58 names the button: {said:#?}"
    );
    validate(&client.history);
}
