//! Onboarding of an operator: three documents, a carrier, an answer of which the sender of the letter is told.

use qyzmet_app::{
    DeskProblem, Error,
    conduct::{
        AnswerOnboarding, FileOnboarding, GiveCarrier, ListOperators, OnboardingVerdict, PaperFile,
        ReadPaper, ShowOperator, TakeBackCarrier,
    },
};
use qyzmet_domain::conduct::DutyKind;

use super::{
    super::{
        super::world::{eventually, on_both_engines, well},
        days, kind,
    },
    ground, papers, refusal,
};

const EXECUTORS: &str = "+77010000311";

/// [R839-15.1b, R839-15.1c]
#[test]
fn a_case_without_letter_application_or_order_is_none_and_only_the_centre_files_one() {
    on_both_engines(async |world| {
        let people = well(5);
        let (around, person) = (world.around(&people[..3]).await, world.person(people[3]).await);
        let file = |missing: Option<usize>| {
            let mut papers = papers();
            if let Some(missing) = missing {
                papers[missing] = None;
            }
            FileOnboarding { iin: person.iin.clone(), words: "Хат № 1".to_owned(), papers }
        };
        for missing in 0..3 {
            let filed = world.run(&around.personnel.caller, file(Some(missing))).await;
            assert!(matches!(filed, Err(Error::Desk(DeskProblem::PapersMissing))), "{missing}");
        }
        for other in [&around.responsible.caller, &around.head.caller, &person.caller] {
            assert_eq!(kind(world.run(other, file(None)).await), "not-found");
        }
        let own = FileOnboarding { iin: around.personnel.person.iin.clone(), ..file(None) };
        assert_eq!(kind(world.run(&around.personnel.caller, own).await), "desk", "nobody files their own");
        let duty = world.run(&around.personnel.caller, file(None)).await.expect("filed");
        assert_eq!(kind(world.run(&around.personnel.caller, file(None)).await), "late", "once");
        let letter = || ReadPaper(PaperFile { duty, kind: "letter".to_owned() });
        let read = world.run(&around.responsible.caller, letter()).await.expect("a document");
        assert!(read.bytes.starts_with(b"%PDF"));
        assert_eq!(world.journalled(&person, "paper-read").await, 1, "and the person sees that it was read");
        assert_eq!(kind(world.run(&around.head.caller, letter()).await), "not-found");
    });
}

/// [R839-15.1a, R839-15.1e]
#[test]
fn no_certificates_are_ordered_before_a_protected_carrier_is_given_and_a_file_is_none() {
    on_both_engines(async |world| {
        let people = well(6);
        let around = world.around(&people[..3]).await;
        let (person, other) = (world.person(people[3]).await, world.person(people[4]).await);
        let (duty, second) = (world.file(&around, &person).await, world.file(&around, &other).await);
        let accepted = world.accept(&around, duty).await;
        assert_eq!(refusal(accepted), ground("operator-no-carrier", "15.1"));
        assert_eq!(world.journalled(&person, "operator-order").await, 0);
        for file in ["PKCS12", "JKS", ""] {
            let (operator, kind, serial) = (person.account, file.to_owned(), "KZ-0001".to_owned());
            let given = world.run(&around.personnel.caller, GiveCarrier { operator, kind, serial }).await;
            assert!(matches!(given, Err(Error::Desk(DeskProblem::NotProtected))), "{file}");
        }
        world.give(&around, &person, "KZ-0001").await.expect("given");
        let taken = world.give(&around, &other, "kz-0001").await;
        assert!(matches!(taken, Err(Error::Desk(DeskProblem::CarrierTaken))));
        world.accept(&around, duty).await.expect("accepted");
        assert_eq!(world.journalled(&person, "operator-order").await, 1);
        let back = |operator| TakeBackCarrier { operator, serial: "KZ-0001".to_owned() };
        assert_eq!(kind(world.run(&around.personnel.caller, back(other.account)).await), "not-found");
        world.run(&around.personnel.caller, back(person.account)).await.expect("back");
        let show = ShowOperator { operator: person.account };
        let register = world.run(&around.personnel.caller, show).await.expect("a view").carriers;
        assert_eq!(register.len(), 1);
        assert_eq!(register[0].serial, "KZ-0001");
        assert!(register[0].returned_at.is_some());
        world.pass(days(1));
        world.give(&around, &other, "KZ-0001").await.expect("free again");
        world.accept(&around, second).await.expect("accepted");
    });
}

/// [R839-15.1d]
#[test]
fn whoever_sent_the_letter_is_told_of_the_answer_and_of_the_reason() {
    on_both_engines(async |world| {
        let people = well(5);
        let (around, person) = (world.around(&people[..3]).await, world.person(people[3]).await);
        world.link(&around.personnel.person, EXECUTORS).await;
        let duty = world.file(&around, &person).await;
        let answer = |reason: &str| {
            let verdict = OnboardingVerdict::Returned { reason: reason.to_owned() };
            AnswerOnboarding { duty, verdict }
        };
        assert_eq!(kind(world.run(&around.personnel.caller, answer("Өзім")).await), "not-found");
        assert_eq!(kind(world.run(&around.responsible.caller, answer("")).await), "desk", "without a reason");
        world.run(&around.responsible.caller, answer("Бұйрықта қол жоқ")).await.expect("returned");
        assert_eq!(world.journalled(&person, "executor-told").await, 1);
        eventually("the message", async || {
            let texts = world.outside.inbox.to(EXECUTORS);
            texts.iter().any(|text| text.contains("жауап берілді")).then_some(())
        })
        .await;
        let show = ShowOperator { operator: person.account };
        let view = world.run(&around.personnel.caller, show).await.expect("a view");
        let case = view.duties.iter().find(|duty| duty.kind == DutyKind::Onboarding).expect("the case");
        assert_eq!(case.answer.as_deref(), Some("Бұйрықта қол жоқ"));
        assert!(!view.is_operator);
        let list = world.run(&around.responsible.caller, ListOperators).await.expect("a list");
        assert!(list.tasks.is_empty() && list.people.is_empty());
        world.file(&around, &person).await;
    });
}
