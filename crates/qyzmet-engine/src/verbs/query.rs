//! `query`: a register is asked about somebody, with the person's consent [R58-A.8b, R58-A.9.2].

use std::collections::BTreeMap;

use qyzmet_domain::Register;

use super::{Act, Use};
use crate::event::{Comparison, Event};
use crate::form::GIVEN;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Waiting};
use crate::written::Keys;
use crate::{Command, Rejection};

/// Asks a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The register; nothing when it is the unit of the action. An act may put the query in another lane.
    pub register: Option<String>,
    /// About whom, and who asks: the subject and the fact with the identifier.
    pub ask: BTreeMap<String, String>,
    /// The consent field without which the register is not asked.
    pub consent: Option<String>,
    /// The ground of refusal when the register has nobody.
    pub absent: String,
    /// The ground of refusal when the person has not agreed.
    pub withheld: Option<String>,
}

impl Act for Query {
    const NEEDS: &'static [Branch] = &[Branch::Ok, Branch::Absent];
    const MAY: &'static [Branch] = &[Branch::Violation];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let register = fields.text("register");
        let ask = fields.need_words("ask");
        let consent = fields.text("consent");
        let grounds = fields.need_table("ground");
        let grounds = grounds.as_ref();
        let absent = grounds.and_then(|grounds| grounds.need_text("absent"));
        let withheld = grounds.and_then(|grounds| {
            if consent.is_some() { grounds.need_text("violation") } else { grounds.text("violation") }
        });
        if let Some(grounds) = grounds {
            grounds.finish();
        }
        Some(Self { register, ask: ask?, consent, absent: absent?, withheld })
    }

    fn keys(&self) -> Keys {
        let grounds = Keys::default()
            .with("absent", self.absent.as_str())
            .with_some("violation", self.withheld.clone());
        Keys::default()
            .with_some("register", self.register.clone())
            .with_words("ask", &self.ask)
            .with_some("consent", self.consent.clone())
            .with("ground", grounds.table())
    }

    fn uses(&self) -> Vec<Use> {
        let facts = self.ask.values().cloned().map(Use::Fact);
        let grounds =
            [Some(&self.absent), self.withheld.as_ref()].into_iter().flatten().cloned().map(Use::Ground);
        facts.chain(grounds).chain(self.consent.clone().map(Use::Consent)).collect()
    }

    fn grounded(&self) -> &'static [Branch] {
        &[Branch::Violation, Branch::Absent]
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        Some(Waiting::Query {
            action: at.action.number,
            register: self.register(at),
            ask: at.facts(&self.ask),
            consent: self.consent.clone(),
        })
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        let register = self.register(at);
        match command {
            Command::Answer { facts, answer_id, .. } => {
                at.foreign(facts)?;
                let (facts, answer_id) = (facts.clone(), answer_id.clone());
                Ok(Event::Answered { head: at.head(Branch::Ok), register, facts, answer_id })
            }
            Command::Absent { answer_id, .. } => {
                let comparison = self.nobody(at, answer_id);
                let answer_id = answer_id.clone();
                Ok(Event::Absent { head: at.head(Branch::Absent), register, answer_id, comparison })
            }
            _ => Err(at.not_waiting()),
        }
    }

    /// Without consent nothing is asked: the case goes on to the refusal at once [R58-A.9.2].
    fn run(&self, at: &At<'_>) -> Option<Event> {
        let (field, ground) = (self.consent.as_ref()?, self.withheld.as_ref()?);
        let fact = format!("consent.{field}");
        if at.fact(&fact).is_some_and(|answer| answer == GIVEN) {
            return None;
        }
        let comparison = at.comparison(&fact, GIVEN.to_owned(), false, ground);
        Some(Event::Withheld { head: at.head(Branch::Violation), register: self.register(at), comparison })
    }
}

/// Under which name the facts of a register's answer stand.
pub(crate) fn subject(register: &str) -> &'static str {
    register.parse().map_or("register", Register::subject)
}

impl Query {
    /// The register that is asked by an action of this unit.
    pub(crate) fn name<'a>(&'a self, unit: &'a str) -> &'a str {
        self.register.as_deref().unwrap_or(unit)
    }

    fn register(&self, at: &At<'_>) -> String {
        self.name(&at.action.unit).to_owned()
    }

    /// The evidence that the register has nobody: its own answer.
    fn nobody(&self, at: &At<'_>, answer_id: &str) -> Comparison {
        let subject = subject(&self.register(at));
        let mut comparison = at.comparison(subject, "registered".to_owned(), false, &self.absent);
        comparison.evidence.found = "absent".to_owned();
        comparison.evidence.source = self.register(at);
        comparison.evidence.answer_id = Some(answer_id.to_owned());
        comparison
    }
}
