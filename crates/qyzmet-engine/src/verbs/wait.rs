//! `await`: an event is awaited for a term, or a date [R1116-7.10].

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::desk::{of_unit, said};
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
    /// What whoever reports the event says with it.
    pub says: Vec<Said>,
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

/// One thing that an event says; as a fact it stands under the name of the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Its name.
    pub fact: String,
    /// What can be said; any words when nothing is listed.
    pub one_of: Vec<String>,
}

impl Act for Await {
    const NEEDS: &'static [Branch] = &[Branch::Ok];
    const MAY: &'static [Branch] = &[Branch::Late];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let what = [fields.text("event").map(Awaited::Event), fields.text("until").map(Awaited::Date)];
        let (what, ground) = (fields.exactly_one("event, until", what), fields.text("ground"));
        let says: Option<Vec<_>> = fields.tables("says").iter().map(Said::read).collect();
        let (what, says) = (what?, says?);
        if matches!(what, Awaited::Date(_)) && !says.is_empty() {
            let words = "a day says nothing: `says` belongs to an `event`";
            fields.report(&fields.place_of("says"), crate::FindingKind::BadValue, words);
        }
        Some(Self { what, says, ground })
    }

    fn keys(&self) -> Keys {
        let keys = Keys::default()
            .with_some("ground", self.ground.clone())
            .with_tables("says", self.says.iter().map(Said::keys));
        match &self.what {
            Awaited::Event(event) => keys.with("event", event.as_str()),
            Awaited::Date(fact) => keys.with("until", fact.as_str()),
        }
    }

    fn uses(&self) -> Vec<Use> {
        let mut uses: Vec<_> = self.ground.iter().cloned().map(Use::Ground).collect();
        match &self.what {
            Awaited::Event(event) => {
                uses.push(Use::Text(format!("event.{event}")));
                uses.extend(self.says.iter().flat_map(|said| said.words(event)).map(Use::Text));
            }
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
                if at.action.next.late.is_some() && at.is_over() {
                    return Err(at.not_waiting());
                }
                self.hear(at, event, facts)?;
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

impl Await {
    /// Takes what an event says: all that the action asks, and nothing else.
    fn hear(&self, at: &At<'_>, event: &str, facts: &BTreeMap<String, String>) -> Result<(), Rejection> {
        let action = at.action.number;
        let known = |name: &&String| self.says.iter().any(|said| **name == said.name(event));
        if let Some(fact) = facts.keys().find(|name| !known(name)) {
            return Err(Rejection::ForeignFact { action, fact: fact.clone() });
        }
        for asked in &self.says {
            let fact = asked.name(event);
            let value = facts.get(&fact).map(String::as_str).unwrap_or_default();
            let is_listed = asked.one_of.is_empty() || asked.one_of.iter().any(|word| word == value);
            if !is_listed || said(value).is_err() {
                return Err(Rejection::Unsaid { action, fact });
            }
        }
        Ok(())
    }
}

impl Said {
    fn read(fields: &Fields<'_>) -> Option<Self> {
        let (fact, one_of) = (fields.need_text("fact"), fields.texts("one-of"));
        fields.finish();
        Some(Self { fact: fact?, one_of: one_of.unwrap_or_default() })
    }

    fn keys(&self) -> Keys {
        Keys::default().with("fact", self.fact.as_str()).with_texts("one-of", &self.one_of)
    }

    /// The name of the fact.
    #[must_use]
    pub fn name(&self, event: &str) -> String {
        format!("{event}.{}", self.fact)
    }

    fn words(&self, event: &str) -> Vec<String> {
        let values = self.one_of.iter().map(|word| format!("value.{word}"));
        values.chain([format!("fact.{}", self.name(event))]).collect()
    }
}

fn day(at: &At<'_>, fact: &str) -> Option<Date> {
    at.fact(fact)?.parse().ok()
}
