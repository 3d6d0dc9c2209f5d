//! Changing a linked number, and a number that two accounts claim.

use jiff::SignedDuration;
use qyzmet_app::{Error, SignatureProblem, StepView};

use super::world::{OTHER, WELL, on_both_engines};

const OLD: &str = "+77010000123";
const NEW: &str = "+77020000456";

/// Longer than the pause between two codes to one number.
const PAUSE: SignedDuration = SignedDuration::from_mins(2);

/// [R58-8]
#[test]
fn a_number_is_changed_with_code_and_eds_and_the_old_number_is_told() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        world.link(&person, OLD).await;
        world.pass(PAUSE);
        let case = world.filled(&person, NEW).await;
        let code = world.code(NEW).await;
        let without = world.present(&person, case, Some(&code), None).await;
        assert!(matches!(without, Err(Error::Signature(SignatureProblem::Malformed))), "EDS is asked");
        assert!(world.linked(&person).await.is_some_and(|shown| shown.ends_with("23")));
        world.confirm(&person, case, &code).await.expect("accepted");
        assert!(matches!(world.ended(&person, case).await.step, StepView::Issued { .. }));
        assert!(world.linked(&person).await.is_some_and(|shown| shown.ends_with("56")));
        let told = world.message(OLD).await;
        assert!(told.contains("басқа нөмір"), "the old number is told of the change");
        assert_eq!(world.journalled(&person, "number-unlinked").await, 1);
        assert_eq!(world.journalled(&person, "number-linked").await, 2);
    });
}

/// [R58-9.D]
#[test]
fn a_number_that_another_account_proves_leaves_its_former_holder_who_is_told() {
    on_both_engines(async |world| {
        let (former, present) = (world.person(WELL).await, world.person(OTHER).await);
        world.link(&former, OLD).await;
        world.pass(PAUSE);
        world.link(&present, OLD).await;
        assert_eq!(world.linked(&former).await, None);
        assert!(world.linked(&present).await.is_some());
        assert!(world.message(OLD).await.contains("басқа есептік жазбаға"));
        assert_eq!(world.journalled(&former, "number-unlinked").await, 1);
        assert_eq!(world.journalled(&present, "number-unlinked").await, 0);
    });
}

/// [R58-8]
#[test]
fn linking_the_number_that_is_linked_already_changes_nothing_and_still_gives_a_result() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let first = world.link(&person, OLD).await;
        world.pass(PAUSE);
        let second = world.link(&person, OLD).await;
        assert_ne!(first, second);
        assert_eq!(world.journalled(&person, "number-linked").await, 1);
        assert_eq!(world.outside.inbox.to(OLD).len(), 2, "two codes and no notice");
    });
}
