//! A case under way in the tests of this folder, and the commands of its sample tables.

use qyzmet_domain::{AccountId, CaseId, DocumentId, Means, RequestNumber};

use super::*;
use crate::event::Event;
use crate::samples::{at, map, open, regulation, sample};
use crate::{Case, Channel, Command, Decision, Desk, Ending, Officer, Payment, Proof, Regulation, Rejection};

/// A case under way, with all its events; each command comes a second after the one before.
pub(super) struct Run {
    pub(super) regulation: Regulation,
    pub(super) case: Option<Case>,
    pub(super) events: Vec<Event>,
    pub(super) second: i64,
}

impl Run {
    /// A case of the showcase service, opened on a channel.
    pub(super) fn on(channel: Channel) -> Self {
        Self::under(regulation(), channel)
    }

    /// A case of a sample table.
    pub(super) fn of(name: &str) -> Self {
        Self::under(sample(name), Channel::Portal)
    }

    fn under(regulation: Regulation, channel: Channel) -> Self {
        let mut run = Self { regulation, case: None, events: Vec::new(), second: 0 };
        run.give(&open(channel)).unwrap();
        run
    }

    /// The same case once more, for another end.
    pub(super) fn again(&self) -> Self {
        let (regulation, case) = (self.regulation.clone(), self.case.clone());
        Self { regulation, case, events: self.events.clone(), second: self.second }
    }

    pub(super) fn give(&mut self, command: &Command) -> Result<Vec<Event>, Rejection> {
        self.second += 1;
        let events = decide(&self.regulation, self.case.as_ref(), command, at(self.second))?;
        self.case = events.iter().fold(self.case.take(), apply);
        self.events.extend_from_slice(&events);
        Ok(events)
    }

    pub(super) fn all(mut self, commands: &[Command]) -> Self {
        for command in commands {
            self.give(command).unwrap_or_else(|why| panic!("{command:?}: {why}"));
        }
        self
    }

    pub(super) fn case(&self) -> &Case {
        self.case.as_ref().unwrap()
    }

    pub(super) fn waits(&self) -> Vec<Waiting> {
        waiting(&self.regulation, self.case())
    }

    pub(super) fn work(&self) -> Work {
        match self.waits().remove(0) {
            Waiting::Desk(work) => work,
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn path(&self) -> Vec<u32> {
        self.case().steps.iter().map(|step| step.action).collect()
    }

    pub(super) fn refusal(&self) -> &qyzmet_domain::Refusal {
        match &self.case().outcome.as_ref().unwrap().ending {
            Ending::Refused(refusal) => refusal,
            other => panic!("{}", other.as_str()),
        }
    }
}

pub(super) fn officer(number: u8) -> Officer {
    Officer { id: AccountId::from_parts(at(0), [number; 10]), unit: "desk".to_owned() }
}

pub(super) fn desk(number: u8, visit: u32) -> Desk {
    Desk { by: officer(number), visit }
}

pub(super) fn proof(means: &[Means]) -> Proof {
    let signer = Some("fingerprint".to_owned());
    Proof { request: DocumentId::of(b"request"), means: means.to_vec(), signer, at: at(0) }
}

pub(super) fn fill(action: u32, field: &str) -> Command {
    Command::Fill { action, visit: 0, values: map(&[(field, "A kiosk")]) }
}

pub(super) fn confirm(action: u32) -> Command {
    Command::Confirm { action, visit: 0, proof: proof(&[Means::Eds]) }
}

pub(super) fn number() -> Command {
    Command::Number { action: 3, number: RequestNumber::new(2026, 41).unwrap() }
}

pub(super) fn payment(id: &str, amount: u32) -> Payment {
    Payment { id: id.to_owned(), amount, at: at(0) }
}

pub(super) fn pay(id: &str, amount: u32) -> Command {
    Command::Pay { action: 4, visit: 0, payment: payment(id, amount) }
}

pub(super) fn decision(number: u8, visit: u32, decision: Decision) -> Command {
    Command::Decide { action: 5, at: desk(number, visit), decision }
}

pub(super) fn ask(number: u8, visit: u32) -> Command {
    decision(number, visit, Decision::More { question: "Which street?".to_owned() })
}

pub(super) fn inspected() -> Command {
    let facts = map(&[("inspection.verdict", "good")]);
    Command::Arrive { action: 7, visit: 0, event: "inspection".to_owned(), facts, by: None }
}

pub(super) fn approve(number: u8) -> Command {
    Command::Approve { action: 9, at: desk(number, 0), proof: proof(&[Means::Eds]) }
}

/// A permit that lies at the desk.
pub(super) fn paid() -> Run {
    Run::of("permit").all(&[fill(1, "what"), confirm(2), number(), pay("p-1", 1500)])
}

/// A permit that waits for the second officer.
pub(super) fn decided() -> Run {
    paid().all(&[decision(1, 0, Decision::Ok), inspected()])
}

pub(super) fn member(number: u8) -> CaseId {
    CaseId::from_parts(at(0), [number; 10])
}

pub(super) fn start(service: &str, number: u8) -> Command {
    Command::Start { action: 2, service: service.parse().unwrap(), case: member(number) }
}

pub(super) fn join(number: u8, ending: &str) -> Command {
    Command::Join { action: 2, case: member(number), ending: ending.to_owned() }
}
