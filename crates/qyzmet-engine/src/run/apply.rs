//! Folds an event into a case. Cannot fail: an event is a fact, and old facts must be readable for ever.

use std::collections::BTreeMap;

use qyzmet_domain::CaseId;

use crate::case::{Approval, Ending, Fact, Facts, Failed, Member, Outcome, Step};
use crate::event::{Comparison, Event, Head};
use crate::verbs::{WRITTEN, mark};
use crate::{Case, Channel, Recipient};

/// The case after the event. Nothing but `Opened` makes a case; an event that does not concern the case, because the
/// case is finished or the action is not under way, leaves it as it is.
#[must_use]
pub fn apply(case: Option<Case>, event: &Event) -> Option<Case> {
    let Some(mut case) = case else { return opened(event) };
    let head = event.head();
    if case.outcome.is_some() || !case.current.contains(&head.action) || matches!(event, Event::Opened { .. })
    {
        return Some(case);
    }
    learn(&mut case, event);
    case.sequence += 1;
    // An action that stays under way has not been done yet.
    if !head.next.contains(&head.action) {
        step(&mut case, event);
    }
    case.outcome = outcome(event);
    Some(case)
}

fn opened(event: &Event) -> Option<Case> {
    let Event::Opened { head, case, service, version, recipient, channel } = event else { return None };
    let (recipient, channel): (Recipient, Channel) = (recipient.clone(), *channel);
    Some(Case {
        id: *case,
        service: service.clone(),
        version: version.clone(),
        recipient,
        channel,
        opened_at: head.at,
        accepted_at: None,
        facts: Facts::default(),
        proof: None,
        steps: Vec::new(),
        current: head.next.clone(),
        failed: None,
        outcome: None,
        number: None,
        approvals: Vec::new(),
        members: Vec::new(),
        assigned: BTreeMap::new(),
        sequence: 1,
    })
}

/// The event ends its action and begins the next.
fn step(case: &mut Case, event: &Event) {
    let head = event.head();
    let began_at = case.reached_at();
    case.steps.push(Step {
        action: head.action,
        clause: head.clause.clone(),
        began_at,
        done_at: head.at,
        branch: head.branch,
        by: event.by().cloned(),
    });
    case.assigned.remove(&head.action);
    case.current.retain(|number| *number != head.action);
    for number in &head.next {
        if !case.current.contains(number) {
            case.current.push(*number);
        }
    }
}

fn learn(case: &mut Case, event: &Event) {
    match event {
        Event::Filled { facts, .. } => state(&mut case.facts, facts, "request", None),
        Event::Confirmed { head, proof } => {
            case.accepted_at.get_or_insert(head.at);
            case.proof = Some(proof.clone());
        }
        Event::Answered { register, facts, answer_id, .. } => {
            state(&mut case.facts, facts, register, Some(answer_id));
        }
        Event::Done { facts, .. } | Event::Issued { facts, .. } => {
            state(&mut case.facts, facts, "portal", None)
        }
        Event::Absent { head, comparison, .. } | Event::Withheld { head, comparison, .. } => {
            case.failed = failed(head, std::slice::from_ref(comparison));
        }
        Event::Denied { head, comparison, .. }
        | Event::Decided { head, comparison, .. }
        | Event::Expired { head, comparison, .. } => case.failed = failed(head, comparison.as_slice()),
        Event::Checked { head, comparisons } => case.failed = failed(head, comparisons),
        Event::Joined { head, case: member, ending, comparisons } => {
            join(&mut case.members, member, ending);
            case.failed = failed(head, comparisons);
        }
        _ => note(case, event),
    }
}

/// What people and outside events leave in a case.
fn note(case: &mut Case, event: &Event) {
    match event {
        Event::Numbered { head, number, accepts } => {
            case.number.get_or_insert_with(|| number.clone());
            accept(case, head, *accepts);
            known(case, "request.number", number.as_str(), "portal", None);
        }
        Event::Received { head, accepts, .. } => accept(case, head, *accepts),
        Event::Asked { by, question, .. } => known(case, "officer.question", question, &by.unit, None),
        Event::Approved { head, by, proof } => {
            case.approvals.push(Approval { action: head.action, by: by.clone(), proof: proof.clone() });
        }
        Event::Written { head, by } => known(case, &mark(WRITTEN, head.action), "done", &by.unit, None),
        Event::Assigned { head, to, .. } => {
            case.assigned.insert(head.action, *to);
        }
        Event::Paid { payment, .. } => {
            known(case, "payment.amount", &payment.amount.to_string(), "payment", Some(&payment.id));
            known(case, "payment.at", &payment.at.to_string(), "payment", Some(&payment.id));
        }
        Event::Arrived { source, facts, .. } => state(&mut case.facts, facts, source, None),
        Event::Started { head, service, case: member } => case.members.push(Member {
            action: head.action,
            visit: head.visit,
            service: service.clone(),
            case: *member,
            ending: None,
        }),
        _ => {}
    }
}

fn accept(case: &mut Case, head: &Head, accepts: bool) {
    if accepts {
        case.accepted_at.get_or_insert(head.at);
    }
}

fn join(members: &mut [Member], case: &CaseId, ending: &str) {
    for member in members.iter_mut().filter(|member| member.case == *case) {
        member.ending.get_or_insert_with(|| ending.to_owned());
    }
}

fn known(case: &mut Case, name: &str, value: &str, source: &str, answer_id: Option<&String>) {
    let fact = Fact { value: value.to_owned(), source: source.to_owned(), answer_id: answer_id.cloned() };
    case.facts.0.insert(name.to_owned(), fact);
}

/// The first comparison that did not hold names the ground; all that failed on the same ground are its evidence.
fn failed(head: &Head, comparisons: &[Comparison]) -> Option<Failed> {
    let ground = &comparisons.iter().find(|comparison| !comparison.holds)?.ground;
    let same = |comparison: &&Comparison| !comparison.holds && comparison.ground == *ground;
    Some(Failed {
        ground: ground.clone(),
        clause: head.clause.clone(),
        comparisons: comparisons.iter().filter(same).cloned().collect(),
    })
}

fn state(facts: &mut Facts, stated: &BTreeMap<String, String>, source: &str, answer_id: Option<&String>) {
    for (name, value) in stated {
        let fact = Fact { value: value.clone(), source: source.to_owned(), answer_id: answer_id.cloned() };
        facts.0.insert(name.clone(), fact);
    }
}

fn outcome(event: &Event) -> Option<Outcome> {
    let (within_term, ending) = match event {
        Event::Issued { within_term, .. } => (within_term, Ending::Issued),
        Event::Refused { refusal, within_term, .. } => (within_term, Ending::Refused(refusal.clone())),
        Event::Finished { outcome, within_term, .. } => {
            (within_term, Ending::Closed { name: outcome.clone() })
        }
        _ => return None,
    };
    let Head { action, at, clause, .. } = event.head().clone();
    Some(Outcome { action, at, clause, within_term: *within_term, ending })
}
