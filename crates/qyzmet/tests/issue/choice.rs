//! A deployment with two issuing authorities: which of them certifies a key, and that a portal cannot choose otherwise.

use qyzmet_app::{
    authority::{Issues, orders::OrderProblem},
    ports::{CertificatesOrder, Signing, Unsigned},
};
use qyzmet_pki::{KeyAlgorithm, KeyKind, Signer, request};
use tempfile::{TempDir, tempdir};

use super::world::{IIN, Pki, World, new_order};

async fn room(pki: Pki) -> (World, TempDir) {
    let folder = tempdir().unwrap();
    pki.keep(folder.path());
    (World::over(folder.path()).await, folder)
}

fn requests(kind: KeyKind) -> [Vec<u8>; 2] {
    [(), ()].map(|()| request::write(&Signer::generate(kind).unwrap(), Some(IIN)).unwrap())
}

/// The authorities that are to sign an order over keys of a kind.
async fn issuers(world: &World, number: &str, kind: KeyKind) -> Vec<String> {
    world.intended(new_order(number, requests(kind))).await;
    world.question(number).await.wishes.into_iter().map(|wish| wish.issuer).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_certified_by_the_authority_whose_own_key_is_of_its_kind() {
    let (world, _folder) = room(Pki::found().with_second(KeyKind::Rsa2048, 2000)).await;
    assert_eq!(issuers(&world, "N-1", KeyKind::EcP256).await, ["ca", "ca"]);
    assert_eq!(issuers(&world, "N-2", KeyKind::Rsa2048).await, ["second", "second"]);
    world.work(2);
    for (number, issuer) in [("N-1", "ca"), ("N-2", "second")] {
        let rows = world.issued(number).await;
        assert!(rows.len() == 2 && rows.iter().all(|row| row.issuer == issuer), "{number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_that_ends_before_the_certificate_gives_way_to_its_successor() {
    // The first one lasts 2,000 days: as long as every certificate that it makes now, and not as the one that it makes at its end.
    let (world, _folder) = room(Pki::found().with_second(KeyKind::EcP256, 2000)).await;
    assert_eq!(issuers(&world, "N-1", KeyKind::EcP256).await, ["ca", "ca"]);
    let succeeded = Pki::found().with_second(KeyKind::EcP256, 2000);
    let (world, _folder) = room(Pki { ca: succeeded.short_lived(100), ..succeeded }).await;
    assert_eq!(issuers(&world, "N-1", KeyKind::EcP256).await, ["second", "second"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_deployment_lets_no_authority_issue_is_refused_at_once() {
    let issues = Issues { keys: vec![KeyAlgorithm::Ec], profiles: vec!["person-sign".to_owned()] };
    let (world, _folder) = room(Pki { issues, ..Pki::found() }).await;
    for kind in [KeyKind::EcP256, KeyKind::Rsa2048] {
        let problem = world.register(new_order("N-1", requests(kind))).await.unwrap_err();
        assert_eq!((problem.key(), &problem), ("no-issuer", &OrderProblem::NoIssuer));
        assert_eq!(problem.refusal().unwrap().clause.to_string(), "839-2012:6.P10");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_in_strange_hands_gets_nothing_from_an_authority_that_does_not_issue_it() {
    let pki = Pki::found().with_second(KeyKind::EcP256, 2000);
    let portal = room(Pki { issues: Issues::default(), ..pki }).await;
    let question: CertificatesOrder = {
        portal.0.intended(new_order("N-1", requests(KeyKind::EcP256))).await;
        portal.0.question("N-1").await
    };
    // The signer's own configuration says what the first authority issues, whatever the portal has been told.
    let rsa = Issues { keys: vec![KeyAlgorithm::Rsa], profiles: Vec::new() };
    let strict = Pki { issues: rsa, ..Pki::kept(portal.1.path()) };
    let stores = (portal.0.app.store.clone(), portal.0.app.store.clone());
    match strict.role(stores, &portal.0.clock).certificates(question).await {
        Err(Unsigned::Fault(fault)) => assert!(fault.to_string().contains("does not certify such a key")),
        other => panic!("{:?}", other.map(|_| "certificates")),
    }
}
