//! Where a case stands: what a verb gets to see when it acts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use qyzmet_domain::calendar::{Calendar, KAZAKHSTAN};
use qyzmet_domain::{Evidence, Identifier, Iin};

use crate::event::{Comparison, Head};
use crate::process::{Action, Branch};
use crate::terms::{Measure, pauses};
use crate::{Case, Regulation, Rejection};

/// A case at one action of its regulation, at one moment.
pub(crate) struct At<'a> {
    pub(crate) regulation: &'a Regulation,
    pub(crate) case: &'a Case,
    pub(crate) action: &'a Action,
    pub(crate) now: Timestamp,
    pub(crate) calendar: Option<&'a Calendar>,
}

/// The moment at which something is asked of a case, and the calendar of that day. Without a calendar only running clocks
/// can be reckoned: whether a term in working days was kept is then left open.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// When.
    pub now: Timestamp,
    /// Working days.
    pub calendar: Option<&'a Calendar>,
}

impl From<Timestamp> for Moment<'_> {
    fn from(now: Timestamp) -> Self {
        Self { now, calendar: None }
    }
}

/// Facts that the engine itself states; no form and no register may state them.
const DERIVED: [&str; 8] =
    ["recipient.", "form.", "consent.", "request.", "officer.", "payment.", "service.", "today"];

/// The first moment of a day in Kazakhstan.
pub(crate) fn first_moment(day: Date) -> Timestamp {
    KAZAKHSTAN.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX)
}

impl<'a> At<'a> {
    /// What the event of this action says, when it ends so.
    pub(crate) fn head(&self, branch: Branch) -> Head {
        Head {
            action: self.action.number,
            visit: self.visit(),
            at: self.now,
            clause: self.action.clause.clone(),
            branch,
            next: self.action.next.get(branch).into_iter().collect(),
        }
    }

    /// What an event says that leaves this action under way.
    pub(crate) fn stay(&self) -> Head {
        Head { next: vec![self.action.number], ..self.head(Branch::Ok) }
    }

    /// How often the case has done this action before.
    pub(crate) fn visit(&self) -> u32 {
        self.case.visit(self.action.number)
    }

    /// Whether the request counts as accepted with this action: where a table has a confirmation, only that accepts.
    pub(crate) fn accepts(&self) -> bool {
        let confirms = |action: &Action| action.does.confirms();
        self.case.accepted_at.is_none() && !self.regulation.process.actions.iter().any(confirms)
    }

    /// A term that has run out. The engine reckons it itself; working hours without a calendar the caller has reckoned.
    pub(crate) fn expired(&self, due_at: Timestamp) -> Result<Timestamp, Rejection> {
        let measure = Measure::of_action(self.regulation, self.case, self.action);
        let measure = measure.ok_or_else(|| self.not_waiting())?;
        let own = measure.reckon(self.calendar).and_then(|reckoning| reckoning.due_at);
        let due_at = own.unwrap_or(due_at).max(self.case.reached_at());
        if self.now > due_at { Ok(due_at) } else { Err(Rejection::NotDue(due_at)) }
    }

    /// Whether the term of this action is over, as far as that can be reckoned here.
    pub(crate) fn is_over(&self) -> bool {
        let measure = Measure::of_action(self.regulation, self.case, self.action);
        let reckoning = measure.and_then(|measure| measure.reckon(self.calendar));
        reckoning.and_then(|reckoning| reckoning.due_at).is_some_and(|due| self.now > due)
    }

    /// The rejection of whatever this action does not wait for.
    pub(crate) fn not_waiting(&self) -> Rejection {
        Rejection::NotWaiting(self.action.number)
    }

    /// The value of a fact, also of those that follow from the case itself.
    pub(crate) fn fact(&self, name: &str) -> Option<Cow<'a, str>> {
        let recipient = &self.case.recipient;
        match (name, &recipient.identifier) {
            ("recipient.iin", Identifier::Iin(iin)) => Some(Cow::Borrowed(iin.as_str())),
            ("recipient.bin", Identifier::Bin(bin)) => Some(Cow::Borrowed(bin.as_str())),
            ("recipient.name", _) => Some(Cow::Borrowed(&recipient.name)),
            ("today", _) => Some(Cow::Owned(KAZAKHSTAN.to_datetime(self.now).date().to_string())),
            _ => self.case.facts.get(name).map(Cow::Borrowed),
        }
    }

    /// Values by name, of those facts that are known.
    pub(crate) fn facts(&self, wanted: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let value = |(key, fact): (&String, &String)| Some((key.clone(), self.fact(fact)?.into_owned()));
        wanted.iter().filter_map(value).collect()
    }

    /// A comparison with its evidence.
    pub(crate) fn comparison(&self, fact: &str, expected: String, holds: bool, ground: &str) -> Comparison {
        let known = self.case.facts.fact(fact);
        let evidence = Evidence {
            fact: fact.to_owned(),
            expected: self.shown(expected),
            found: self.shown(self.fact(fact).unwrap_or_default().into_owned()),
            source: known.map_or_else(|| "request".to_owned(), |known| known.source.clone()),
            answer_id: known.and_then(|known| known.answer_id.clone()),
        };
        Comparison { evidence, holds, ground: ground.to_owned() }
    }

    /// A value as evidence repeats it: the number of another person than the recipient is nobody's business in full.
    fn shown(&self, value: String) -> String {
        match value.parse::<Iin>() {
            Ok(iin) if self.case.recipient.identifier.iin() != Some(&iin) => iin.masked(),
            _ => value,
        }
    }

    /// A comparison that did not hold, of what the unit of this action says.
    pub(crate) fn failure(&self, fact: &str, expected: &str, found: &str, ground: &str) -> Comparison {
        let evidence = Evidence {
            fact: fact.to_owned(),
            expected: expected.to_owned(),
            found: found.to_owned(),
            source: self.action.unit.clone(),
            answer_id: None,
        };
        Comparison { evidence, holds: false, ground: ground.to_owned() }
    }

    /// Whether the case is within the term of its service now [R58-A.3].
    pub(crate) fn within_term(&self) -> Option<bool> {
        let paused = pauses(self.regulation, self.case);
        let measure = Measure::of_service(self.regulation, self.case, &paused)?;
        let reckoning = measure.reckon(self.calendar)?;
        reckoning.is_within(self.now)
    }

    /// Facts from outside may not pass for what the person wrote or the engine knows.
    pub(crate) fn foreign(&self, facts: &BTreeMap<String, String>) -> Result<(), Rejection> {
        let is_derived = |name: &&String| DERIVED.iter().any(|prefix| name.starts_with(prefix));
        match facts.keys().find(is_derived) {
            Some(fact) => Err(Rejection::ForeignFact { action: self.action.number, fact: fact.clone() }),
            None => Ok(()),
        }
    }
}
