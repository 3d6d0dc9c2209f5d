//! Runs an example through the real engine, with the world that it describes.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use qyzmet_domain::calendar::{EscalationRules, KAZAKHSTAN};
use qyzmet_domain::{AccountId, Bin, CaseId, Identifier, Iin, RequestNumber};

use super::compare::compare;
use super::{Called, Deed, Example, Mismatch, Path, RegisterSays, When, deeds};
use crate::calendar::standard_calendar;
use crate::case::Recipient;
use crate::run::{Moment, Waiting, apply, decide, waiting};
use crate::service::RecipientKind;
use crate::terms::{Scope, due_moments};
use crate::verbs::subject;
use crate::{Case, Command, Regulation};

/// Examples tell no head of a unit.
pub(super) const NOBODY_IS_TOLD: EscalationRules =
    EscalationRules { used_percent: Vec::new(), overdue: Vec::new() };

/// Runs an example from opening to end and compares what it says with what comes.
///
/// # Errors
/// [`Mismatch`], the first that is found.
pub fn run_example(regulation: &Regulation, example: &Example) -> Result<Path, Mismatch> {
    let now = example.given.at;
    let mut play = Play { regulation, example, now, done: 0, called: Vec::new(), due: None };
    let case = play.play()?;
    let outcome =
        case.outcome.as_ref().ok_or(Mismatch::Waits(case.current.first().copied().unwrap_or_default()))?;
    if let Some(when) = example.when.get(play.done) {
        return Err(Mismatch::NotReached(when.action));
    }
    let path = Path {
        actions: case.steps.iter().map(|step| step.action).collect(),
        outcome: outcome.ending.as_str().to_owned(),
        took: outcome.at.duration_since(case.opened_at),
    };
    compare(example, &path, outcome, (&play.called, play.due))?;
    Ok(path)
}

/// More steps than any example needs: a regulation may lead round by way of a register.
const MOST_STEPS: usize = 1000;

/// A performance of an example.
struct Play<'a> {
    regulation: &'a Regulation,
    example: &'a Example,
    now: Timestamp,
    done: usize,
    called: Vec<Called>,
    due: Option<DateTime>,
}

impl Play<'_> {
    fn play(&mut self) -> Result<Case, Mismatch> {
        let mut case = self.open()?;
        while let Some(work) = waiting(self.regulation, &case).into_iter().next() {
            if case.steps.len() > MOST_STEPS {
                return Err(Mismatch::Endless(MOST_STEPS));
            }
            self.reckon(&case);
            self.now = self.now.checked_add(SignedDuration::from_secs(1)).unwrap_or(self.now);
            let (command, rejected) = self.command(&case, &work)?;
            let moment = Moment { now: self.now, calendar: Some(standard_calendar()) };
            let action = work.action();
            let events = match (decide(self.regulation, Some(&case), &command, moment), rejected) {
                (Ok(events), None) => events,
                (Ok(_), Some(code)) => return Err(Mismatch::NotRejected { action, code }),
                (Err(why), Some(code)) if why.code() == code => continue,
                (Err(why), _) => return Err(Mismatch::Rejected { action, why }),
            };
            case = events.iter().fold(Some(case), apply).ok_or(Mismatch::Waits(action))?;
        }
        Ok(case)
    }

    /// Keeps when the term of the service is over, as long as that can be said.
    fn reckon(&mut self, case: &Case) {
        let due = due_moments(self.regulation, case, standard_calendar(), &NOBODY_IS_TOLD);
        let service = due.iter().find(|due| due.scope == Scope::Service);
        if let Some(at) = service.and_then(|due| due.reckoning.due_at) {
            self.due = Some(KAZAKHSTAN.to_datetime(at));
        }
    }

    fn open(&self) -> Result<Case, Mismatch> {
        let given = &self.example.given;
        let (case, account) =
            (CaseId::from_parts(given.at, [0; 10]), AccountId::from_parts(given.at, [0; 10]));
        let identifier = identifier(given.kind).ok_or(Mismatch::Waits(0))?;
        let recipient = Recipient { account, identifier, name: "Example".to_owned() };
        let open = Command::Open { case, recipient, channel: given.channel };
        let events = decide(self.regulation, None, &open, self.now).map_err(Mismatch::NotOpened)?;
        events.iter().fold(None, apply).ok_or(Mismatch::Waits(0))
    }

    /// What comes next: what the portal and the registers do by themselves, or what the example says somebody does.
    fn command(&mut self, case: &Case, work: &Waiting) -> Result<(Command, Option<String>), Mismatch> {
        let action = work.action();
        let done = Command::Done { action, facts: BTreeMap::new() };
        let command = match work {
            Waiting::Query { register, .. } => self.answer(action, register)?,
            Waiting::Call { operation, with, .. } if !self.is_denied_next(action) => {
                self.called.push(Called { operation: operation.clone(), with: with.clone() });
                Command::Done { action, facts: self.answered(action, operation) }
            }
            Waiting::Notify { .. } | Waiting::Issue { .. } => done,
            Waiting::Number { .. } => {
                let number = RequestNumber::new(2026, 0).map_err(|_| Mismatch::Waits(action))?;
                Command::Number { action, number }
            }
            Waiting::Services { start, .. } if !start.is_empty() => deeds::start(case, action, start),
            _ => return self.deed(case, work),
        };
        Ok((command, None))
    }

    /// What an operation answers in the example, as the portal would keep it.
    fn answered(&self, action: u32, operation: &str) -> BTreeMap<String, String> {
        let answer = self.example.given.operations.get(operation).cloned().unwrap_or_default();
        let call = self.regulation.process.action(action).and_then(|action| action.does.call());
        call.map(|call| call.facts(answer)).unwrap_or_default()
    }

    fn next_deed(&self, action: u32) -> Option<&When> {
        self.example.when.get(self.done).filter(|when| when.action == action)
    }

    /// Whether the example says that what an action calls may not be done; what else it says of the action comes later.
    fn is_denied_next(&self, action: u32) -> bool {
        self.next_deed(action).is_some_and(|when| matches!(when.deed, Deed::Deny(_)))
    }

    fn deed(&mut self, case: &Case, work: &Waiting) -> Result<(Command, Option<String>), Mismatch> {
        let action = work.action();
        let when = self.next_deed(action).ok_or(Mismatch::Waits(action))?.clone();
        self.done += 1;
        if when.deed == Deed::Expire {
            self.now = deeds::end_of_wait(self.regulation, case, work).ok_or(Mismatch::Waits(action))?;
        }
        if let Some(at) = when.at {
            if at < self.now {
                return Err(Mismatch::NotReached(action));
            }
            self.now = at;
        }
        let command = deeds::command(self.example, case, work, (&when, self.now))?;
        Ok((command, when.rejected))
    }

    /// Facts of an answer stand under the name of the subject that was asked about.
    fn answer(&mut self, action: u32, register: &str) -> Result<Command, Mismatch> {
        let given = &self.example.given;
        let says = given.registers.get(register).ok_or(Mismatch::Waits(action))?;
        self.now = self.now.checked_add(given.delay).unwrap_or(self.now);
        let answer_id = format!("example-{action}");
        let RegisterSays::Facts(facts) = says else { return Ok(Command::Absent { action, answer_id }) };
        let subject = subject(register);
        let facts = facts.iter().map(|(name, value)| (format!("{subject}.{name}"), value.clone())).collect();
        Ok(Command::Answer { action, facts, answer_id })
    }
}

/// An invented number of the kind that is asked for.
fn identifier(kind: RecipientKind) -> Option<Identifier> {
    match kind {
        RecipientKind::Individual | RecipientKind::Entrepreneur => {
            Iin::complete("90010130012").ok().map(Identifier::Iin)
        }
        RecipientKind::LegalEntity => Bin::complete("15014000123").ok().map(Identifier::Bin),
    }
}
