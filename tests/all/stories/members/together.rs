//! Members run side by side, and the composite goes on when all have ended: with a result, or with a reasoned refusal.

use qyzmet_app::{ListRequests, StepView};
use qyzmet_domain::Locale;

use super::{
    super::world::{DEAD, OTHER, WELL, eventually, on_both_engines},
    states, verdict,
};

/// [R10-2.5]
#[test]
fn a_composite_goes_on_when_the_last_of_its_members_has_ended() {
    on_both_engines(async |world| {
        world.with_package().await;
        let (person, officer) = (world.person(WELL).await, world.operator(OTHER).await);
        let case = world.package(&person).await;
        let members = world.members(&person, case).await;
        assert_eq!(
            members.iter().map(|member| member.title.as_str()).collect::<Vec<_>>(),
            ["Сынақ анықтамасы", "Сынақ тексеруі",]
        );
        world.ended(&person, members[0].case).await;
        assert_eq!(states(&world.members(&person, case).await), ["issued", "running"]);
        assert!(
            matches!(world.view(&person, case).await.step, StepView::Running { .. }),
            "it waits for both"
        );
        let inspection = members[1].case;
        world.inspect(&officer, inspection, verdict("good")).await.expect("reported");
        world.analyse(inspection).await.expect("reported");
        assert!(matches!(world.view(&person, case).await.step, StepView::Running { .. }));
        world.grant(&officer, inspection).await.expect("granted");
        assert!(matches!(world.ended(&person, case).await.step, StepView::Issued { .. }));
        world.ended(&person, inspection).await;
        assert_eq!(states(&world.members(&person, case).await), ["issued", "issued"]);
        for (what, times) in
            [("case.started", 2), ("case.joined", 2), ("case.arrived", 2), ("result.issued", 3)]
        {
            assert_eq!(world.journalled(&person, what).await, times, "{what}");
        }
        let list = world.run(&person.caller, ListRequests { locale: Locale::Kk }).await.expect("a list");
        assert_eq!(list.len(), 3, "each member is a request of its own");
    });
}

/// [R10-2.5]
#[test]
fn a_member_that_is_refused_is_the_evidence_of_the_composites_refusal_once_all_have_ended() {
    on_both_engines(async |world| {
        world.with_package().await;
        let (person, officer) = (world.person(DEAD).await, world.operator(OTHER).await);
        let case = world.package(&person).await;
        eventually("the register refuses", async || {
            (states(&world.members(&person, case).await) == ["refused", "running"]).then_some(())
        })
        .await;
        assert!(
            matches!(world.view(&person, case).await.step, StepView::Running { .. }),
            "it waits for both"
        );
        let inspection = world.inspection(&person, case).await;
        world.inspect(&officer, inspection, verdict("good")).await.expect("reported");
        world.analyse(inspection).await.expect("reported");
        world.grant(&officer, inspection).await.expect("granted");
        let StepView::Refused(refusal) = world.ended(&person, case).await.step else { panic!("not refused") };
        assert_eq!(refusal.clause, "1116-2010:7.12");
        let [evidence] = refusal.evidence.as_slice() else { panic!("one member was refused") };
        assert_eq!((evidence.fact.as_str(), evidence.found.as_str()), ("Сынақ анықтамасы", "бас тартылды"));
        world.ended(&person, inspection).await;
    });
}

/// [R10-2.5]
#[test]
fn members_belong_to_the_person_of_the_composite_alone() {
    on_both_engines(async |world| {
        world.with_package().await;
        let (person, officer) = (world.person(WELL).await, world.operator(OTHER).await);
        let case = world.package(&person).await;
        let inspection = world.inspection(&person, case).await;
        let show = qyzmet_app::ShowRequest { case: inspection, page: None, locale: Locale::Kk };
        let seen = world.run(&officer.caller, show).await;
        assert!(matches!(seen, Err(qyzmet_app::Error::NotFound)), "an officer is no owner");
        world.inspect(&officer, inspection, verdict("bad")).await.expect("reported");
        world.ended(&person, case).await;
        world.ended(&person, inspection).await;
    });
}
