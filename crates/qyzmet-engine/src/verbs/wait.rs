//! `await`: an event is awaited for a term, or a date [R1116-7.10].

use jiff::civil::Date;

use super::desk::of_unit;
use super::{Act, Use};
use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Waiting, first_moment};
use crate::written::Keys;
use crate::{Command, Rejection};

/// Waits for something to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Await {
    /// For what.
    pub what: Awaited,
    /// The ground of refusal when it does not come in the term and the table leads to a refusal.
    pub ground: Option<String>,
}

/// What is awaited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// An event; its name stands under `event.<id>`.
    Event(String),
    /// The day that this fact names.
    Date(String),
}

impl Act for Await {
    const NEEDS: &'static [Branch] = &[Branch::Ok];
    const MAY: &'static [Branch] = &[Branch::Late];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let what = [fields.text("event").map(Awaited::Event), fields.text("until").map(Awaited::Date)];
        let (what, ground) = (fields.exactly_one("event, until", what), fields.text("ground"));
        Some(Self { what: what?, ground })
    }

    fn keys(&self) -> Keys {
        let keys = Keys::default().with_some("ground", self.ground.clone());
        match &self.what {
            Awaited::Event(event) => keys.with("event", event.as_str()),
            Awaited::Date(fact) => keys.with("until", fact.as_str()),
        }
    }

    fn uses(&self) -> Vec<Use> {
        let mut uses: Vec<_> = self.ground.iter().cloned().map(Use::Ground).collect();
        match &self.what {
            Awaited::Event(event) => uses.push(Use::Text(format!("event.{event}"))),
            Awaited::Date(fact) => uses.push(Use::Fact(fact.clone())),
        }
        if let (Awaited::Event(event), Some(_)) = (&self.what, &self.ground) {
            let words = [format!("fact.{event}"), "value.arrived".to_owned(), "value.late".to_owned()];
            uses.extend(words.map(Use::Text));
        }
        uses
    }

    fn grounded(&self) -> &'static [Branch] {
        if self.ground.is_some() { &[Branch::Late] } else { &[] }
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        let action = at.action.number;
        Some(match &self.what {
            Awaited::Event(event) => Waiting::Event { action, event: event.clone() },
            Awaited::Date(fact) => Waiting::Date { action, until: day(at, fact) },
        })
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        match (&self.what, command) {
            (Awaited::Event(event), Command::Arrive { event: come, facts, by, .. }) if come == event => {
                by.iter().try_for_each(|by| of_unit(at, by))?;
                let prefix = format!("{event}.");
                if let Some(fact) = facts.keys().find(|name| !name.starts_with(&prefix)) {
                    return Err(Rejection::ForeignFact { action: at.action.number, fact: fact.clone() });
                }
                let (name, source) = (event.clone(), at.action.unit.clone());
                let (facts, by) = (facts.clone(), by.clone());
                Ok(Event::Arrived { head: at.head(Branch::Ok), name, source, facts, by })
            }
            (Awaited::Event(event), Command::Expire { due_at, .. }) if at.action.next.late.is_some() => {
                let due_at = at.expired(*due_at)?;
                let failure = |ground: &String| at.failure(event, "arrived", "late", ground);
                let comparison = self.ground.as_ref().map(failure);
                Ok(Event::Expired { head: at.head(Branch::Late), due_at, comparison })
            }
            (Awaited::Date(fact), Command::Expire { due_at, .. }) => {
                let begins = day(at, fact).map(first_moment).ok_or_else(|| at.not_waiting())?;
                if at.now < begins || *due_at < begins {
                    return Err(Rejection::NotDue(begins));
                }
                Ok(Event::Expired { head: at.head(Branch::Ok), due_at: *due_at, comparison: None })
            }
            _ => Err(at.not_waiting()),
        }
    }

    /// A date that nobody has named, or that is no date, has no day to wait for: the way for what is late is taken.
    fn run(&self, at: &At<'_>) -> Option<Event> {
        let Awaited::Date(fact) = &self.what else { return None };
        if day(at, fact).is_some() || at.action.next.late.is_none() {
            return None;
        }
        let comparison = self.ground.as_ref().map(|ground| at.failure(fact, "date", "", ground));
        Some(Event::Expired { head: at.head(Branch::Late), due_at: at.now, comparison })
    }
}

fn day(at: &At<'_>, fact: &str) -> Option<Date> {
    at.fact(fact)?.parse().ok()
}
