//! What an example says that somebody does, as commands.

use jiff::{SignedDuration, Timestamp};
use qyzmet_domain::{AccountId, CaseId, DocumentId, Means, ServiceId};

use super::run::NOBODY_IS_TOLD;
use super::{Deed, Example, Mismatch, When};
use crate::calendar::standard_calendar;
use crate::run::{Waiting, first_moment};
use crate::terms::{Scope, due_moments};
use crate::{Case, Command, Decision, Desk, Officer, Payment, Proof, Regulation};

/// The command of a deed.
pub(super) fn command(
    example: &Example,
    case: &Case,
    work: &Waiting,
    (when, now): (&When, Timestamp),
) -> Result<Command, Mismatch> {
    let action = work.action();
    let visit = case.visit(action);
    let by = || officer(example, when);
    let at = || Ok(Desk { by: by()?, visit });
    Ok(match &when.deed {
        Deed::Fill(values) if when.by.is_some() => {
            Command::FillAt { action, at: at()?, values: values.clone() }
        }
        Deed::Fill(values) => Command::Fill { action, visit, values: values.clone() },
        Deed::Deny(reason) => Command::Deny { action, visit, reason: *reason },
        Deed::Confirm(means) => Command::Confirm { action, visit, proof: proof(means.clone(), now) },
        Deed::Receive(papers) => Command::Receive { action, at: at()?, papers: papers.clone() },
        Deed::Decide => Command::Decide { action, at: at()?, decision: Decision::Ok },
        Deed::Refuse { ground, finding } => {
            let decision = Decision::Violation { ground: ground.clone(), finding: finding.clone() };
            Command::Decide { action, at: at()?, decision }
        }
        Deed::Ask(question) => {
            Command::Decide { action, at: at()?, decision: Decision::More { question: question.clone() } }
        }
        Deed::Approve => Command::Approve { action, at: at()?, proof: proof(vec![Means::Eds], now) },
        Deed::Write => Command::Write { action, at: at()? },
        Deed::Assign { to, reason } => {
            let to = account(example, to).ok_or(Mismatch::UnknownOfficer(action))?;
            Command::Assign { action, at: at()?, to, reason: reason.clone() }
        }
        Deed::Pay(amount) => {
            let payment = Payment { id: format!("example-{action}"), amount: *amount, at: now };
            Command::Pay { action, visit, payment }
        }
        Deed::Arrive(facts) => {
            let Waiting::Event { event, .. } = work else { return Err(Mismatch::Waits(action)) };
            let facts =
                facts.iter().map(|(name, value)| (format!("{event}.{name}"), value.clone())).collect();
            let by = when.by.is_some().then(by).transpose()?;
            Command::Arrive { action, visit, event: event.clone(), facts, by }
        }
        Deed::Expire => Command::Expire { action, due_at: now.saturating_sub(A_SECOND).unwrap_or(now) },
        Deed::Join { service, ending } => {
            let member = case.members.iter().find(|member| member.service.as_str() == service);
            let member = member.ok_or(Mismatch::NotReached(action))?;
            Command::Join { action, case: member.case, ending: ending.clone() }
        }
    })
}

const A_SECOND: SignedDuration = SignedDuration::from_secs(1);

/// The next member of a composite, as a case of its own.
pub(super) fn start(case: &Case, action: u32, services: &[ServiceId]) -> Command {
    let place = u8::try_from(case.members.len() % 250).unwrap_or_default();
    let member = CaseId::from_parts(case.opened_at, [place + 1; 10]);
    let service = services.first().cloned().unwrap_or_else(|| case.service.clone());
    Command::Start { action, service, case: member }
}

/// A second after the term of the action, or the first moment of the awaited day.
pub(super) fn end_of_wait(regulation: &Regulation, case: &Case, work: &Waiting) -> Option<Timestamp> {
    if let Waiting::Date { until, .. } = work {
        return until.map(first_moment)?.checked_add(A_SECOND).ok();
    }
    let due = due_moments(regulation, case, standard_calendar(), &NOBODY_IS_TOLD);
    let own = due.iter().find(|due| due.scope == Scope::Action(work.action()))?;
    own.reckoning.due_at?.checked_add(A_SECOND).ok()
}

fn proof(means: Vec<Means>, at: Timestamp) -> Proof {
    Proof { request: DocumentId::of(b"example"), means, signer: Some("example".to_owned()), at }
}

fn officer(example: &Example, when: &When) -> Result<Officer, Mismatch> {
    let unknown = Mismatch::UnknownOfficer(when.action);
    let name = when.by.as_ref().ok_or(unknown.clone())?;
    let unit = example.given.officers.get(name).ok_or(unknown.clone())?.clone();
    Ok(Officer { id: account(example, name).ok_or(unknown)?, unit })
}

/// The invented account of an officer: always the same in one example.
fn account(example: &Example, name: &str) -> Option<AccountId> {
    let place = example.given.officers.keys().position(|other| other == name)?;
    Some(AccountId::from_parts(example.given.at, [u8::try_from(place % 250).ok()? + 1; 10]))
}
