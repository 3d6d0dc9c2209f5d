//! The same over HTTP, by pages alone and without scripts.

use xtask::walk::client::{Page, Upload};

use super::super::{
    super::world::{World, well},
    Officer, days,
    pages::{Visitor, served},
};

/// Fills the form of a new operator and sends it with one file.
async fn file(visitor: &Visitor, iin: String, bytes: Vec<u8>) -> Page {
    visitor
        .with(move |client| {
            let page = client.get("/desk/operators/new").expect("the page");
            let form = page.form("iin").expect("the form").with("iin", &iin).with("words", "Хат № 1");
            let upload = Upload { field: "letter", file: "letter.pdf", bytes: &bytes };
            client.send(&page, &form, Some(upload)).expect("an answer")
        })
        .await
}

/// [R839-19.5d]
#[test]
fn the_desk_refuses_files_and_texts_that_hold_a_private_key_with_the_clause() {
    served(async |world| {
        let people = well(5);
        let around = world.around(&people[..3]).await;
        let person = world.person(people[3]).await;
        let visitor = Visitor::of(world, Some(&around.personnel.token));
        let iin = person.iin.as_str().to_owned();
        let container = qyzmet_pki::pkcs12::write(&person.sign, "Qupia-2026", "key").expect("a container");
        let pem = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n";
        for key in [container, pem.as_bytes().to_vec(), vec![0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2]] {
            let page = file(&visitor, iin.clone(), key).await;
            assert_eq!(page.status, 422);
            let text = page.text();
            assert!(text.contains("жабық кілт") && text.contains("839-2012:19.5"), "with ground and clause");
        }
        let letter = file(&visitor, iin, b"%PDF-1.7".to_vec()).await;
        assert_eq!(letter.status, 422, "the other documents are missing");
        assert!(letter.text().contains("new-letter-error"), "and the form says so");
        let pasted = visitor
            .with(move |client| {
                let page = client.get("/desk/operators/new").expect("the page");
                let form = page.form("iin").expect("the form").with("words", pem);
                client.send(&page, &form, None).expect("an answer")
            })
            .await;
        assert!(pasted.text().contains("839-2012:19.5"), "nor pasted into a field");
    });
}

async fn reads(visitor: &Visitor, path: &str, words: &str) {
    let page = visitor.fetch(path).await;
    assert!(page.text().contains(words), "{path}: {words}");
}

/// [R839-19.5a, R839-19.5f, R839-19.5h]
#[test]
fn an_operator_who_owes_something_reads_what_and_sets_it_right_without_scripts() {
    served(async |world| {
        world.with_permit().await;
        let people = well(5);
        let around = world.around(&people[..3]).await;
        let operator = world.accepted(&around, people[3]).await;
        let desk = Visitor::of(world, Some(&operator.token));
        let refused = desk.fetch("/desk").await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("Оператордың міндеттемесіне қол қойылмаған"));
        assert!(refused.text().contains("/desk/operators/own"), "the way out");
        let (page, document) = ("/desk/operators/own/pledge", "/desk/operators/own/pledge.json");
        let signed = desk.sign(page.to_owned(), document.to_owned(), &operator, world).await;
        assert_eq!(signed.status, 200);
        reads(&desk, "/desk", "Нұсқаулықпен жыл сайын").await;
        let unread = desk.send("/desk/operators/own", "read", |form| form).await;
        assert!(unread.text().contains("instruction-words"), "reading has to be confirmed");
        desk.send("/desk/operators/own", "read", |form| form.with("read", "1")).await;
        reads(&desk, "/desk", "Жұмыс орнын тексеру мерзімі өтті").await;
        let half = desk
            .send("/desk/operators/own", "antivirus", |form| {
                form.with("day", "2026-11-21").with("antivirus", "1")
            })
            .await;
        assert_eq!(half.status, 422);
        let attest = |form: xtask::walk::html::Form| form.with("day", "2026-11-21").ticked();
        desk.send("/desk/operators/own", "antivirus", attest).await;
        reads(&desk, "/desk", "Бөлімшенің кезегі").await;
    });
}

/// Somebody who has been refused or sent away.
async fn is_locked(world: &World, officer: &Officer) -> bool {
    let visitor = Visitor::of(world, Some(&officer.token));
    visitor.fetch("/desk").await.at.contains("step-up")
}

/// [R839-19.5c, R839-19.5g]
#[test]
fn the_buttons_for_a_lost_key_and_for_locking_act_at_once() {
    served(async |world| {
        world.with_permit().await;
        let people = well(6);
        let around = world.around(&people[..3]).await;
        let (first, second) =
            (world.in_order(&around, people[3]).await, world.in_order(&around, people[4]).await);
        let desk = Visitor::of(world, Some(&first.token));
        assert_eq!(desk.fetch("/desk").await.status, 200);
        let lost = |form: xtask::walk::html::Form| form.with("words", "");
        desk.send("/desk/operators/own", "words", lost).await;
        assert_eq!(desk.fetch("/desk").await.status, 422);
        reads(&desk, "/desk", "Кілт жоғалған деп").await;
        let desk = Visitor::of(world, Some(&second.token));
        assert_eq!(desk.fetch("/desk").await.status, 200);
        world.pass(days(1) / 144);
        assert!(is_locked(world, &second).await, "ten minutes without use");
        assert_eq!(world.journalled(&second.person, "desk-locked").await, 1);
        let list = Visitor::of(world, Some(&around.responsible.token));
        reads(&list, "/desk/operators", "Кілт жоғалды").await;
        let place = format!("/desk/operators/{}", first.person.account);
        let silent = list.send(place.clone(), "duty", |form| form.with("words", "")).await;
        assert!(silent.text().contains("restore-"), "a key is replaced with words");
        list.send(place, "duty", |form| form.with("words", "Жаңасы берілді")).await;
        assert_eq!(
            Visitor::of(world, Some(&first.token)).fetch("/desk").await.at,
            "/sign-in?next=/desk&step-up=1"
        );
    });
}
