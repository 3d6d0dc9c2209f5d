//! What the signer refuses although the portal let it pass: it is journalled, rests, and goes on when what was in the way is gone.

use std::time::Duration;

use qyzmet_app::{
    ReviveJob,
    authority::orders::OrderProblem,
    ports::{Fault, Signing},
    run,
};
use qyzmet_domain::Caller;
use qyzmet_pki::request::{Request, RequestError, WeakKey};
use qyzmet_store::{
    jobs::{self, DeadJob},
    journal,
    repositories::{
        certificates,
        officers::{self, OfficerRow},
    },
};
use tempfile::tempdir;

use super::world::{Pki, World, asked, new_order, now, officer};

async fn appoint(world: &World, officer: OfficerRow) {
    world.app.store.write(move |tx| officers::put(tx, &officer)).await.unwrap();
}

/// Waits for a job that was given up.
async fn given_up(world: &World) -> DeadJob {
    for _ in 0..1000 {
        if let Some(job) = world.app.store.read(|tx| jobs::dead(tx, None, 9)).await.unwrap().pop() {
            return job;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("no job is given up");
}

/// [R839-6.C3, R839-15.1f]
#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_the_signer_refuses_is_journalled_and_issued_when_the_operator_may_act_again() {
    let folder = tempdir().unwrap();
    let world = World::whole(folder.path()).await;
    world.intended(new_order("N-1", [asked(), asked()])).await;
    appoint(&world, OfficerRow { ends_at: Some(now()), ..officer() }).await;
    world.work(2);
    let job = given_up(&world).await;
    let store = &world.app.store;
    let entries = store.read(|tx| journal::of_kind(tx, "certificates-refused", None, 9)).await.unwrap();
    let said = entries
        .iter()
        .filter_map(|entry| entry.payload.as_ref())
        .map(ToString::to_string)
        .collect::<String>();
    assert!(said.contains("\"signer\"") && said.contains("no officer now"), "{said}");
    assert!(store.read(|tx| certificates::of_order(tx, "N-1", 9)).await.unwrap().is_empty());

    appoint(&world, officer()).await;
    run(&world.app, &Caller::System, ReviveJob { id: job.id }).await.unwrap();
    assert_eq!(world.issued("N-1").await.len(), 2);
}

/// [R839-6.P10]
#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_a_list_is_refused_by_the_portal_and_by_the_signer() {
    let folder = tempdir().unwrap();
    Pki::found().keep(folder.path());
    let weak = asked();
    let list = Request::from_der(&weak).unwrap().key().id().to_string();
    let knowing = Pki { known_keys: format!("# published\n{list}\n"), ..Pki::kept(folder.path()) };
    // A portal that was not told takes the order; its signer was told.
    let world = World::over(folder.path()).await;
    world.intended(new_order("N-1", [asked(), weak.clone()])).await;
    let question = world.question("N-1").await;
    let stores = (world.app.store.clone(), world.app.store.clone());
    let answer = knowing.role(stores, &world.clock).certificates(question).await;
    assert_eq!(answer.err(), Some(Fault::Rejected(WeakKey::Known.to_string())));

    let folder = tempdir().unwrap();
    knowing.keep(folder.path());
    let world = World::over(folder.path()).await;
    let problem = world.register(new_order("N-2", [asked(), weak])).await.unwrap_err();
    assert_eq!(problem, OrderProblem::Request(RequestError::Key(WeakKey::Known)));
    assert_eq!(problem.key(), "weak-key");
}
