//! The power is cut while members run: each goes on from where it was, and nothing happens twice.

use qyzmet_app::StepView;

use super::{
    super::world::{OTHER, WELL, eventually, on_both_engines},
    states, verdict,
};

/// [R10-2.5, R74-3.1]
#[test]
fn a_composite_and_its_members_go_on_wherever_the_portal_was_stopped() {
    on_both_engines(async |world| {
        world.with_package().await;
        let (person, officer) = (world.person(WELL).await, world.operator(OTHER).await);
        world.outside.register.hold();
        let case = world.package(&person).await;
        eventually("the register is asked", async || (world.outside.register.asked() > 0).then_some(()))
            .await;
        world.outside.register.let_go();
        let world = world.start_again().await;
        let inspection = world.inspection(&person, case).await;
        world.inspect(&officer, inspection, verdict("good")).await.expect("reported");
        let world = world.start_again().await;
        eventually("the register's member ends", async || {
            (states(&world.members(&person, case).await) == ["issued", "running"]).then_some(())
        })
        .await;
        let world = world.start_again().await;
        world.analyse(inspection).await.expect("reported");
        let world = world.start_again().await;
        world.grant(&officer, inspection).await.expect("granted");
        // The composite's result is left to the process that comes after.
        let world = world.start_again().await;
        assert!(matches!(world.ended(&person, case).await.step, StepView::Issued { .. }));
        world.ended(&person, inspection).await;
        let once = [("case.started", 2), ("case.joined", 2), ("case.answered", 1), ("result.issued", 3)];
        for (what, times) in once {
            assert_eq!(world.journalled(&person, what).await, times, "{what}");
        }
        world.end().await;
    });
}
