//! The regulation of a service and the administrator's versions, as the built product shows and prints them.

use std::fs;

use xtask::repository;

use super::steps::SERVICE;
use crate::harness::{Browser, Portal, Width, validate};

/// One that a person asks for, one with an officer and a fee, one that is published to be read only.
pub(super) const REGULATIONS: [&str; 3] = [
    "/services/subscriber-number-link/regulation",
    "/services/archive-reference/regulation",
    "/services/nca-issue-card/regulation",
];

/// [R1116-8, R1116-17]
#[test]
fn a_stranger_reads_the_regulation_as_valid_html_and_takes_the_printed_one_in_two_languages() {
    let portal = Portal::start();
    let mut stranger = portal.client();
    for language in ["kk", "ru", "en"] {
        stranger.get(&format!("/?lang={language}")).unwrap();
        for path in REGULATIONS {
            stranger.get(path).unwrap();
        }
    }
    let pages = stranger.history.clone();
    let mut printed = Vec::new();
    for language in ["kk", "ru"] {
        let name = format!("{SERVICE}/regulation/regulation.{language}.pdf");
        let (first, second) = (stranger.get(&name).unwrap(), stranger.get(&name).unwrap());
        assert_eq!(first.kind, "application/pdf");
        assert!(first.bytes.starts_with(b"%PDF-"), "{name}");
        assert!(first.bytes == second.bytes, "{name} is made once");
        printed.push(first.bytes);
    }
    assert!(printed[0] != printed[1], "each in its own language");
    validate(&pages);
}

/// A folder that does not pass, as somebody tries to publish it.
fn refuse_a_version(portal: &Portal) {
    let folder = portal.world.folder.join("subscriber-number-link");
    let from = repository::root().join("services/subscriber-number-link");
    fs::create_dir_all(&folder).expect("a folder");
    for entry in fs::read_dir(from).expect("the service").flatten().filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), folder.join(entry.file_name())).expect("copied");
    }
    let table = folder.join("process.toml");
    let text = fs::read_to_string(&table).expect("a table");
    fs::write(&table, text.replacen("\"fill\"", "\"fil\"", 1)).expect("written");
    portal.world.run(&["publish", &folder.to_string_lossy()]).expect_err("it does not pass");
}

/// What an administrator sees when a version was refused.
async fn versions(width: Width) {
    let portal = Portal::start();
    refuse_a_version(&portal);
    let browser = Browser::open(&portal, width).await;
    browser.sign_in(&portal.person("officer-1")).await;
    browser.visit("/desk").await;
    browser.press("a[href='/desk/services']").await;
    browser.find("[data-rejected]").await;
    browser.look().await;
    let words = browser.words().await;
    assert!(words.contains("process.toml:"), "the file and the line");
    assert!(words.contains("Портал соңғы жарамды редакция бойынша жұмысын жалғастыруда"));
    browser.close().await;
    let mut administrator = portal.signed_in(&portal.person("officer-1"));
    administrator.get("/desk/services").expect("the versions");
    validate(&administrator.history);
}

#[tokio::test]
async fn the_versions_stand_at_a_desk() {
    versions(Width::Wide).await;
}

#[tokio::test]
async fn the_versions_stand_on_a_handset() {
    versions(Width::Narrow).await;
}

/// By keyboard alone from a symbol of the diagram to its column of the table.
///
/// [R1116-13]
#[tokio::test]
async fn the_diagram_is_walked_by_keyboard_and_leads_into_the_table() {
    use fantoccini::key::Key;
    let portal = Portal::start();
    let browser = Browser::open(&portal, Width::Narrow).await;
    browser.visit(REGULATIONS[1]).await;
    browser
        .client()
        .execute("document.querySelector('.qz-diagram').focus()", Vec::new())
        .await
        .expect("a focus");
    assert_eq!(
        browser.focus("aria-labelledby").await,
        "diagram",
        "the frame is reached, so that it can be scrolled"
    );
    browser.keys(&[Key::Tab]).await;
    assert_eq!(browser.focus("href").await, "#action-1");
    let name = "return document.activeElement.querySelector('title').textContent";
    let name = browser.client().execute(name, Vec::new()).await.expect("a name");
    assert!(name.as_str().is_some_and(|name| name.starts_with("1-әрекет")), "the symbol has words: {name}");
    browser.keys(&[Key::Enter]).await;
    browser.find("#action-1:target").await;
    browser.close().await;
}
