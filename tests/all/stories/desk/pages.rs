//! The same service over HTTP, by pages alone and without scripts: what people and officers see, send and may not see.

use std::{
    net::TcpListener,
    sync::{Arc, Mutex},
};

use qyzmet_app::{OFFICER, Settings};
use qyzmet_domain::CaseId;
use qyzmet_pki::cms;
use qyzmet_store::testing::Engine;
use qyzmet_web::WebSettings;
use xtask::walk::{
    client::{Client, Page, Upload},
    html::Form,
};

use super::{
    super::world::{Person, World, eventually, on, on_with_authority, well},
    Officer, late_payment,
};

/// A browser without scripts, with somebody's session.
pub(crate) struct Visitor(Arc<Mutex<Client>>);

impl Visitor {
    pub(crate) fn of(world: &World, token: Option<&str>) -> Self {
        let client = Client::new(world.app.origin());
        let client = match token {
            Some(token) => client.with_cookie("qz-session", token),
            None => client,
        };
        Self(Arc::new(Mutex::new(client)))
    }

    pub(crate) async fn with<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Client) -> T + Send + 'static,
    ) -> T {
        let client = self.0.clone();
        let act = move || act(&mut client.lock().expect("a client"));
        tokio::task::spawn_blocking(act).await.expect("an answer")
    }

    /// Any page, with its status.
    pub(crate) async fn fetch(&self, path: impl Into<String>) -> Page {
        let path = path.into();
        self.with(move |client| client.fetch(&path).expect("an answer")).await
    }

    /// Fills the form with this field on a page and sends it.
    pub(crate) async fn send(
        &self,
        path: impl Into<String>,
        field: &'static str,
        fill: fn(Form) -> Form,
    ) -> Page {
        let path = path.into();
        let sent = move |client: &mut Client| {
            let page = client.get(&path).expect("the page");
            let form = fill(page.form(field).expect("the form"));
            client.send(&page, &form, None).expect("an answer")
        };
        self.with(sent).await
    }

    /// Signs the offered document and uploads the signature.
    pub(super) async fn sign(
        &self,
        path: String,
        document: String,
        officer: &Officer,
        world: &World,
    ) -> Page {
        let bytes = self.fetch(document).await.bytes;
        let signature = cms::sign(&bytes, &officer.person.sign, world.app.now()).expect("signed");
        let sent = move |client: &mut Client| {
            let page = client.get(&path).expect("the page");
            let form = page.form("signature").expect("the form");
            let upload = Upload { field: "signature", file: "decision.p7s", bytes: &signature };
            client.send(&page, &form, Some(upload)).expect("an answer")
        };
        self.with(sent).await
    }
}

/// Serves the pages of a world while a story is told, on SQLite: what differs between the engines is below the pages.
pub(crate) fn served(story: impl AsyncFn(&World)) {
    let (settings, listener) = address();
    on(Engine::Sqlite, settings, async |world: &World| serve(world, &listener, &story).await);
}

/// The same for a portal that is a certification authority too.
pub(crate) fn served_with_authority(story: impl AsyncFn(&World)) {
    let (settings, listener) = address();
    on_with_authority(Engine::Sqlite, settings, async |world: &World| serve(world, &listener, &story).await);
}

/// Where the pages will be.
pub(crate) fn address() -> (Settings, Mutex<Option<TcpListener>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let origin = format!("http://{}", listener.local_addr().expect("an address"));
    listener.set_nonblocking(true).expect("nonblocking");
    (Settings { origin, ..Settings::default() }, Mutex::new(Some(listener)))
}

pub(crate) async fn serve(
    world: &World,
    listener: &Mutex<Option<TcpListener>>,
    story: &impl AsyncFn(&World),
) {
    let listener = listener.lock().expect("a listener").take().expect("one story");
    let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
    let settings = WebSettings { rate_per_second: 0, ..WebSettings::default() };
    let router = qyzmet_web::router(world.app.clone(), settings);
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });
    story(world).await;
    serving.abort();
}

pub(crate) async fn token(world: &World, person: &Person) -> String {
    world.sign_in(&person.auth).await.expect("signed in").token
}

/// A case of a person that has come to the desk, and how the person looks at it.
pub(super) async fn at_desk(world: &World, person: &Person, officer: &Officer) -> (CaseId, Visitor) {
    let visitor = Visitor::of(world, Some(&token(world, person).await));
    let case = world.unpaid(person).await;
    let page = visitor.with(move |client| {
        let page = client.get(&format!("/requests/{case}")).expect("the page of the fee");
        let pay =
            xtask::walk::html::forms(&page.text()).into_iter().find(|form| form.action.ends_with("/pay"));
        client.send(&page, &pay.expect("a way to pay"), None).expect("ordered")
    });
    let url = page.await.link("/pay/").expect("the gateway's page");
    world.outside.pay(&url).await;
    visitor.fetch(format!("/requests/{case}/paid")).await;
    world.work(officer, case, 6).await;
    (case, visitor)
}

/// [R1116-7.9, R1116-7.11, R839-6.P9]
#[test]
fn a_case_goes_through_the_desk_by_pages_alone() {
    served(async |world| {
        world.with_permit().await;
        let people = well(4);
        let (person, first, second) =
            (world.person(people[0]).await, world.operator(people[1]).await, world.operator(people[2]).await);
        let (case, recipient) = at_desk(world, &person, &first).await;
        let (desk, other) = (Visitor::of(world, Some(&first.token)), Visitor::of(world, Some(&second.token)));
        let queue = desk.fetch("/desk").await;
        assert!(queue.text().contains(&format!("/desk/{case}/6")), "the queue leads to the work");
        desk.send(format!("/desk/{case}/6/receive"), "visit", |form| form).await;
        let some = desk.send(format!("/desk/{case}/6/receive"), "visit", |form| form).await;
        assert!(some.text().contains("papers-error"), "papers are missing");
        desk.send(format!("/desk/{case}/6/receive"), "visit", Form::ticked).await;
        let forged =
            desk.send(format!("/desk/{case}/7/ask"), "visit", |form| form.with("csrf", "forged")).await;
        assert_eq!(forged.status, 403, "a form of the desk needs the token of its session");
        let silent = desk
            .send(format!("/desk/{case}/7/decide"), "visit", |form| form.with("verdict", "mismatch"))
            .await;
        assert!(silent.text().contains("finding-error"), "a refusal needs words");
        desk.send(format!("/desk/{case}/7/ask"), "visit", |form| form.with("question", "Қай үй?")).await;
        let asked = recipient.fetch(format!("/requests/{case}")).await;
        assert!(asked.text().contains("Қай үй?"), "the recipient reads the question");
        recipient
            .send(format!("/requests/{case}?page=more"), "answer", |form| form.with("answer", "Он екінші"))
            .await;
        let again = desk.fetch(format!("/desk/{case}/7")).await.text();
        assert!(again.contains("Он екінші") && again.contains("Мерзімдердің есептелуі"));
        desk.send(format!("/desk/{case}/7/decide"), "visit", |form| form.with("verdict", ".granted")).await;
        let (page, document) = (format!("/desk/{case}/8/approve"), format!("/desk/{case}/8/decision.json"));
        let same = desk.sign(page.clone(), document.clone(), &first, world).await;
        assert!(same.text().contains("signature-error"), "the same officer is not the second one");
        let done = other.sign(page, document, &second, world).await;
        assert_eq!(done.status, 200);
        eventually("the result", async || {
            let status = recipient.fetch(format!("/requests/{case}")).await.text();
            status.contains("/results/").then_some(())
        })
        .await;
        world.ended(&person, case).await;
    });
}

/// [R1116-7.9]
#[test]
fn a_person_who_has_paid_too_late_reads_that_the_money_will_be_returned() {
    served(async |world| {
        world.with_permit().await;
        let person = world.person(well(1)[0]).await;
        let (case, url) = late_payment::refused(world, &person).await;
        world.outside.pay(&url).await;
        let visitor = Visitor::of(world, Some(&token(world, &person).await));
        let back = visitor.fetch(format!("/requests/{case}/paid")).await;
        assert_eq!(back.status, 200, "the way back from the gateway leads to the request");
        eventually("the words", async || {
            let refusal = visitor.fetch(format!("/requests/{case}")).await.text();
            let status = visitor.fetch(format!("/requests/{case}/status")).await.text();
            let says = |page: &str| page.contains("ақша қайтарылады") && page.contains("RF-R-");
            (says(&refusal) && says(&status)).then_some(())
        })
        .await;
    });
}

/// [R74-3.1]
#[test]
fn the_desk_is_open_to_officers_of_its_unit_alone() {
    served(async |world| {
        world.with_permit().await;
        let people = well(5);
        let (person, officer) = (world.person(people[0]).await, world.operator(people[1]).await);
        let archivist = world.officer_of(people[2], "archive", vec![OFFICER]).await;
        let (case, recipient) = at_desk(world, &person, &officer).await;
        let (stranger, other) = (Visitor::of(world, None), Visitor::of(world, Some(&archivist.token)));
        let places = qyzmet_web::routes::TABLE.iter().filter(|route| route.path.starts_with("/desk"));
        for route in places.filter(|route| route.method == "GET") {
            let path = route.path.replace("{case}", &case.to_string()).replace("{action}", "6");
            assert!(stranger.fetch(path.clone()).await.at.starts_with("/sign-in"), "a stranger at {path}");
            assert_eq!(recipient.fetch(path.clone()).await.status, 404, "a person at {path}");
            if path != "/desk" && !path.ends_with("/take") {
                assert_eq!(other.fetch(path.clone()).await.status, 404, "another unit at {path}");
            }
        }
        assert_eq!(other.fetch("/desk").await.status, 200);
        let header = Visitor::of(world, Some(&officer.token)).fetch("/").await.text();
        assert!(header.contains("href=\"/desk\""), "an officer finds the desk");
        assert!(!recipient.fetch("/").await.text().contains("href=\"/desk\""), "a person sees no desk");
    });
}
