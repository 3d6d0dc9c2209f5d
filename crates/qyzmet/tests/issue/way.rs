//! The whole way, and what is refused on it.

use qyzmet_app::authority::orders::OrderProblem;
use qyzmet_pki::{Certificate, KeyKind, Signer, authority::OrderRefused, cms, request};
use tempfile::tempdir;

use super::world::{World, asked, new_order};

/// [R839-6.P4] [R839-6.P9] [R839-6.P11]
#[tokio::test(flavor = "multi_thread")]
async fn an_order_becomes_two_certificates_however_often_each_step_is_taken() {
    let folder = tempdir().unwrap();
    let world = World::whole(folder.path()).await;
    let order = new_order("N-1", [asked(), asked()]);
    let text = world.register(order.clone()).await.unwrap();
    assert_eq!(world.register(order).await.as_ref(), Ok(&text), "asked again");
    for _ in 0..2 {
        world.approve("N-1", &text).await.unwrap();
        world.intend("N-1").await.unwrap();
    }
    world.work(2);
    let rows = world.issued("N-1").await;
    assert_eq!(rows.len(), 2);
    for row in &rows {
        let certificate = Certificate::from_der(&row.der).unwrap();
        assert_eq!(certificate.subject().iin.as_deref(), Some(super::world::IIN));
        assert!(certificate.names_as_issuer(&world.pki.ca.chain[0]));
        assert_eq!(row.part, u32::from(qyzmet_pki::crl::shard_of(&row.serial, 16.try_into().unwrap())));
    }
    world.intend("N-1").await.unwrap();
    assert_eq!(world.issued("N-1").await.len(), 2);
}

/// [R839-6.P10]
#[tokio::test(flavor = "multi_thread")]
async fn what_no_certificate_may_be_made_of_is_refused_with_its_clause() {
    let folder = tempdir().unwrap();
    let world = World::whole(folder.path()).await;
    let other = request::write(&Signer::generate(KeyKind::EcP256).unwrap(), Some("850101300015")).unwrap();
    let mut unproven = asked();
    *unproven.last_mut().unwrap() ^= 1;
    let edwards = request::write(&Signer::generate(KeyKind::Ed25519).unwrap(), None).unwrap();
    for (request, ground) in [
        (other, "other-person"),
        (unproven, "no-possession"),
        (edwards, "profile"),
        (vec![0x30, 0x80], "malformed-request"),
        (vec![0x30; 20_000], "malformed-request"),
    ] {
        let problem = world.register(new_order("N-1", [asked(), request])).await.unwrap_err();
        assert_eq!(problem.key(), ground);
        assert_eq!(problem.refusal().unwrap().clause.to_string(), "839-2012:6.P10");
    }
    let used = asked();
    world.register(new_order("N-1", [used.clone(), asked()])).await.unwrap();
    assert_eq!(world.register(new_order("N-2", [asked(), used])).await, Err(OrderProblem::KeyUsed));
    let other = world.register(new_order("N-1", [asked(), asked()])).await;
    assert_eq!(other, Err(OrderProblem::NumberTaken));
}

/// [R839-6.C3] [R839-6.P10]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_intended_before_an_operator_has_signed_exactly_the_order() {
    let folder = tempdir().unwrap();
    let world = World::whole(folder.path()).await;
    let text = world.register(new_order("N-1", [asked(), asked()])).await.unwrap();
    assert_eq!(world.intend("N-1").await, Err(OrderProblem::NotWaiting));
    let refused = world.approve("N-1", b"something else").await.unwrap_err();
    assert!(matches!(refused, OrderProblem::Operator(OrderRefused::Signature(_))), "{refused:?}");
    assert_eq!(world.intend("N-1").await, Err(OrderProblem::NotWaiting));
    assert!(cms::sign(&text, &world.pki.operator, super::world::now()).is_ok());
    world.approve("N-1", &text).await.unwrap();
    assert_eq!(world.intend("N-1").await, Ok(()));
    assert_eq!(world.intend("N-2").await, Err(OrderProblem::NotWaiting));
}
