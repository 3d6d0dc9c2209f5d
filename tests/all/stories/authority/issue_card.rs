//! Certificates issued at a service centre onto the chip of an identity card. The requests are made by OpenSSL, as a card would
//! make them; what a card gives back is what was written there, or something else.

use base64::{Engine, engine::general_purpose::STANDARD};
use qyzmet_app::{
    DeskProblem, Error, NextPage, OFFICER, StepView,
    authority::{OrderAnswer, OrderStatus},
    desk::{DownloadDeskPaper, Place, ShowWriting, Writable, WriteCertificates, WritingView},
    printed::Paper,
};
use qyzmet_domain::{CaseId, Locale};
use qyzmet_pki::{Certificate, authority::Order};
use qyzmet_store::{Statement, repositories::papers};

use super::{
    super::{
        desk::{
            Officer, kind,
            pages::{Visitor, served_with_authority},
            visitors::send,
        },
        world::{ABSENT, Person, WELL, World, files_of, well, with_authority},
    },
    centre::{approved, begun, decided, filled, is_by, refused, started},
    issue_portal::{Operator, keys},
};

const SERVICE: &str = "nca-issue-card";

static LETTERS: Statement = Statement::new(
    "LETTERS",
    module_path!(),
    "SELECT purpose FROM messages WHERE account = $1 AND channel = 'mail'",
);

/// For what letters to this person are.
async fn letters(world: &World, person: &Person) -> Vec<String> {
    let account = person.account;
    let rows = world.app.store.read(move |tx| tx.rows(&LETTERS, &[account.into()])).await;
    let rows: Result<_, qyzmet_store::StoreError> = rows;
    rows.expect("a store").iter().map(|row| row.text(0).expect("a purpose")).collect()
}

/// A case of a visitor who has been identified, up to the form.
async fn identified(world: &World, visitor: &Person, operator: &Operator) -> CaseId {
    world.publish(files_of(SERVICE)).await.expect("sound");
    let officer = &operator.officer;
    let case = begun(world, officer, (SERVICE, visitor), &[("number", "012345678")]).await;
    decided(world, officer, Place { case, action: 2 }, None).await;
    let page = ("contact", [("email", "aliya@example.kz")]);
    let next = filled(world, &officer.caller, Place { case, action: 4 }, (page.0, &page.1)).await;
    assert_eq!(next.expect("filled"), NextPage::Step);
    case
}

/// The same, with keys that a card has made: the order waits for the operator.
async fn ordered(world: &World, visitor: &Person, operator: &Operator, keys: &str) -> CaseId {
    let case = identified(world, visitor, operator).await;
    world.work(&operator.officer, case, 7).await;
    let place = Place { case, action: 7 };
    filled(world, &operator.officer.caller, place, ("keys", &[("keys", keys)])).await.expect("made");
    case
}

/// What is to be written onto the card, once it is issued.
async fn to_write(world: &World, officer: &Officer, case: CaseId) -> WritingView {
    world.work(officer, case, 12).await;
    let show = ShowWriting { place: Place { case, action: 12 }, locale: Locale::Kk };
    world.run(&officer.caller, show).await.expect("certificates")
}

/// What a card gives back that holds these certificates.
fn card(certificates: &[(&str, &str)]) -> String {
    let one = |(profile, der): &(&str, &str)| serde_json::json!({ "profile": profile, "certificate": der });
    serde_json::Value::Array(certificates.iter().map(one).collect()).to_string()
}

async fn written(world: &World, officer: &Officer, case: CaseId, read_back: String) -> Result<(), Error> {
    let place = Place { case, action: 12 };
    world.run(&officer.caller, WriteCertificates { place, visit: 0, read_back }).await
}

/// [R839-9.P1, R839-9.C1, R839-9.P3, R839-9.P4, R839-9.C2, R839-9.P6, R839-9.P7, R839-9.P8, R839-9.C3, R839-9.P10, R839-T4.12, R839-12.M]
#[test]
fn whoever_brings_an_identity_card_leaves_with_certificates_on_it() {
    with_authority(async |world| {
        let (visitor, operator) = (world.person(WELL).await, Operator::new(world).await);
        let officer = &operator.officer;
        let case = ordered(world, &visitor, &operator, &keys("/CN=whatever a card says")).await;

        let print = DownloadDeskPaper { place: Place { case, action: 9 }, paper: Paper::Application };
        let number = world.work(officer, case, 9).await.number.expect("a unique number");
        let application = world.run(&officer.caller, print).await.expect("an application");
        assert!(application.bytes.starts_with(b"%PDF"), "to be signed by hand");
        assert_eq!(application.name, format!("application-{number}.pdf"));
        if let Some(folder) = std::env::var_os("QYZMET_SHOTS") {
            std::fs::write(std::path::Path::new(&folder).join(&application.name), &application.bytes)
                .expect("kept");
        }

        let order =
            approved(world, officer, Place { case, action: 9 }, &operator.key).await.expect("approved");
        let order_text = String::from_utf8(order.clone()).expect("text");
        let order = Order::from_bytes(&order).expect("what is signed is the order and nothing else");
        assert_eq!(order.number(), number);
        assert!(order_text.contains("id-card"), "the keys lie on the card, and nowhere else");
        let kept = world.app.store.read(move |tx| papers::of_owner(tx, &case.to_string())).await;
        assert_eq!(kept.expect("papers").len(), 1, "the signed application stays with the papers");

        let WritingView { certificates, .. } = to_write(world, officer, case).await;
        assert_eq!(certificates.len(), 2, "one to sign, one to sign in");
        let status = async || world.told(&number.parse().expect("a number")).await;
        assert_eq!(status().await, OrderAnswer::Found(OrderStatus::ForCard));
        for one in &certificates {
            let der = STANDARD.decode(&one.certificate).expect("base64");
            let certificate = Certificate::from_der(&der).expect("a certificate");
            assert_eq!(certificate.subject().iin.as_deref(), Some(visitor.iin.as_str()), "from the register");
            assert_ne!(certificate.subject().common_name.as_deref(), Some("whatever a card says"));
        }
        assert!(!matches!(world.view(&visitor, case).await.step, StepView::Issued { .. }), "not yet written");
        let on_card: Vec<_> =
            certificates.iter().map(|one| (one.profile, one.certificate.as_str())).collect();
        written(world, officer, case, card(&on_card)).await.expect("read back");
        let ended = world.ended(&visitor, case).await;
        assert!(matches!(ended.step, StepView::Issued { .. }));
        assert!(!ended.brings_certificates, "nothing is left to be installed");
        assert_eq!(status().await, OrderAnswer::Found(OrderStatus::OnCard));
        assert!(letters(world, &visitor).await.is_empty(), "nor is there a letter that asks for it");
        for what in ["case.arrived", "case.decided", "case.filled", "case.approved", "case.written"] {
            assert!(is_by(world, case, officer, what).await, "{what} is of somebody else");
        }
    });
}

/// [R839-9.P10]
#[test]
fn a_card_that_gives_back_something_else_does_not_end_the_case() {
    with_authority(async |world| {
        let (visitor, operator) = (world.person(WELL).await, Operator::new(world).await);
        let officer = &operator.officer;
        let case = ordered(world, &visitor, &operator, &keys("/CN=x")).await;
        approved(world, officer, Place { case, action: 9 }, &operator.key).await.expect("approved");
        let WritingView { certificates, .. } = to_write(world, officer, case).await;
        let of = |profile: &str| {
            let found = certificates.iter().find(|one| one.profile == profile).expect("a certificate");
            found.certificate.as_str()
        };
        let (sign, auth) = (of("sign"), of("auth"));
        let foreign = STANDARD.encode(operator.key.chain[0].der());
        let mut cut = STANDARD.decode(auth).expect("base64");
        cut.pop();
        let cut = STANDARD.encode(cut);
        let wrong = [
            card(&[]),
            card(&[("sign", sign)]),
            card(&[("sign", auth), ("auth", sign)]),
            card(&[("sign", sign), ("auth", &foreign)]),
            card(&[("sign", sign), ("auth", &cut)]),
            card(&[("sign", sign), ("auth", auth), ("single", &foreign)]),
            "no list".to_owned(),
        ];
        for read_back in wrong {
            let answer = written(world, officer, case, read_back.clone()).await;
            assert!(matches!(answer, Err(Error::Desk(DeskProblem::CardDiffers))), "{read_back}");
            assert!(world.work(officer, case, 12).await.open, "it stays waiting");
        }
        written(world, officer, case, card(&[("auth", auth), ("sign", sign)])).await.expect("written anew");
        assert!(matches!(world.ended(&visitor, case).await.step, StepView::Issued { .. }));
        assert_eq!(kind(written(world, officer, case, card(&[])).await), "late", "over");
    });
}

/// [R839-9.C1, R839-9.P2, R839-T4.3]
#[test]
fn whoever_is_somebody_else_than_the_card_says_is_refused() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (visitor, operator) = (world.person(WELL).await, Operator::new(world).await);
        let officer = &operator.officer;
        let case = begun(world, officer, (SERVICE, &visitor), &[("number", "012345678")]).await;
        decided(world, officer, Place { case, action: 2 }, Some("identity")).await;
        assert_eq!(refused(world, &visitor, case).await, "839-2012:9.C1");
    });
}

/// [R839-9.C2, R839-9.P5, R839-T4.6]
#[test]
fn whom_the_register_does_not_know_is_refused() {
    with_authority(async |world| {
        let (visitor, operator) = (world.person(ABSENT).await, Operator::new(world).await);
        let case = identified(world, &visitor, &operator).await;
        assert_eq!(refused(world, &visitor, case).await, "839-2012:9.C2");
    });
}

/// [R839-9.C3, R839-9.P9, R839-T4.11]
#[test]
fn an_order_that_no_operator_has_signed_brings_no_certificate() {
    with_authority(async |world| {
        let (visitor, operator) = (world.person(WELL).await, Operator::new(world).await);
        let officer = &operator.officer;
        let case = ordered(world, &visitor, &operator, &keys("/CN=x")).await;
        // The officer's own key, but not that of an operator.
        approved(world, officer, Place { case, action: 9 }, &officer.person.sign).await.expect("signed");
        assert_eq!(refused(world, &visitor, case).await, "839-2012:9.C3");
    });
}

/// [R839-9.P3, R839-9.P6, R839-5.15]
#[test]
fn another_unit_gets_nothing_and_what_is_no_key_of_a_card_is_not_taken() {
    with_authority(async |world| {
        let (visitor, operator) = (world.person(WELL).await, Operator::new(world).await);
        let case = identified(world, &visitor, &operator).await;
        world.work(&operator.officer, case, 7).await;
        let stranger = world.officer_of(9, "archive", vec![OFFICER]).await;
        let good = keys("/CN=x");
        let place = Place { case, action: 7 };
        for caller in [&stranger.caller, &visitor.caller] {
            let answer = filled(world, caller, place, ("keys", &[("keys", &good)])).await;
            assert_eq!(kind(answer), "not-found");
        }
        let visitor_iin = (visitor.iin.as_str(), "");
        assert_eq!(kind(started(world, &stranger.caller, SERVICE, visitor_iin).await), "not-found");
        let bad = r#"[{"profile":"sign","request":"MAA="},{"profile":"auth","request":"MAE="}]"#;
        for answer in ["", "x", "[]", bad] {
            let Err(Error::Invalid(errors)) =
                filled(world, &operator.officer.caller, place, ("keys", &[("keys", answer)])).await
            else {
                panic!("taken: {answer}")
            };
            assert!(errors.0.contains_key("keys"), "{answer}");
        }
    });
}

/// [R839-9.P6, R839-9.P7, R839-9.P10]
#[test]
fn the_pages_of_the_desk_ask_for_the_card_and_take_what_it_gives_back() {
    served_with_authority(async |world| {
        let people = well(1);
        let (visitor, operator) = (world.person(people[0]).await, Operator::new(world).await);
        let officer = &operator.officer;
        let case = identified(world, &visitor, &operator).await;
        world.work(officer, case, 7).await;
        let desk = Visitor::of(world, Some(&officer.token));
        let at = |action: u32, what: &str| format!("/desk/{case}/{action}{what}");
        let page = desk.fetch(at(7, "/fill")).await.text();
        assert!(
            page.contains("<qz-card") && !page.contains("<qz-keys"),
            "no key is made in an officer's browser"
        );
        assert!(!page.to_lowercase().contains("type=\"password\""), "and no PIN is typed on a page");
        let nothing = send(&desk, &at(7, "/fill"), "seen", &[]).await;
        assert_eq!(nothing.status, 422);
        let made = keys("/CN=x");
        send(&desk, &at(7, "/fill"), "seen", &[("keys", &made)]).await;

        world.work(officer, case, 9).await;
        let application = desk.fetch(at(9, "/application.pdf")).await;
        assert_eq!((application.status, application.kind.as_str()), (200, "application/pdf"));
        approved(world, officer, Place { case, action: 9 }, &operator.key).await.expect("approved");
        let WritingView { certificates, .. } = to_write(world, officer, case).await;
        let page = desk.fetch(at(12, "/write")).await.text();
        assert!(certificates.iter().all(|one| page.contains(&one.certificate)), "what is to be written");
        let of =
            |one: &Writable| serde_json::json!({ "profile": one.profile, "certificate": one.certificate });
        let whole = serde_json::Value::Array(certificates.iter().map(of).collect()).to_string();
        let part = serde_json::Value::Array(certificates.iter().take(1).map(of).collect()).to_string();
        let wrong = send(&desk, &at(12, "/write"), "visit", &[("certificates", &part)]).await;
        assert!(wrong.status == 422 && wrong.text().contains("certificates-error"), "a clear error");
        assert_eq!(send(&desk, &at(12, "/write"), "visit", &[("certificates", &whole)]).await.status, 200);
        assert!(matches!(world.ended(&visitor, case).await.step, StepView::Issued { .. }));
    });
}
