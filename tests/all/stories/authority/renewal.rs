//! Renewal from the banner of the cabinet: at most five screens from the reminder to the new certificates.

use jiff::SignedDuration;
use qyzmet_app::{ListRequests, authority::ListCertificates};
use qyzmet_domain::Locale;
use qyzmet_pki::cms;
use qyzmet_store::repositories::certificates;
use xtask::walk::client::Upload;

use super::{
    super::{
        desk::pages::{Visitor, served_with_authority, token},
        world::{Person, WELL, World, eventually, files_of},
    },
    issue_portal::{self, Operator, keys, ordered},
};

const SERVICE: &str = "nca-reissue-portal";

/// Somebody who got certificates through the portal, so many days before they end.
async fn owner(world: &World, operator: &Operator, days_before: i64) -> Person {
    world.publish(files_of(issue_portal::SERVICE)).await.expect("sound");
    world.publish(files_of(SERVICE)).await.expect("sound");
    let person = world.person(WELL).await;
    let case = ordered(world, &person, &keys("/CN=x")).await;
    operator.receives(world, case).await;
    operator.approves(world, case, &operator.key).await;
    world.ended(&person, case).await;
    let rows = rows(world, &person).await;
    assert_eq!(rows, 2);
    let ends = world.app.store.read({
        let account = person.account;
        move |tx| Ok::<_, qyzmet_store::StoreError>(certificates::of_account(tx, account, 1)?[0].not_after)
    });
    let left = ends.await.expect("an end").duration_since(world.app.now());
    world.pass(left - SignedDuration::from_hours(24 * days_before));
    person
}

async fn rows(world: &World, person: &Person) -> usize {
    let account = person.account;
    world.app.store.read(move |tx| certificates::of_account(tx, account, 10)).await.expect("rows").len()
}

/// [R839-7.P1, R839-7.P5, R839-7.P8]
#[test]
fn a_certificate_is_renewed_in_five_screens_from_the_banner() {
    served_with_authority(async |world| {
        let operator = Operator::new(world).await;
        let person = owner(world, &operator, 20).await;
        let visitor = Visitor::of(world, Some(&token(world, &person).await));

        // 1: any page of the cabinet.
        for path in
            ["/cabinet", "/cabinet/profile", "/cabinet/data-use", "/requests", "/cabinet/certificates"]
        {
            let page = visitor.fetch(path).await.text();
            assert!(page.contains("Куәлікті жаңарту") && page.contains("20 күн қалды"), "{path}");
        }
        // 2: the keys; the address and the place of the keys are known from the first order.
        let form = visitor.send("/cabinet", "serial", |form| form).await;
        assert!(form.at.contains("page=keys"), "{}", form.at);
        let case = form.at.split(['/', '?']).nth(2).expect("a case").to_owned();
        let made = keys("/CN=x");
        let asked = {
            let at = form.at.clone();
            let send = move |client: &mut xtask::walk::client::Client| {
                let page = client.get(&at).expect("the page");
                let form = page.form("keys").expect("the form").with("keys", &made);
                client.send(&page, &form, None).expect("an answer")
            };
            visitor.with(send).await
        };
        // 3: what was answered, and the signature with the certificate that still holds.
        assert!(asked.text().contains("aliya@example.kz"), "the person sees what is sent");
        let bytes = visitor.fetch(format!("/requests/{case}/document.json")).await.bytes;
        let signature = cms::sign(&bytes, &person.sign, world.app.now()).expect("signed");
        let done = visitor
            .with(move |client| {
                let form = asked.form("signature").expect("the form");
                let upload = Upload { field: "signature", file: "request.p7s", bytes: &signature };
                client.send(&asked, &form, Some(upload)).expect("an answer")
            })
            .await;
        // 4: the request is under way; this page leads to the last one.
        assert!(done.at.ends_with("/done"), "{}", done.at);
        let install =
            eventually("a number", async || visitor.fetch(done.at.clone()).await.link("/install").ok()).await;
        // 5: the certificates, as soon as the operator has confirmed.
        assert!(visitor.fetch(install.clone()).await.text().contains("әлі дайын емес"));
        let case = case.parse().expect("a case");
        operator.stays_in_order(world).await;
        operator.confirms(world, case, 5).await;
        world.ended(&person, case).await;
        assert!(visitor.fetch(install).await.text().contains("qz-install data-certificates"));
        assert_eq!(rows(world, &person).await, 4);
        let page = visitor.fetch("/cabinet").await.text();
        assert!(!page.contains("Куәлікті жаңарту"), "the new certificates stand in for the old ones");
    });
}

/// [R839-7.P1]
#[test]
fn the_button_renews_nothing_but_a_certificate_of_ones_own_that_still_holds() {
    served_with_authority(async |world| {
        let operator = Operator::new(world).await;
        let person = owner(world, &operator, 20).await;
        let listed = world.run(&person.caller, ListCertificates).await.expect("a list");
        let serial = listed[0].serial.clone();
        let other = Visitor::of(world, Some(&token(world, &operator.officer.person).await));
        let sent = other
            .with(move |client| {
                let page = client.get("/cabinet/certificates").expect("the page");
                let form = page.form("csrf").expect("a form").with("serial", &serial);
                let form = xtask::walk::html::Form { action: "/cabinet/certificates".to_owned(), ..form };
                client.send(&page, &form, None).expect("an answer")
            })
            .await;
        assert_eq!(sent.at, "/cabinet/certificates", "nothing begins");
        let requests = world.run(&operator.officer.caller, ListRequests { locale: Locale::Kk }).await;
        assert!(requests.expect("a list").is_empty());
    });
}
