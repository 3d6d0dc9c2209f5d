//! The portal ends and starts again at every point at which the case waits: nothing is lost and nothing happens twice.

use qyzmet_app::{
    StepView,
    desk::{Place, ReceivePapers, Verdict},
};

use super::super::world::{on_both_engines, well};

/// [R1116-7.9, R839-6.P9]
#[test]
fn a_case_goes_on_wherever_the_portal_was_stopped() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(4);
        let (person, first, second) =
            (world.person(people[0]).await, world.operator(people[1]).await, world.operator(people[2]).await);
        let case = world.unpaid(&person).await;
        let world = world.start_again().await;
        world.pay(&person, case).await;
        let world = world.start_again().await;
        let visit = world.work(&first, case, 6).await.visit;
        let world = world.start_again().await;
        let papers = vec!["identity-card".to_owned(), "photo".to_owned()];
        let receive = ReceivePapers { place: Place { case, action: 6 }, visit, papers };
        world.run(&first.caller, receive).await.expect("received");
        let world = world.start_again().await;
        assert_eq!(world.queue(&first).await.len(), 1);
        world.decide(&first, case, Verdict::Granted).await.expect("decided");
        let world = world.start_again().await;
        world.approve(&second, case).await.expect("approved");
        let world = world.start_again().await;
        let view = world.ended(&person, case).await;
        assert!(matches!(view.step, StepView::Issued { .. }));
        for what in ["case.paid", "case.received", "case.decided", "case.approved", "case.issued"] {
            assert_eq!(world.journalled(&person, what).await, 1, "{what}");
        }
        world.end().await;
    });
}
