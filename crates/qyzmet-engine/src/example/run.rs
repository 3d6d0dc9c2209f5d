//! Runs an example through the real engine, with the world that it describes.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use qyzmet_domain::{AccountId, Bin, CaseId, DocumentId, Identifier, Iin, RequestNumber};

use super::{Called, Deed, Example, Mismatch, Path, RegisterSays};
use crate::case::{Ending, Outcome, Recipient};
use crate::run::{Waiting, apply, decide, waiting};
use crate::service::RecipientKind;
use crate::{Case, Command, Proof, Regulation};

/// Runs an example from opening to end and compares what it says with what comes.
///
/// # Errors
/// [`Mismatch`], the first that is found.
pub fn run_example(regulation: &Regulation, example: &Example) -> Result<Path, Mismatch> {
    let mut play = Play { regulation, example, now: example.given.at, done: 0, called: Vec::new() };
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
    compare(example, &path, outcome, &play.called)?;
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
}

impl Play<'_> {
    fn play(&mut self) -> Result<Case, Mismatch> {
        let mut case = self.open()?;
        while let Some(work) = waiting(self.regulation, &case).into_iter().next() {
            if case.steps.len() > MOST_STEPS {
                return Err(Mismatch::Endless(MOST_STEPS));
            }
            let command = self.command(&work)?;
            self.now = self.now.checked_add(SignedDuration::from_secs(1)).unwrap_or(self.now);
            let decided = decide(self.regulation, Some(&case), &command, self.now);
            let events = decided.map_err(|why| Mismatch::Rejected { action: work.action(), why })?;
            case = events.iter().fold(Some(case), apply).ok_or(Mismatch::Waits(work.action()))?;
        }
        Ok(case)
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

    fn command(&mut self, work: &Waiting) -> Result<Command, Mismatch> {
        let action = work.action();
        match work {
            Waiting::Fill { .. } | Waiting::Confirm { .. } => self.deed(action),
            Waiting::Query { register, ask, .. } => self.answer(action, register, ask),
            Waiting::Call { operation, with, .. } => {
                self.called.push(Called { operation: operation.clone(), with: with.clone() });
                Ok(Command::Done { action, facts: BTreeMap::new() })
            }
            Waiting::Notify { .. } | Waiting::Issue { .. } => {
                Ok(Command::Done { action, facts: BTreeMap::new() })
            }
            Waiting::Number { .. } => {
                let number = RequestNumber::new(2026, 0).map_err(|_| Mismatch::Waits(action))?;
                Ok(Command::Number { action, number })
            }
            Waiting::Desk(_)
            | Waiting::Payment { .. }
            | Waiting::Event { .. }
            | Waiting::Date { .. }
            | Waiting::Services { .. } => Err(Mismatch::Waits(action)),
        }
    }

    fn deed(&mut self, action: u32) -> Result<Command, Mismatch> {
        let when = self.example.when.get(self.done).filter(|when| when.action == action);
        let when = when.ok_or(Mismatch::Waits(action))?;
        self.done += 1;
        Ok(match &when.deed {
            Deed::Fill(values) => Command::Fill { action, values: values.clone() },
            Deed::Deny(reason) => Command::Deny { action, reason: *reason },
            Deed::Confirm(means) => {
                let (means, signer) = (means.clone(), Some("example".to_owned()));
                let proof = Proof { request: DocumentId::of(b"example"), means, signer, at: self.now };
                Command::Confirm { action, proof }
            }
        })
    }

    /// Facts of an answer stand under the name of the subject that was asked about.
    fn answer(
        &mut self,
        action: u32,
        register: &str,
        ask: &BTreeMap<String, String>,
    ) -> Result<Command, Mismatch> {
        let given = &self.example.given;
        let says = given.registers.get(register).ok_or(Mismatch::Waits(action))?;
        self.now = self.now.checked_add(given.delay).unwrap_or(self.now);
        let answer_id = format!("example-{action}");
        let RegisterSays::Facts(facts) = says else { return Ok(Command::Absent { action, answer_id }) };
        let subject = ask.keys().next().map_or("", String::as_str);
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

fn compare(example: &Example, path: &Path, outcome: &Outcome, called: &[Called]) -> Result<(), Mismatch> {
    let then = &example.then;
    let refusal = if let Ending::Refused(refusal) = &outcome.ending { Some(refusal) } else { None };
    let clause = refusal.map_or(&outcome.clause, |refusal| &refusal.clause);
    same("path", &format!("{:?}", then.path), &format!("{:?}", path.actions))?;
    same("outcome", &then.outcome, &path.outcome)?;
    if let Some(ground) = &then.ground {
        same("ground", ground, refusal.map_or("none", |refusal| &refusal.ground))?;
    }
    if let Some(expected) = &then.clause {
        same("clause", &expected.to_string(), &clause.to_string())?;
    }
    if let Some(fact) = &then.evidence {
        let facts: Vec<_> =
            refusal.iter().flat_map(|refusal| &refusal.evidence).map(|e| e.fact.as_str()).collect();
        same("evidence", fact, facts.iter().find(|found| *found == fact).copied().unwrap_or("none"))?;
    }
    if let Some(expected) = &then.called {
        same(
            "called",
            &format!("{expected:?}"),
            &called.first().map_or("nothing".to_owned(), |c| format!("{c:?}")),
        )?;
    }
    if let Some(expected) = then.within_term {
        let found = outcome.within_term.map_or("not reckoned".to_owned(), |within| within.to_string());
        same("within-term", &expected.to_string(), &found)?;
    }
    Ok(())
}

fn same(what: &'static str, expected: &str, found: &str) -> Result<(), Mismatch> {
    if expected == found {
        return Ok(());
    }
    Err(Mismatch::Differs { what, expected: expected.to_owned(), found: found.to_owned() })
}
