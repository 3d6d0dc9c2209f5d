//! A portal that loses its authority while cases run: papers are taken in, what asks for certificates waits and says so, and
//! goes on when the authority is back.

use qyzmet_app::{
    DeskProblem, Error, StepView,
    desk::{ApproveWork, Place, ShowDecision},
};
use qyzmet_domain::CaseId;
use qyzmet_pki::{authority::Order, cms};
use qyzmet_store::{
    repositories::orders::{self, OrderRow, OrderState},
    testing::Engine,
};
use xtask::walk::client::Upload;

use super::{
    super::{
        desk::pages::{Visitor, address, serve},
        world::{WELL, World, files_of, on_with_authority, with_authority},
    },
    issue_portal::{Operator, SERVICE, keys, ordered, waiting},
};

async fn order(world: &World, case: CaseId) -> Option<OrderRow> {
    world.app.store.read(move |tx| orders::of_case(tx, case)).await.expect("a store")
}

/// What comes of an operator's signature over these bytes.
async fn signed(world: &World, operator: &Operator, case: CaseId, bytes: &[u8]) -> Result<(), Error> {
    let signature = cms::sign(bytes, &operator.key, world.app.now()).expect("signed");
    let place = Place { case, action: 8 };
    world.run(&operator.officer.caller, ApproveWork { place, visit: 0, signature }).await
}

fn is_away<T>(outcome: &Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::Desk(DeskProblem::NoAuthority)))
}

/// [R839-6.P6, R839-6.P9]
#[test]
fn papers_are_taken_in_while_the_authority_is_away_and_the_order_is_registered_when_it_is_back() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let case = ordered(world, &person, &keys("/CN=x")).await;
        waiting(world, &person, case).await;

        let away = world.start_again_as(false).await;
        operator.receives(&away, case).await;
        let view = away.work(&operator.officer, case, 8).await;
        assert!(view.open && view.authority_away, "it waits at the desk, which is told why");
        assert_eq!(view.order_problem, None, "nothing is wrong with the order");
        let place = Place { case, action: 8 };
        assert!(is_away(&away.run(&operator.officer.caller, ShowDecision { place }).await));
        assert!(is_away(&signed(&away, &operator, case, b"whatever").await), "not: no such page");
        assert!(order(&away, case).await.is_none(), "nothing is registered that nobody could judge");

        let back = away.start_again_as(true).await;
        let view = back.work(&operator.officer, case, 8).await;
        assert!(view.open && !view.authority_away);
        let registered = order(&back, case).await.expect("the first look has registered it");
        assert_eq!(registered.state, OrderState::Registered);
        let bytes = operator.approves(&back, case, &operator.key).await;
        assert_eq!(bytes, registered.text, "what is signed is the order");
        assert!(Order::from_bytes(&bytes).is_ok());
        assert!(matches!(back.ended(&person, case).await.step, StepView::Issued { .. }));
        back.end().await;
    });
}

/// [R839-6.P9]
#[test]
fn an_order_that_was_registered_before_the_authority_went_waits_for_it_too() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let case = ordered(world, &person, &keys("/CN=x")).await;
        operator.receives(world, case).await;
        let kept = order(world, case).await.expect("an order");

        let away = world.start_again_as(false).await;
        assert!(away.work(&operator.officer, case, 8).await.authority_away);
        assert!(is_away(&signed(&away, &operator, case, &kept.text).await));
        assert!(order(&away, case).await.as_ref() == Some(&kept), "as it was");

        let back = away.start_again_as(true).await;
        signed(&back, &operator, case, &kept.text).await.expect("approved");
        assert!(matches!(back.ended(&person, case).await.step, StepView::Issued { .. }));
        back.end().await;
    });
}

/// [R839-6.P9]
#[test]
fn the_operators_pages_say_that_the_authority_is_away_and_offer_nothing_to_sign() {
    let (settings, listener) = address();
    on_with_authority(Engine::Sqlite, settings, async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let case = ordered(world, &person, &keys("/CN=x")).await;
        operator.receives(world, case).await;
        let away = world.start_again_as(false).await;
        serve(&away, &listener, &async |away: &World| {
            let desk = Visitor::of(away, Some(&operator.officer.token));
            for path in [format!("/desk/{case}/8"), format!("/desk/{case}/8/approve")] {
                for (language, words) in [
                    ("kk", "Куәландырушы орталық қазір бұл порталда жоқ"),
                    ("ru", "Удостоверяющий центр сейчас недоступен"),
                    ("en", "The certification authority is not here now"),
                ] {
                    let page = desk.fetch(format!("{path}?lang={language}")).await.text();
                    assert!(page.contains(words), "{page}");
                    assert!(!page.contains("name=\"signature\""), "nothing can be signed");
                }
            }
            // A page that was drawn before the authority went.
            let answer = desk.with(move |client| {
                let page = client.get(&format!("/desk/{case}/8")).expect("the page");
                let mut form = page.form("visit").expect("a form of the desk");
                form.action = format!("/desk/{case}/8/approve");
                let upload = Upload { field: "signature", file: "decision.p7s", bytes: b"signed" };
                client.send(&page, &form, Some(upload)).expect("an answer")
            });
            let answer = answer.await;
            assert_eq!(answer.status, 409, "{}", answer.text());
            assert!(answer.text().contains("The certification authority is not here now"));
        })
        .await;
        away.start_again_as(true).await.end().await;
    });
}
