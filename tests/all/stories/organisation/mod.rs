//! The register of legal entities in a whole case: asked by BIN for its leader, who is then asked about by IIN.

use jiff::SignedDuration;
use qyzmet_app::{RefusalView, StepView};
use qyzmet_connectors::gbd_ul::demo::organisations;
use qyzmet_domain::CaseId;

use super::world::{DEAD, OTHER, Person, WELL, World, eventually, invented, on_both_engines, turn};

/// The invented service.
const REFERENCE: &str = "entity-reference";

/// Led by the first person of the demo.
const OWN: usize = 0;
/// Led by somebody who is nobody of the demo.
const FOREIGN: usize = 1;
/// Led by somebody who is dead in the register of individuals.
const OF_THE_DEAD: usize = 2;
/// Nobody leads it.
const VACANT: usize = 3;
/// Not in the register.
const LACKED: usize = 4;

impl World {
    /// A request about an entity, sent.
    async fn asked_about(&self, person: &Person, entity: usize) -> CaseId {
        self.publish(invented("organisation/service")).await.expect("the invented service is sound");
        let case = self.start_service(person, REFERENCE).await;
        let bin = organisations()[entity].bin.to_string();
        self.answer(person, case, "entity", ("bin", &bin)).await.expect("filled");
        case
    }
}

/// The refusal of somebody who asks about an entity.
async fn refusal(world: &World, who: u32, entity: usize) -> RefusalView {
    let person = world.person(who).await;
    let case = world.asked_about(&person, entity).await;
    let StepView::Refused(refusal) = world.ended(&person, case).await.step else { panic!("not refused") };
    refusal
}

/// [R839-6.P2] Asked by BIN in the one register and by IIN in the other; both questions are in the journal.
#[test]
fn the_leader_of_an_entity_is_looked_up_in_both_registers_and_gets_the_result() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let case = world.asked_about(&person, OWN).await;
        assert!(matches!(world.ended(&person, case).await.step, StepView::Issued { .. }));
        assert_eq!(world.outside.register.asked(), 1);
        assert_eq!(world.journalled(&person, "case.answered").await, 2);
    });
}

/// [R839-6.C1] [R839-6.P3]
#[test]
fn an_entity_that_the_register_lacks_is_refused_with_the_registers_own_answer() {
    on_both_engines(async |world| {
        let refusal = refusal(world, WELL, LACKED).await;
        assert_eq!(refusal.clause, "839-2012:6.P3");
        let evidence = refusal.evidence.first().expect("evidence");
        assert_eq!((evidence.fact.as_str(), evidence.found.as_str()), ("Тізілімдегі ұйым", "тізілімде жоқ"));
        assert!(evidence.source.contains("Заңды тұлғалар"), "the register is named: {}", evidence.source);
        assert!(evidence.answer_id.as_ref().is_some_and(|id| !id.is_empty()), "its answer is named");
        assert_eq!(world.outside.register.asked(), 0, "nobody is asked about further");
    });
}

/// [R839-5.12]
#[test]
fn whoever_does_not_lead_the_entity_is_refused_and_a_vacant_post_is_nobodys() {
    on_both_engines(async |world| {
        let of_another = refusal(world, WELL, FOREIGN).await;
        assert_eq!(of_another.ground, "Алушы ұйымның басшысы емес");
        assert!(of_another.evidence.first().expect("evidence").source.contains("Заңды тұлғалар"));
        let of_nobody = refusal(world, OTHER, VACANT).await;
        assert_eq!(of_nobody.ground, of_another.ground);
        assert_eq!(of_nobody.evidence.first().expect("evidence").found, "");
        assert_eq!(world.outside.register.asked(), 0);
    });
}

/// [R839-6.P2] A representative is checked in both.
#[test]
fn a_leader_who_is_dead_in_the_register_of_individuals_is_refused_on_its_answer() {
    on_both_engines(async |world| {
        let refusal = refusal(world, DEAD, OF_THE_DEAD).await;
        let evidence = refusal.evidence.first().expect("evidence");
        assert_eq!(evidence.found, "қайтыс болған");
        assert!(evidence.source.contains("Жеке тұлғалар"));
    });
}

/// [R839-5.12] A register that is down is a delay, never a refusal.
#[test]
fn a_register_that_is_down_delays_and_the_case_goes_on_when_it_is_back() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        turn(world.outside.gateway, "down").await;
        let case = world.asked_about(&person, OWN).await;
        eventually("a delay", async || {
            world.pass(SignedDuration::from_secs(5));
            match world.view(&person, case).await.step {
                StepView::Running { delayed } => delayed.then_some(()),
                _ => panic!("a fault of a system has ended the case"),
            }
        })
        .await;
        turn(world.outside.gateway, "ok").await;
        eventually("the case goes on", async || {
            world.pass(SignedDuration::from_secs(5));
            matches!(world.view(&person, case).await.step, StepView::Issued { .. }).then_some(())
        })
        .await;
    });
}
