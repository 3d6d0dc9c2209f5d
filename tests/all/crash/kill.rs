//! A power cut at every step: the request goes on from where it was acknowledged, and nothing happens twice.

use xtask::{
    demo::{people::Person, world::Engine},
    walk::{client::Client, story},
};

use crate::{
    harness::{NUMBERS, Portal, WELL},
    journeys::SERVICE,
};

/// Cuts the power after each step of the main job.
fn walk_with_cuts(engine: Engine) {
    let mut portal = Portal::prepared(engine, |_| {});
    let person: Person = portal.person(WELL);
    let mut client: Client = portal.signed_in(&person);
    cut(&mut portal);
    let service = client.get(SERVICE).unwrap();
    let case = story::request(&mut client, &service, NUMBERS[0]).unwrap();
    cut(&mut portal);
    let code = portal.code(NUMBERS[0]);
    cut(&mut portal);
    let folder = portal.world.folder.join("hero");
    let signature = story::sign(&mut client, &case, &person, &folder).unwrap();
    cut(&mut portal);
    let done = story::confirm(&mut client, &case, &code, &signature).unwrap();
    // From here on the portal works by itself: it is cut off again and again while it does.
    for _ in 0..4 {
        cut(&mut portal);
    }
    let result = story::follow(&mut client, &done).unwrap();
    let number = result.of_class("qz-number__value").unwrap();
    cut(&mut portal);
    let list = client.get("/requests").unwrap().text();
    let shown = client.get(&format!("/r/{number}")).unwrap();
    assert_eq!(shown.marked("data-outcome").unwrap(), "valid");
    assert_eq!(list.matches("/requests/").count().min(2), 1, "there is one request, not two");
    assert_eq!(portal.codes_sent(NUMBERS[0]), 1, "one code was sent, not two");
}

fn cut(portal: &mut Portal) {
    portal.world.cut_power().unwrap();
}

#[test]
fn a_request_survives_power_cuts_on_sqlite() {
    walk_with_cuts(Engine::Sqlite);
}

#[test]
fn a_request_survives_power_cuts_on_postgresql() {
    walk_with_cuts(Engine::Postgres);
}
