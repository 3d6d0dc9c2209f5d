//! The provider looks after the quality of the work of operators.

use qyzmet_app::conduct::{
    AskCopies, CheckSample, CloseDuty, GiveCopies, PaperFile, ReadPaper, ReportViolation, SAMPLE_ITEMS,
};
use qyzmet_domain::conduct::DutyKind;

use super::{
    super::{
        super::world::{eventually, on_both_engines, well},
        days, kind,
    },
    scan,
};

const CENTRES: &str = "+77010000341";

/// [R839-15.2a, R839-15.2c]
#[test]
fn a_sample_with_a_fault_becomes_a_violation_of_which_the_centre_is_told_and_which_it_answers() {
    on_both_engines(async |world| {
        let people = well(5);
        let around = world.around(&people[..3]).await;
        world.link(&around.personnel.person, CENTRES).await;
        let operator = world.in_order(&around, people[3]).await;
        let check = |faults: &[&str]| CheckSample {
            operator: operator.person.account,
            words: "2026-00000000001 өтінімі".to_owned(),
            in_order: SAMPLE_ITEMS
                .into_iter()
                .filter(|item| !faults.contains(item))
                .map(str::to_owned)
                .collect(),
        };
        for other in [&around.personnel, &around.head, &operator] {
            assert_eq!(kind(world.run(&other.caller, check(&[])).await), "not-found");
        }
        world.run(&around.responsible.caller, check(&[])).await.expect("checked");
        assert_eq!(world.open_duty(&around, DutyKind::Violation).await, None);
        world.pass(days(1));
        world.run(&around.responsible.caller, check(&["papers"])).await.expect("checked");
        let sample = world.outcome(&around, &operator, DutyKind::Sample).await;
        assert_eq!(sample.as_deref(), Some("faults"));
        let duty = world.open_duty(&around, DutyKind::Violation).await.expect("a violation");
        eventually("a message", async || {
            let texts = world.outside.inbox.to(CENTRES);
            texts.iter().any(|text| text.contains("кемшілік табылды")).then_some(())
        })
        .await;
        let close = |words: &str| CloseDuty { duty, words: words.to_owned() };
        assert_eq!(kind(world.run(&around.responsible.caller, close("Өзіміз")).await), "not-found");
        assert_eq!(kind(world.run(&around.personnel.caller, close("")).await), "desk", "without an action");
        world.run(&around.personnel.caller, close("Қайта оқытылды")).await.expect("answered");
        assert_eq!(kind(world.run(&around.personnel.caller, close("Тағы")).await), "late");
        let report =
            ReportViolation { operator: operator.person.account, words: "Кешікті".to_owned() };
        world.run(&around.responsible.caller, report).await.expect("told");
        assert!(world.open_duty(&around, DutyKind::Violation).await.is_some());
    });
}

/// [R839-15.2b]
#[test]
fn copies_that_are_not_handed_over_in_time_are_raised_and_the_times_of_both_stand() {
    on_both_engines(async |world| {
        let people = well(6);
        let around = world.around(&people[..3]).await;
        let operator = world.in_order(&around, people[3]).await;
        let other = world.in_order(&around, people[4]).await;
        let ask = AskCopies {
            operator: operator.person.account, words: "№ 1 істің құжаттары".to_owned()
        };
        world.run(&around.responsible.caller, ask).await.expect("asked");
        let duty = world.open_duty(&around, DutyKind::Copies).await.expect("a duty");
        world.pass(days(1));
        world.ring_duties().await;
        assert_eq!(world.journalled(&operator.person, "duty-raised").await, 1);
        let give = || GiveCopies { duty, copies: scan("көшірме") };
        assert_eq!(kind(world.run(&other.caller, give()).await), "not-found");
        world.run(&operator.caller, give()).await.expect("given");
        assert_eq!(kind(world.run(&operator.caller, give()).await), "late");
        let view = qyzmet_app::conduct::ShowOperator { operator: operator.person.account };
        let view = world.run(&around.responsible.caller, view).await.expect("a view");
        let copies = view.duties.iter().find(|row| row.id == duty).expect("the duty");
        assert_eq!(copies.done_at.map(|done| done.duration_since(copies.begins_at)), Some(days(1)));
        let read = ReadPaper(PaperFile { duty, kind: "copies".to_owned() });
        let read = world.run(&around.responsible.caller, read).await.expect("a document");
        assert!(read.bytes.ends_with("көшірме".as_bytes()));
    });
}
