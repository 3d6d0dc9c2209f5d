//! What the signer refuses although the portal let it pass: it is journalled with its reason, and the order ends.

use std::time::Duration;

use qyzmet_app::{
    authority::orders::{OrderGround, OrderProblem},
    ports::{OrderRefusal, Signing, Unsigned},
};
use qyzmet_pki::request::{Request, RequestError, WeakKey};
use qyzmet_store::{
    jobs, journal,
    repositories::{
        certificates,
        officers::{self, OfficerRow},
        order_problems,
        orders::{self, OrderState},
    },
};
use tempfile::tempdir;

use super::world::{Pki, World, asked, new_order, now, officer};

async fn appoint(world: &World, officer: OfficerRow) {
    world.app.store.write(move |tx| officers::put(tx, &officer)).await.unwrap();
}

/// Waits until an order has ended as refused.
async fn refused(world: &World, number: &'static str) {
    for _ in 0..1000 {
        let order = world.app.store.read(move |tx| orders::by_number(tx, number)).await.unwrap().unwrap();
        if order.state == OrderState::Refused {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the order is not refused");
}

/// [R839-6.C3, R839-6.P10, R839-15.1f]
#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_the_signer_refuses_ends_with_its_reason_and_its_keys_stay_used() {
    let folder = tempdir().unwrap();
    let world = World::whole(folder.path()).await;
    let keys = [asked(), asked()];
    world.intended(new_order("N-1", keys.clone())).await;
    appoint(&world, OfficerRow { ends_at: Some(now()), ..officer() }).await;
    world.work(2);
    refused(&world, "N-1").await;
    let store = &world.app.store;
    let entries = store.read(|tx| journal::of_kind(tx, "certificates-refused", None, 9)).await.unwrap();
    let said = entries
        .iter()
        .filter_map(|entry| entry.payload.as_ref())
        .map(ToString::to_string)
        .collect::<String>();
    assert!(said.contains("\"signer\"") && said.contains("no officer now"), "{said}");
    let why = store.read(|tx| order_problems::find(tx, "N-1")).await.unwrap();
    assert_eq!(why.as_deref(), Some("operator-barred"));
    assert!(store.read(|tx| jobs::dead(tx, None, 9)).await.unwrap().is_empty(), "nobody has to revive a job");
    let intended = store.read(|tx| orders::requests(tx, "N-1")).await.unwrap();
    assert!(intended.iter().all(|request| request.intent.is_some()), "what was intended stays written");

    // The operator may act again: that order stays refused, its keys are used, and new ones get certificates.
    appoint(&world, officer()).await;
    assert_eq!(world.intend("N-1").await, Ok(()));
    assert_eq!(world.register(new_order("N-2", keys)).await.unwrap_err(), OrderProblem::KeyUsed);
    world.intended(new_order("N-3", [asked(), asked()])).await;
    assert_eq!(world.issued("N-3").await.len(), 2);
    assert!(store.read(|tx| certificates::of_order(tx, "N-1", 9)).await.unwrap().is_empty());
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
    let why = WeakKey::Known.to_string();
    assert_eq!(answer.err(), Some(Unsigned::Refused(OrderRefusal { ground: OrderGround::WeakKey, why })));

    let folder = tempdir().unwrap();
    knowing.keep(folder.path());
    let world = World::over(folder.path()).await;
    let problem = world.register(new_order("N-2", [asked(), weak])).await.unwrap_err();
    assert_eq!(problem, OrderProblem::Request(RequestError::Key(WeakKey::Known)));
    assert_eq!(problem.key(), "weak-key");
}
