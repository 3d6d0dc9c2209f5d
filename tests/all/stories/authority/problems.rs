//! An order that cannot be made or confirmed: the operator and the recipient are told why, each on their own page.

use std::sync::atomic::Ordering;

use jiff::SignedDuration;
use qyzmet_app::{
    Error, OFFICER, StepView,
    authority::ShowHealth,
    desk::{AppointOfficer, ApproveWork, Place, ShowDecision},
};
use qyzmet_domain::CaseId;
use qyzmet_pki::cms;
use qyzmet_store::repositories::{
    carriers,
    orders::{self, OrderState, RequestRow},
};

use super::{
    super::{
        desk::pages::{Visitor, served_with_authority, token},
        world::{OWNER, Person, WELL, World, eventually, files_of, with_authority},
    },
    issue_portal::{Operator, SERVICE, keys, ordered},
};

/// The clause of a refusal and the word for why no certificates were made.
async fn refused(world: &World, person: &Person, case: CaseId) -> (String, Option<String>) {
    match world.ended(person, case).await.step {
        StepView::Refused(refusal) => (refusal.clause, refusal.order_problem),
        _ => panic!("not refused"),
    }
}

/// Certificates over these keys, from the order to the operator's signature.
async fn asked(world: &World, person: &Person, operator: &Operator, keys: &str) -> CaseId {
    let case = ordered(world, person, keys).await;
    operator.receives(world, case).await;
    case
}

/// [R839-6.C3, R839-6.P10]
#[test]
fn whoever_signs_without_being_an_operator_leaves_a_refusal_that_says_so() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let case = asked(world, &person, &operator, &keys("/CN=x")).await;
        assert_eq!(world.work(&operator.officer, case, 8).await.order_problem, None);
        operator.approves(world, case, &operator.officer.person.sign).await;
        let why = refused(world, &person, case).await;
        assert_eq!(why, ("839-2012:6.C3".to_owned(), Some("operator".to_owned())));
    });
}

/// [R839-6.C3, R839-6.P10]
#[test]
fn a_key_that_was_used_before_is_told_to_the_operator_at_once_and_to_the_recipient_with_the_refusal() {
    served_with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let keys = keys("/CN=x");
        let first = asked(world, &person, &operator, &keys).await;
        operator.approves(world, first, &operator.key).await;
        assert!(matches!(world.ended(&person, first).await.step, StepView::Issued { .. }));

        let again = asked(world, &person, &operator, &keys).await;
        let desk = Visitor::of(world, Some(&operator.officer.token));
        for path in [format!("/desk/{again}/8"), format!("/desk/{again}/8/approve")] {
            let page = desk.fetch(path).await.text();
            assert!(page.contains("Бұл кілт бұрын пайдаланылған"), "{page}");
            assert!(page.contains("бас тартумен аяқталады"), "what follows from a signature");
        }
        operator.approves(world, again, &operator.key).await;
        let why = refused(world, &person, again).await;
        assert_eq!(why, ("839-2012:6.C3".to_owned(), Some("key-used".to_owned())));
        let recipient = Visitor::of(world, Some(&token(world, &person).await));
        let number = match world.view(&person, again).await.step {
            StepView::Refused(refusal) => refusal.number,
            _ => panic!("not refused"),
        };
        for path in [format!("/requests/{again}"), format!("/results/{number}")] {
            let page = recipient.fetch(path).await.text();
            assert!(page.contains("Әр куәлікке жаңа кілт керек"), "{page}");
        }
    });
}

/// [R839-6.C3, R839-6.P10]
#[test]
fn an_order_that_the_signer_refuses_for_good_ends_the_case_in_a_reasoned_refusal() {
    served_with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let keys = keys("/CN=x");
        let case = asked(world, &person, &operator, &keys).await;
        // The operator's certificate is put on hold between the signature and the signer's look at it.
        world.outside.signer_down.store(true, Ordering::SeqCst);
        operator.approves(world, case, &operator.key).await;
        world.delayed(&person, case).await;
        operator.is_held(world).await;
        world.outside.signer_down.store(false, Ordering::SeqCst);
        eventually("a refusal", async || {
            world.pass(SignedDuration::from_secs(5));
            matches!(world.view(&person, case).await.step, StepView::Refused(_)).then_some(())
        })
        .await;
        let why = refused(world, &person, case).await;
        assert_eq!(why, ("839-2012:6.C3".to_owned(), Some("operator-suspended".to_owned())));
        let page =
            Visitor::of(world, Some(&token(world, &person).await)).fetch(format!("/requests/{case}")).await;
        assert!(page.text().contains("Оператордың куәлігі тоқтатыла тұрған"), "the recipient is told");
        let health = world.system(ShowHealth).await.expect("health").signer;
        assert_eq!((health.waiting, health.given_up), (0, 0), "nothing waits for anybody to revive it");
    });
}

/// [R839-6.P10]
#[test]
fn an_approved_order_that_can_never_be_carried_out_ends_in_a_reasoned_refusal_too() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let case = asked(world, &person, &operator, &keys("/CN=x")).await;
        // The profile of a request is one that a later version of the product does not know any more.
        let add = world.app.store.write(move |tx| {
            let order = orders::of_case(tx, case)?.expect("an order");
            let first = orders::requests(tx, &order.number)?.remove(0);
            let gone = RequestRow { key_id: vec![1], place: 7, profile: "gone".to_owned(), ..first };
            orders::add_request(tx, &gone)
        });
        assert!(add.await.expect("a row"));
        operator.approves(world, case, &operator.key).await;
        let why = refused(world, &person, case).await;
        assert_eq!(why, ("839-2012:6.C3".to_owned(), Some("profile".to_owned())));
        let order = world.app.store.read(move |tx| orders::of_case(tx, case)).await.expect("a store");
        assert_eq!(order.expect("an order").state, OrderState::Refused);
    });
}

/// [R839-15.1a, R839-6.P9]
#[test]
fn whoever_certifies_owes_what_an_operator_owes_whatever_the_role_is_called() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let case = asked(world, &person, &operator, &keys("/CN=x")).await;
        let (account, place) = (operator.officer.person.account, Place { case, action: 8 });
        let bytes =
            world.run(&operator.officer.caller, ShowDecision { place }).await.expect("an order").bytes;
        // Appointed as a plain officer, with the key of an operator and no carrier in hand.
        let (body, unit) = (OWNER.to_owned(), "operator".to_owned());
        let from = world.app.now();
        let plain = AppointOfficer { account, body, unit, roles: vec![OFFICER], from, until: None };
        world.system(plain).await.expect("appointed");
        let back = world.app.store.write(move |tx| {
            let out = carriers::of_account(tx, account)?.remove(0);
            carriers::take_back(tx, &out.serial, account, from)
        });
        assert!(back.await.expect("a carrier"));
        let caller = world.caller(&operator.officer.token).await.expect("a session");
        let is_refused = |outcome| match outcome {
            Err(Error::Refused(refusal)) => (refusal.ground, refusal.clause.to_string()),
            _ => panic!("not refused"),
        };
        let barred = ("operator-no-carrier".to_owned(), "839-2012:15.1".to_owned());
        assert_eq!(is_refused(world.run(&caller, ShowDecision { place }).await.map(drop)), barred);
        let signature = cms::sign(&bytes, &operator.key, world.app.now()).expect("signed");
        let approve = ApproveWork { place, visit: 0, signature };
        assert_eq!(
            is_refused(world.run(&caller, approve).await),
            barred,
            "the desk says what the signer would"
        );
        let order = world.app.store.read(move |tx| orders::of_case(tx, case)).await.expect("a store");
        assert_eq!(order.expect("an order").state, OrderState::Registered, "nothing is approved");
    });
}
