//! `check`: named facts are compared; each comparison is kept, and each that fails is a ground of refusal.

use super::{Act, Premise, Use};
use crate::event::{Comparison, Event};
use crate::process::Branch;
use crate::read::Fields;
use crate::run::At;
use crate::written::Keys;

/// Compares facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The conditions, in their order.
    pub conditions: Vec<Condition>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The fact that is looked at, and what must hold of it.
    pub premise: Premise,
    /// The ground of refusal when it does not.
    pub ground: String,
    /// The condition is asked only where this holds; nothing for one that everybody must fulfil.
    pub when: Option<Premise>,
}

impl Act for Check {
    const NEEDS: &'static [Branch] = &[Branch::Ok, Branch::Violation];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let conditions: Vec<_> = fields.need_tables("checks").iter().map(Condition::read).collect();
        if conditions.is_empty() {
            None
        } else {
            conditions.into_iter().collect::<Option<_>>().map(|conditions| Self { conditions })
        }
    }

    fn keys(&self) -> Keys {
        Keys::default().with_tables("checks", self.conditions.iter().map(Condition::keys))
    }

    fn uses(&self) -> Vec<Use> {
        let of = |condition: &Condition| {
            let facts = condition.premise.uses().chain(condition.when.iter().flat_map(Premise::uses));
            facts.chain([Use::Ground(condition.ground.clone())]).collect::<Vec<_>>()
        };
        self.conditions.iter().flat_map(of).collect()
    }

    fn grounded(&self) -> &'static [Branch] {
        &[Branch::Violation]
    }

    fn run(&self, at: &At<'_>) -> Option<Event> {
        let comparisons: Vec<_> =
            self.conditions.iter().filter_map(|condition| condition.compare(at)).collect();
        let branch = if comparisons.iter().all(|c| c.holds) { Branch::Ok } else { Branch::Violation };
        Some(Event::Checked { head: at.head(branch), comparisons })
    }
}

impl Condition {
    fn read(fields: &Fields<'_>) -> Option<Self> {
        let (premise, ground) = (Premise::read(fields), fields.need_text("ground"));
        let when = fields.has("when").then(|| fields.table("when"));
        let when = when.map(|table| {
            let table = table?;
            let premise = Premise::read(&table);
            table.finish();
            premise
        });
        fields.finish();
        let when = match when {
            Some(unread) => Some(unread?),
            None => None,
        };
        Some(Self { premise: premise?, ground: ground?, when })
    }

    fn keys(&self) -> Keys {
        let when = self.when.as_ref().map(|premise| premise.keys().table());
        self.premise.keys().with("ground", self.ground.as_str()).with_some("when", when)
    }

    /// The comparison; none where the condition is not asked.
    fn compare(&self, at: &At<'_>) -> Option<Comparison> {
        if self.when.as_ref().is_some_and(|when| !when.holds(at)) {
            return None;
        }
        let (expected, holds) = self.premise.judge(at);
        Some(at.comparison(&self.premise.fact, expected, holds, &self.ground))
    }
}
