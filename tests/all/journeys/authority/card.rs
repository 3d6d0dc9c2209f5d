//! Certificates onto the card of a visitor: the officer begins at the desk, the card makes the keys, the operator confirms, the card
//! keeps the certificates. The agent is the real one, the card is SoftHSM2, and OpenSC looks at it afterwards.

use std::path::PathBuf;

use fantoccini::Locator;
use xtask::demo::people::Person;

use super::{
    super::desk::{UNIT, officer},
    MAILBOX,
    order::{self, With},
    verdict,
};
use crate::harness::{Browser, OTHER, Portal, Width, Workstation};

const SERVICE: &str = "nca-issue-card";
/// Number of the visitor's identity card.
const CARD: &str = "012345678";
/// Actions of its table at the desk.
const IDENTITY: u32 = 2;
const CONTACT: u32 = 4;
const KEYS: u32 = 7;
const APPROVES: u32 = 9;
const WRITES: u32 = 12;

/// Names service and visitor, and sees the identity card; the answer is the case.
async fn begin(desk: &Browser, visitor: &Person) -> String {
    desk.visit("/desk/start").await;
    desk.press(&format!("[name='service'][value='{SERVICE}']")).await;
    desk.fill("iin", &visitor.iin).await;
    officer::send(desk).await;
    let place = desk.place().await;
    let case = place.trim_start_matches("/desk/").split('/').next().unwrap_or_default().to_owned();
    officer::go(desk, "report").await;
    desk.find("main textarea").await.send_keys(CARD).await.expect("typed");
    officer::send(desk).await;
    officer::open(desk, &case, IDENTITY).await;
    officer::go(desk, "decide").await;
    desk.press("[name='verdict'][value='.granted']").await;
    officer::send(desk).await;
    officer::open(desk, &case, CONTACT).await;
    officer::go(desk, "fill").await;
    desk.fill("email", MAILBOX).await;
    officer::send(desk).await;
    case
}

/// Presses the button of the card; the visitor types the PIN at the agent; the form goes on.
async fn at_the_card(desk: &Browser, workstation: &mut Workstation) {
    desk.find("qz-card[data-ready]").await;
    workstation.type_pin();
    desk.press("qz-card button.qz-sign__button").await;
    desk.find("qz-card[data-done], qz-card[data-failure]").await;
    desk.look().await;
    assert!(!desk.has("qz-card[data-failure]").await, "{}", desk.words().await);
    officer::send(desk).await;
}

/// Objects of a class on the card.
fn objects(workstation: &Workstation, class: &str) -> Vec<String> {
    let listed = workstation.pkcs11_tool(&["--list-objects", "--type", class]);
    let id = |line: &str| line.trim().strip_prefix("ID:").map(|id| id.trim().to_owned());
    listed.lines().filter_map(id).collect()
}

/// Each certificate on the card is read by OpenSC, holds, and its key signs.
fn is_whole(portal: &Portal, workstation: &Workstation, visitor: &Person) {
    let mut ids = objects(workstation, "cert");
    let mut keys = objects(workstation, "privkey");
    ids.sort();
    keys.sort();
    assert_eq!(ids.len(), 2, "one to sign, one to sign in");
    assert_eq!(ids, keys, "each beside its key");
    let file = |name: &str| -> PathBuf { workstation.folder().join(name) };
    std::fs::write(file("content"), "Қолтаңба").expect("written");
    verdict::digest(&file("content"), &file("digest"));
    for id in ids {
        let (certificate, signature) = (file(&format!("{id}.der")), file(&format!("{id}.sig")));
        let (read, signed) = (certificate.to_string_lossy(), signature.to_string_lossy());
        workstation.pkcs11_tool(&["--read-object", "--type", "cert", "--id", &id, "-o", &read]);
        let sign = ["--sign", "--mechanism", "ECDSA", "--signature-format", "openssl", "--id", &id];
        let files = ["--input-file", "digest", "--output-file", &signed];
        workstation.pkcs11_tool(&[&sign[..], &files].concat());
        verdict::holds(portal, &certificate, visitor);
        verdict::fits(&certificate, (&file("content"), &signature));
    }
}

/// What a stranger is told under the number: nothing that leads to an install page.
async fn is_told(portal: &Portal, number: &str, width: Width) {
    let told = order::status(portal, number, width).await;
    assert!(told.contains("Тіркеу куәліктері картаға жазылды"), "{told}");
    assert!(!told.contains("Тіркеу куәліктерін орнату"), "nothing is left to be installed: {told}");
}

async fn is_issued(width: Width) {
    let mut portal = Portal::start();
    let mut workstation = Workstation::start(&mut portal);
    let [_, operator, _] = portal.officers(UNIT);
    let visitor = portal.person(OTHER);
    let desk = Browser::open(&portal, width).await;
    officer::sign_in(&desk, &operator).await;
    let case = begin(&desk, &visitor).await;
    officer::open(&desk, &case, KEYS).await;
    officer::go(&desk, "fill").await;
    at_the_card(&desk, &mut workstation).await;
    assert_eq!(objects(&workstation, "privkey").len(), 2);
    order::approve(&desk, (&operator, With::KeyFile), (&case, APPROVES)).await;
    officer::open(&desk, &case, WRITES).await;
    officer::go(&desk, "write").await;
    at_the_card(&desk, &mut workstation).await;
    assert!(desk.words().await.contains("Бұл әрекет аяқталды"), "{}", desk.words().await);
    let number =
        desk.client().find(Locator::XPath("//dt[contains(., 'Сұрау салу нөмірі')]/following-sibling::dd"));
    let number = number.await.expect("a number").text().await.expect("a number");
    desk.close().await;
    is_whole(&portal, &workstation, &visitor);
    is_told(&portal, &number, width).await;
}

/// [R839-9.P1, R839-9.P6, R839-9.P7, R839-9.P8, R839-9.P10, R839-12.M]
#[tokio::test]
async fn a_visitor_leaves_the_desk_with_certificates_on_the_own_card() {
    is_issued(Width::Wide).await;
}

/// [R839-9.P1, R839-9.P6, R839-9.P10]
#[tokio::test]
async fn a_card_is_written_at_a_desk_with_the_smallest_screen_too() {
    is_issued(Width::Narrow).await;
}
