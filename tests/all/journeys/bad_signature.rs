//! Signatures that must not be taken: each leaves the request where it stands.

use std::path::Path;

use xtask::{
    demo::people::Person,
    walk::{
        client::{Client, Page, Upload},
        openssl::Key,
        story,
    },
};

use super::steps::SERVICE;
use crate::harness::{NUMBERS, OTHER, Portal, WELL};

struct Waiting {
    portal: Portal,
    client: Client,
    case: Page,
    code: String,
    document: Vec<u8>,
}

fn waiting(person: &Person, mut portal: Portal) -> Waiting {
    let mut client = portal.signed_in(person);
    let service = client.get(SERVICE).unwrap();
    let case = story::request(&mut client, &service, NUMBERS[0]).unwrap();
    let code = portal.code(NUMBERS[0]);
    let document = client.get(&case.link("document.json").unwrap()).unwrap().bytes;
    Waiting { portal, client, case, code, document }
}

impl Waiting {
    /// Status of the answer to a signature; the request must still wait afterwards.
    fn send(&mut self, signature: &[u8]) -> u16 {
        let upload = Upload { field: "signature", file: "r.p7s", bytes: signature };
        let form = self.case.form("code").unwrap().with("code", &self.code);
        let answer = self.client.send(&self.case, &form, Some(upload)).unwrap();
        let again = self.client.get(&self.case.at).unwrap();
        assert!(again.form("code").is_ok(), "the request waits as before");
        answer.status
    }
}

fn sign(person: &Person, content: &[u8], folder: &Path) -> Vec<u8> {
    Key::open(&person.key, &person.key_password, folder).unwrap().sign(content).unwrap()
}

/// [R58-5.2c, R10-2.15]
#[test]
fn a_signature_of_somebody_else_or_over_something_else_is_not_taken() {
    let portal = Portal::start();
    let (person, other) = (portal.person(WELL), portal.person(OTHER));
    let folder = portal.world.folder.join("keys-out");
    let mut waiting = waiting(&person, portal);
    let document = waiting.document.clone();
    assert_eq!(waiting.send(&sign(&other, &document, &folder)), 422, "of another person");
    assert_eq!(waiting.send(&sign(&person, b"something else", &folder)), 422, "over something else");
    assert_eq!(waiting.send(b"not a signature"), 422, "malformed");
    let mut broken = sign(&person, &document, &folder);
    let last = broken.len() - 1;
    broken[last] ^= 1;
    assert_eq!(waiting.send(&broken), 422, "one bit of the signature changed");
    let taken = waiting.client.send(
        &waiting.case,
        &waiting.case.form("code").unwrap().with("code", &waiting.code),
        Some(Upload { field: "signature", file: "r.p7s", bytes: &sign(&person, &document, &folder) }),
    );
    assert_eq!(taken.unwrap().status, 200, "the right signature is taken after all that");
    drop(waiting.portal);
}
