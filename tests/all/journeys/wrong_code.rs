//! A wrong code links nothing, and the last attempt ends the request.

use xtask::walk::story;

use super::steps::SERVICE;
use crate::harness::{A_NUMBER, NUMBERS, Portal, WELL};

/// [R58-9, R58-9.D]
#[test]
fn three_wrong_codes_end_the_request_and_link_nothing() {
    let mut portal = Portal::start();
    let person = portal.person(WELL);
    let mut client = portal.signed_in(&person);
    let service = client.get(SERVICE).unwrap();
    let case = story::request(&mut client, &service, NUMBERS[1]).unwrap();
    let right = portal.code(NUMBERS[1]);
    let wrong = if right == "000000" { "000001" } else { "000000" };
    let folder = portal.world.folder.join("hero");
    let signature = story::sign(&mut client, &case, &person, &folder).unwrap();
    let statuses = [(); 3].map(|()| {
        let upload = xtask::walk::client::Upload { field: "signature", file: "r.p7s", bytes: &signature };
        let form = case.form("code").unwrap().with("code", wrong);
        client.send(&case, &form, Some(upload)).unwrap().status
    });
    assert_eq!(statuses[0], 422, "the first wrong code is told beside the field");
    let late = story::confirm(&mut client, &case, &right, &signature);
    assert!(
        late.is_err() || !late.unwrap().text().contains("govuk-panel--confirmation"),
        "the right code comes too late"
    );
    let profile = client.get("/cabinet/profile").unwrap().text();
    assert!(!profile.contains(A_NUMBER), "nothing is linked");
}
