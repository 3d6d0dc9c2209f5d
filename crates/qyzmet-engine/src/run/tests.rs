//! A case of order 58 from its opening to its end, and what it does not put up with.

use std::collections::BTreeMap;

use qyzmet_domain::{Bin, Clause, Means, OtpPurpose};

use super::trial::Run;
use super::*;
use crate::event::Event;
use crate::samples::{OTP_AND_EDS, answer, at, confirm, done, fill, map, open, regulation};
use crate::{Case, Channel, Command, Denial, Ending, FieldError, Rejection};

fn good() -> Command {
    answer("alive", "valid", "2031-05-08")
}

fn accepted() -> Run {
    Run::on(Channel::Portal).all(&[fill("yes"), done(2), confirm(&OTP_AND_EDS)])
}

/// [R58-5.2b]
#[test]
fn after_the_form_a_code_for_the_entered_number_is_asked_for() {
    let mut run = Run::on(Channel::Portal);
    assert_eq!(run.waits(), [Waiting::Fill { action: 1, pages: vec!["number".into(), "consent".into()] }]);
    run.give(&fill("yes")).unwrap();
    let (message, to) = ("code".to_owned(), Some("+77011234567".to_owned()));
    assert_eq!(run.waits(), [Waiting::Notify { action: 2, message, purpose: Some(OtpPurpose::Number), to }]);
}

/// [R58-5.2c]
#[test]
fn on_the_portal_the_request_is_confirmed_by_the_code_and_eds() {
    let mut run = Run::on(Channel::Portal).all(&[fill("yes"), done(2)]);
    assert_eq!(run.waits(), [Waiting::Confirm { action: 3, means: OTP_AND_EDS.to_vec() }]);
    let code = Means::Otp(OtpPurpose::Number);
    assert_eq!(run.give(&confirm(&[code])), Err(Rejection::Unproven(vec![Means::Eds])));
    assert_eq!(run.give(&confirm(&[Means::Eds])), Err(Rejection::Unproven(vec![code])));
    let other = Means::Otp(OtpPurpose::SignIn);
    assert_eq!(run.give(&confirm(&[other, Means::Eds])), Err(Rejection::Unproven(vec![code])));
    assert_eq!(run.case().accepted_at, None);
    run.give(&confirm(&OTP_AND_EDS)).unwrap();
    assert_eq!(run.case().accepted_at, Some(at(run.second)));
}

#[test]
fn a_signature_without_its_certificate_is_not_taken() {
    let mut run = Run::on(Channel::Portal).all(&[fill("yes"), done(2)]);
    let Command::Confirm { action, visit, mut proof } = confirm(&OTP_AND_EDS) else { panic!() };
    proof.signer = None;
    assert_eq!(run.give(&Command::Confirm { action, visit, proof }), Err(Rejection::UnknownSigner));
}

/// [R58-5.3a]
#[test]
fn a_confirmed_request_is_handled_without_people_and_the_number_linked() {
    let mut run = accepted();
    let ask = map(&[("person", run.case().recipient.identifier.as_str())]);
    let consent = Some("identity-documents".to_owned());
    assert_eq!(run.waits(), [Waiting::Query { action: 4, register: "gbd-fl".into(), ask, consent }]);
    run.give(&good()).unwrap();
    let with = map(&[("number", "+77011234567")]);
    assert_eq!(run.waits(), [Waiting::Call { action: 6, operation: "link-number".into(), with }]);
    run.give(&done(6)).unwrap();
    assert_eq!(run.waits(), [Waiting::Issue { action: 9 }]);
    run.give(&done(9)).unwrap();
    assert_eq!(run.path(), [1, 2, 3, 4, 5, 6, 9]);
    assert_eq!(run.case().outcome.as_ref().unwrap().ending, Ending::Issued);
    assert!(run.waits().is_empty());
}

/// [R58-6.2b]
#[test]
fn in_the_app_failed_biometrics_leave_nothing_half_done() {
    let mut run = Run::on(Channel::MobileApp).all(&[fill("yes"), done(2)]);
    let code = Means::Otp(OtpPurpose::Number);
    assert_eq!(run.waits(), [Waiting::Confirm { action: 3, means: vec![code, Means::Biometrics] }]);
    assert_eq!(run.give(&confirm(&[code])), Err(Rejection::Unproven(vec![Means::Biometrics])));
    run.give(&Command::Deny { action: 3, visit: 0, reason: Denial::Biometrics }).unwrap();
    assert_eq!(run.case().outcome.as_ref().unwrap().ending.as_str(), "not-linked");
    assert!(run.case().facts.get("person.life-status").is_none() && run.case().accepted_at.is_none());
}

/// [R58-7b]
#[test]
fn in_a_banks_app_any_one_of_the_three_missing_means_no_link() {
    let all = [Means::Otp(OtpPurpose::Number), Means::Biometrics, Means::NumberMatch];
    for left_out in all {
        let mut run = Run::on(Channel::BankApp).all(&[fill("yes"), done(2)]);
        let given: Vec<_> = all.into_iter().filter(|means| *means != left_out).collect();
        assert_eq!(run.give(&confirm(&given)), Err(Rejection::Unproven(vec![left_out])));
        run.give(&confirm(&all)).unwrap();
    }
}

/// [R58-9]
#[test]
fn a_wrong_code_links_nothing_and_its_event_names_reason_and_clause() {
    let mut run = Run::on(Channel::Portal).all(&[fill("yes"), done(2)]);
    run.give(&Command::Deny { action: 3, visit: 0, reason: Denial::WrongCode }).unwrap();
    assert_eq!(run.path(), [1, 2, 3, 8]);
    let denied = run.events.iter().find_map(|event| match event {
        Event::Denied { head, reason, .. } => Some((head.clause.clone(), *reason)),
        _ => None,
    });
    assert_eq!(denied, Some((Clause::fixed("58-2016", "9"), Denial::WrongCode)));
    assert_eq!(run.case().outcome.as_ref().unwrap().within_term, None, "nothing was accepted");
}

/// [R58-A.9.1]
#[test]
fn a_refusal_names_its_clause_and_the_registers_answer() {
    let run = accepted().all(&[answer("dead", "valid", "2031-05-08")]);
    let refusal = run.refusal();
    assert_eq!((refusal.ground.as_str(), refusal.clause.to_string().as_str()), ("identity", "58-2016:A.9.1"));
    let [evidence] = refusal.evidence.as_slice() else { panic!("{refusal:?}") };
    assert_eq!((evidence.fact.as_str(), evidence.expected.as_str()), ("person.life-status", "alive"));
    assert_eq!((evidence.found.as_str(), evidence.source.as_str()), ("dead", "gbd-fl"));
    assert_eq!(evidence.answer_id.as_deref(), Some("answer-1"));
}

/// [R58-A.5]
#[test]
fn every_comparison_is_recorded_and_all_that_fail_are_evidence() {
    let run = accepted().all(&[answer("alive", "invalid", "2020-01-01")]);
    let checked = run.events.iter().find_map(|event| match event {
        Event::Checked { comparisons, .. } => Some(comparisons.iter().map(|c| c.holds).collect::<Vec<_>>()),
        _ => None,
    });
    assert_eq!(checked, Some(vec![true, false, false]));
    let facts: Vec<_> = run.refusal().evidence.iter().map(|evidence| evidence.fact.as_str()).collect();
    assert_eq!(facts, ["person.document.status", "person.document.end-date"]);
}

#[test]
fn a_fact_that_the_register_leaves_out_holds_of_nothing() {
    let facts = map(&[("person.life-status", "alive")]);
    let run = accepted().all(&[Command::Answer { action: 4, facts, answer_id: "a".into() }]);
    assert_eq!(run.refusal().evidence.len(), 2);
    assert!(run.refusal().evidence.iter().all(|evidence| evidence.found.is_empty()));
}

/// [R1116-6.12]
#[test]
fn absence_is_a_ground_with_the_registers_own_answer() {
    let run = accepted().all(&[Command::Absent { action: 4, answer_id: "nobody-7".into() }]);
    assert_eq!(run.path(), [1, 2, 3, 4, 7]);
    let [evidence] = run.refusal().evidence.as_slice() else { panic!() };
    assert_eq!((evidence.source.as_str(), evidence.found.as_str()), ("gbd-fl", "absent"));
    assert_eq!(evidence.answer_id.as_deref(), Some("nobody-7"));
}

/// [R58-A.9.2]
#[test]
fn without_consent_the_register_is_never_asked() {
    let run = Run::on(Channel::Portal).all(&[fill("no"), done(2), confirm(&OTP_AND_EDS)]);
    assert_eq!(run.path(), [1, 2, 3, 4, 7]);
    assert_eq!(run.refusal().clause, Clause::fixed("58-2016", "A.9.2"));
    assert!(!run.events.iter().any(|event| matches!(event, Event::Answered { .. })));
    assert_eq!(run.refusal().evidence[0].source, "request");
}

/// [R58-A.3]
#[test]
fn the_term_runs_from_acceptance_and_not_from_opening() {
    let mut run = Run::on(Channel::Portal);
    run.second = 3600;
    let mut run = run.all(&[fill("yes"), done(2), confirm(&OTP_AND_EDS), good(), done(6)]);
    let late = Run { second: run.second + 600, ..run.again() };
    run.give(&done(9)).unwrap();
    assert_eq!(run.case().outcome.as_ref().unwrap().within_term, Some(true));
    assert_eq!(late.all(&[done(9)]).case().outcome.as_ref().unwrap().within_term, Some(false));
}

/// [R58-3]
#[test]
fn a_legal_entity_cannot_open_a_case() {
    let Command::Open { case, mut recipient, channel } = open(Channel::Portal) else { panic!() };
    recipient.identifier = Bin::complete("15014000123").unwrap().into();
    let refused = decide(&regulation(), None, &Command::Open { case, recipient, channel }, at(0));
    assert_eq!(refused, Err(Rejection::WrongRecipient));
}

/// [R10-A1.1.5]
#[test]
fn a_service_of_the_eds_class_is_not_offered_over_text_messages() {
    assert_eq!(decide(&regulation(), None, &open(Channel::Sms), at(0)), Err(Rejection::WrongChannel));
    let folder = crate::samples::edited("service.toml", "\"bank-app\"]", "\"bank-app\", \"sms\"]");
    let folder = {
        let mut folder = folder;
        let text = String::from_utf8(folder.0["service.toml"].clone()).unwrap();
        let text = text.replacen("bank-app   = [", "sms = [\"otp:number\"]\nbank-app   = [", 1);
        folder.0.insert("service.toml".to_owned(), text.into_bytes());
        folder
    };
    let regulation = crate::read(&folder).unwrap();
    assert!(regulation.confirmation(Channel::Sms).is_empty(), "no code is ever sent there");
    assert_eq!(decide(&regulation, None, &open(Channel::Sms), at(0)), Err(Rejection::WrongChannel));
}

#[test]
fn a_late_or_repeated_command_changes_nothing() {
    let mut run = accepted().all(&[good()]);
    let before = run.case().clone();
    for late in [fill("no"), done(2), confirm(&OTP_AND_EDS), good(), done(9), done(99)] {
        let action = late.action().unwrap();
        assert_eq!(run.give(&late), Err(Rejection::NotWaiting(action)), "{late:?}");
    }
    assert_eq!(run.give(&open(Channel::Portal)), Err(Rejection::NotOpen));
    assert_eq!(
        run.give(&Command::Deny { action: 6, visit: 0, reason: Denial::NotAllowed }),
        Err(Rejection::NotWaiting(6))
    );
    assert_eq!(run.case(), &before);
    assert_eq!(decide(&run.regulation, None, &done(2), at(0)), Err(Rejection::NotOpen));
}

#[test]
fn a_register_cannot_speak_for_the_person() {
    let mut run = accepted();
    for fact in ["form.number", "consent.identity-documents", "recipient.iin", "today"] {
        let facts: BTreeMap<_, _> = map(&[(fact, "x")]);
        let refused = run.give(&Command::Answer { action: 4, facts, answer_id: "a".into() });
        assert_eq!(refused, Err(Rejection::ForeignFact { action: 4, fact: fact.to_owned() }));
    }
}

#[test]
fn a_form_with_errors_is_given_back_with_all_of_them() {
    let mut run = Run::on(Channel::Portal);
    let refused =
        run.give(&Command::Fill { action: 1, visit: 0, values: map(&[("number", "+996555123456")]) });
    let Err(Rejection::Form(errors)) = refused else { panic!("{refused:?}") };
    assert_eq!(errors.0["number"], FieldError::ForeignPhone);
    assert_eq!(errors.0["identity-documents"], FieldError::Missing);
}

/// [R10-8.D]
#[test]
fn a_case_keeps_the_version_it_started_with() {
    let run = Run::on(Channel::Portal);
    let other = crate::read(&crate::samples::edited("service.toml", "\"1414\", ", "")).unwrap();
    assert_eq!(decide(&other, run.case.as_ref(), &fill("yes"), at(5)), Err(Rejection::OtherVersion));
}

#[test]
fn nothing_personal_is_printed_for_a_log() {
    let run = accepted().all(&[good()]);
    let printed = format!("{:?} {:?} {:?} {:?}", run.case(), run.events, run.waits(), fill("yes"));
    for personal in ["7011234567", "Сынақ", run.case().recipient.identifier.as_str(), "2031-05-08"] {
        assert!(!printed.contains(personal), "{personal} in {printed}");
    }
}

#[test]
fn events_and_cases_keep_their_form_in_storage() {
    let run = accepted().all(&[answer("dead", "valid", "2031-05-08")]);
    let json = serde_json::to_string(&run.events).unwrap();
    let events: Vec<Event> = serde_json::from_str(&json).unwrap();
    assert_eq!(events, run.events);
    let case: Case = serde_json::from_str(&serde_json::to_string(run.case()).unwrap()).unwrap();
    assert_eq!(&case, run.case());
    assert!(json.contains("\"event\":\"opened\"") && json.contains("\"branch\":\"violation\""), "{json}");
}
