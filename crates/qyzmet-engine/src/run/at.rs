//! Where a case stands: what a verb gets to see when it acts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::Offset;
use qyzmet_domain::calendar::Reckoning;
use qyzmet_domain::{Evidence, Identifier};

use crate::event::{Comparison, Head};
use crate::process::{Action, Branch};
use crate::{Case, Regulation, Rejection};

/// A case at one action of its regulation, at one moment.
pub(crate) struct At<'a> {
    pub(crate) regulation: &'a Regulation,
    pub(crate) case: &'a Case,
    pub(crate) action: &'a Action,
    pub(crate) now: Timestamp,
}

/// All of Kazakhstan keeps UTC+5 since 1 March 2024, without summer time.
const KAZAKHSTAN: Offset = jiff::tz::offset(5);

/// Facts that the engine itself states; no form and no register may state them.
const DERIVED: [&str; 4] = ["recipient.", "form.", "consent.", "today"];

impl<'a> At<'a> {
    /// What the event of this action says, when it ends so.
    pub(crate) fn head(&self, branch: Branch) -> Head {
        Head {
            action: self.action.number,
            at: self.now,
            clause: self.action.clause.clone(),
            branch,
            next: self.action.next.get(branch).into_iter().collect(),
        }
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
            expected,
            found: self.fact(fact).unwrap_or_default().into_owned(),
            source: known.map_or_else(|| "request".to_owned(), |known| known.source.clone()),
            answer_id: known.and_then(|known| known.answer_id.clone()),
        };
        Comparison { evidence, holds, ground: ground.to_owned() }
    }

    /// Whether the case is within the term of its service now [R58-A.3].
    pub(crate) fn within_term(&self) -> Option<bool> {
        let began_at = self.case.accepted_at?;
        Reckoning { began_at, term: self.regulation.service.term.limit }.is_within(self.now)
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
