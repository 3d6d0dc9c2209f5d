//! A register that does not answer properly is a delay, never a refusal (invariant 5).

use std::{thread, time::Duration};

use xtask::walk::story;

use crate::{
    harness::{NUMBERS, Portal, WELL},
    journeys::SERVICE,
};

/// Every way in which the gateway can fail; after each, the same request goes on to its result.
#[test]
fn a_register_that_fails_delays_the_request_and_refuses_nothing() {
    let mut portal = Portal::start();
    let person = portal.person(WELL);
    let mut client = portal.signed_in(&person);
    portal.switch(portal.world.ports.gateway, "down");
    let service = client.get(SERVICE).unwrap();
    let case = story::request(&mut client, &service, NUMBERS[0]).unwrap();
    let code = portal.code(NUMBERS[0]);
    let folder = portal.world.folder.join("hero");
    let signature = story::sign(&mut client, &case, &person, &folder).unwrap();
    let done = story::confirm(&mut client, &case, &code, &signature).unwrap();
    let status = done.link("/status").unwrap();
    for mode in ["down", "malformed", "wrong-signature", "fault", "truncated", "dtd"] {
        portal.switch(portal.world.ports.gateway, mode);
        thread::sleep(Duration::from_millis(700));
        let page = client.get(&status).unwrap().text();
        assert!(page.contains("<qz-live"), "in the mode {mode} the request still runs");
    }
    portal.switch(portal.world.ports.gateway, "ok");
    story::follow(&mut client, &done).unwrap();
}
