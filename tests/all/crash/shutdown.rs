//! SIGTERM under load: what was acknowledged is there afterwards, and the portal ends well.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use xtask::walk::{client::Client, html};

use crate::{
    harness::{Portal, WELL},
    journeys::SERVICE,
};

/// Starts requests until told to stop; returns the addresses that the portal acknowledged.
fn load(mut client: Client, stop: &AtomicBool) -> Vec<String> {
    let mut acknowledged = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let Ok(page) = client.fetch(SERVICE) else { break };
        let Some(form) = html::forms(&page.text()).into_iter().find(|form| form.action.ends_with("/start"))
        else {
            break;
        };
        match client.send(&page, &form, None) {
            Ok(answer) if answer.status == 200 && answer.at.starts_with("/requests/") => {
                acknowledged.push(answer.at)
            }
            Ok(answer) => assert!(
                answer.status < 500 || answer.status == 503,
                "{} answered {}",
                answer.at,
                answer.status
            ),
            Err(_) => break,
        }
    }
    acknowledged
}

#[test]
fn a_portal_that_is_asked_to_end_loses_no_answer() {
    let mut portal = Portal::start();
    let person = portal.person(WELL);
    let stop = AtomicBool::new(false);
    let clients: Vec<Client> = (0..6).map(|_| portal.signed_in(&person)).collect();
    let mut later = portal.signed_in(&person);
    let acknowledged: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> = clients.into_iter().map(|client| scope.spawn(|| load(client, &stop))).collect();
        thread::sleep(Duration::from_millis(1500));
        let ended_well = portal.world.portal.as_mut().is_some_and(xtask::process::Part::stop);
        stop.store(true, Ordering::Relaxed);
        assert!(ended_well, "the portal ended well, under load");
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(acknowledged.len() > 6, "there was load: {}", acknowledged.len());
    portal.world.start_portal().unwrap();
    for place in acknowledged {
        assert_eq!(later.fetch(&place).unwrap().status, 200, "{place} was acknowledged");
    }
}
