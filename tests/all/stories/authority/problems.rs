//! An order that cannot be made or confirmed: the operator and the recipient are told why, each on their own page.

use qyzmet_app::StepView;
use qyzmet_domain::CaseId;

use super::{
    super::{
        desk::pages::{Visitor, served_with_authority, token},
        world::{Person, WELL, World, files_of, with_authority},
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
