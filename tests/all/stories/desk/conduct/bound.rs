//! What binds an operator to the own key: the pledge, and that nobody signs with a key of others.

use qyzmet_app::{
    Error, SignatureProblem,
    conduct::{ShowPledge, SignPledge},
    desk::{ApproveWork, Place, ShowDecision, Verdict},
};
use qyzmet_pki::cms;

use super::{
    super::{
        super::world::{on_both_engines, well},
        kind,
    },
    ground, refusal,
};

/// [R839-19.5a]
#[test]
fn an_operator_who_has_not_signed_the_pledge_with_the_own_eds_does_no_work() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(7);
        let (around, person) = (world.around(&people[..3]).await, world.person(people[3]).await);
        let other = world.in_order(&around, people[4]).await;
        let case = world.received(&person, &other).await;
        let operator = world.accepted(&around, people[5]).await;
        world.acknowledge(&operator).await;
        world.attest(&operator, world.app.today()).await.expect("attested");
        let show = || ShowDecision { place: Place { case, action: 7 } };
        let refused = refusal(world.run(&operator.caller, show()).await.map(drop));
        assert_eq!(refused, ground("operator-no-pledge", "19.5"));
        let bytes = world.run(&operator.caller, ShowPledge).await.expect("a pledge").bytes;
        let foreign = cms::sign(&bytes, &other.person.sign, world.app.now()).expect("signed");
        let signed = world.run(&operator.caller, SignPledge { signature: foreign }).await;
        assert!(matches!(signed, Err(Error::Signature(SignatureProblem::OtherPerson))));
        let others = world.run(&other.caller, ShowPledge).await.expect("a pledge").bytes;
        let wrong = cms::sign(&others, &operator.person.sign, world.app.now()).expect("signed");
        let signed = world.run(&operator.caller, SignPledge { signature: wrong }).await;
        assert!(matches!(signed, Err(Error::Signature(SignatureProblem::OtherContent))));
        assert_eq!(kind(world.run(&around.head.caller, ShowPledge).await), "not-found");
        world.pledge(&operator).await;
        world.run(&operator.caller, show()).await.expect("work");
    });
}

/// [R839-19.5b]
#[test]
fn an_operator_in_the_session_of_one_and_with_the_key_of_another_approves_nothing() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(7);
        let (around, person) = (world.around(&people[..3]).await, world.person(people[3]).await);
        let (first, second) =
            (world.in_order(&around, people[4]).await, world.in_order(&around, people[5]).await);
        let third = world.in_order(&around, people[6]).await;
        let case = world.received(&person, &first).await;
        world.decide(&first, case, Verdict::Granted).await.expect("decided");
        let place = Place { case, action: 8 };
        let visit = world.work(&second, case, 8).await.visit;
        let bytes = world.run(&second.caller, ShowDecision { place }).await.expect("a decision").bytes;
        let signature = cms::sign(&bytes, &third.person.sign, world.app.now()).expect("signed");
        let outcome = world.run(&second.caller, ApproveWork { place, visit, signature }).await;
        assert!(matches!(outcome, Err(Error::Signature(SignatureProblem::OtherPerson))));
        assert_eq!(world.journalled(&person, "case.approved").await, 0);
        world.approve(&second, case).await.expect("with the own key");
        world.ended(&person, case).await;
    });
}
