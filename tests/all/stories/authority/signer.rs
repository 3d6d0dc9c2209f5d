//! A signer that is down delays what its orders are for, and refuses nobody.

use std::sync::atomic::Ordering;

use jiff::SignedDuration;
use qyzmet_app::{StepView, authority::ShowHealth};

use super::{
    super::world::{WELL, eventually, files_of, with_authority},
    issue_portal::{Operator, SERVICE, keys, ordered},
};

/// [R839-6.P11]
#[test]
fn a_case_waits_for_a_signer_that_is_down_and_goes_on_by_itself_when_it_is_back() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let case = ordered(world, &person, &keys("/CN=x")).await;
        operator.receives(world, case).await;
        world.outside.signer_down.store(true, Ordering::SeqCst);
        operator.approves(world, case, &operator.key).await;
        world.delayed(&person, case).await;
        let health = world.system(ShowHealth).await.expect("health").signer;
        assert!(!health.well && !health.answers && health.waiting == 1 && health.given_up == 0);

        world.outside.signer_down.store(false, Ordering::SeqCst);
        eventually("the case goes on", async || {
            world.pass(SignedDuration::from_secs(5));
            matches!(world.view(&person, case).await.step, StepView::Issued { .. }).then_some(())
        })
        .await;
        assert!(world.system(ShowHealth).await.expect("health").signer.answers);
    });
}
