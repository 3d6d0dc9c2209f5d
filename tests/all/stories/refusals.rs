//! Refusals: on the two grounds of the act only, each with clause, evidence, a number and a signature.

use qyzmet_app::{RefusalView, StepView, VerificationOutcome};

use super::world::{ABSENT, DEAD, EXPIRED, INVALID, MISSING, WELL, World, on_both_engines};

const NUMBER: &str = "+77010000123";

/// The refusal of the person with this number in the register; nothing may be linked.
async fn refusal(world: &World, who: u32) -> RefusalView {
    let person = world.person(who).await;
    let case = world.confirmed(&person, NUMBER).await;
    let StepView::Refused(refusal) = world.ended(&person, case).await.step else { panic!("not refused") };
    assert_eq!(world.linked(&person).await, None);
    let verification = world.verify(&refusal.number).await;
    assert_eq!(verification.outcome, VerificationOutcome::Valid, "a refusal is signed like any result");
    assert_eq!(verification.kind.as_deref(), Some("refused"));
    assert!(verification.sealed && verification.signer.is_some());
    refusal
}

async fn identity(world: &World, who: u32, expected: &str, found: &str) {
    let refusal = refusal(world, who).await;
    assert_eq!(refusal.clause, "58-2016:A.9.1");
    assert!(refusal.ground.contains("Жеке басты куәландыратын құжаттар туралы"));
    let evidence = refusal.evidence.first().expect("evidence");
    assert_eq!((evidence.expected.as_str(), evidence.found.as_str()), (expected, found));
    assert!(evidence.source.contains("Жеке тұлғалар"), "the register is named");
    assert!(evidence.answer_id.as_ref().is_some_and(|id| !id.is_empty()), "its answer is named");
    assert_eq!(world.outside.register.asked(), 1);
}

/// [R58-A.9.1, R74-5.4]
#[test]
fn somebody_dead_in_the_register_is_refused_with_its_answer() {
    on_both_engines(async |world| identity(world, DEAD, "тірі", "қайтыс болған").await);
}

/// [R58-A.9.1]
#[test]
fn somebody_declared_missing_is_refused_with_the_registers_answer() {
    on_both_engines(async |world| identity(world, MISSING, "тірі", "хабарсыз кеткен").await);
}

/// [R58-A.9.1]
#[test]
fn a_document_declared_invalid_is_a_ground() {
    on_both_engines(async |world| identity(world, INVALID, "жарамды", "жарамсыз").await);
}

/// [R58-A.9.1]
#[test]
fn an_expired_document_is_a_ground_and_both_days_are_shown() {
    on_both_engines(async |world| {
        let refusal = refusal(world, EXPIRED).await;
        assert_eq!(refusal.clause, "58-2016:A.9.1");
        let evidence = refusal.evidence.first().expect("evidence");
        assert!(evidence.expected.contains("2026-11-21"), "expected: {}", evidence.expected);
        assert_eq!(evidence.found, "2023-05-20");
    });
}

/// [R58-A.9.1]
#[test]
fn somebody_whom_the_register_does_not_know_is_refused_because_it_says_so() {
    on_both_engines(async |world| identity(world, ABSENT, "тіркелген", "тізілімде жоқ").await);
}

/// [R58-A.9.2]
#[test]
fn without_consent_no_question_leaves_and_the_request_is_refused() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let case = world.start(&person).await;
        world.fill(&person, case, NUMBER, "no").await.expect("an answer too");
        let code = world.code(NUMBER).await;
        world.confirm(&person, case, &code).await.expect("accepted");
        let StepView::Refused(refusal) = world.ended(&person, case).await.step else { panic!("not refused") };
        assert_eq!(refusal.clause, "58-2016:A.9.2");
        let evidence = refusal.evidence.first().expect("evidence");
        assert_eq!((evidence.found.as_str(), evidence.answer_id.as_ref()), ("берілмеді", None));
        assert_eq!(world.outside.register.asked(), 0);
        assert_eq!(world.verify(&refusal.number).await.outcome, VerificationOutcome::Valid);
        assert_eq!(world.linked(&person).await, None);
    });
}
