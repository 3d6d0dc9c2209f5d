//! When the head of a unit is told: before a term is over, and after.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Calendar, Count, Pause, reckon, walk};
use crate::Term;

/// When to tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EscalationRules {
    /// Before: when so many hundredths of the term are used, 1 to 99.
    pub used_percent: Vec<u8>,
    /// After: so long past the term, by the same clock.
    pub overdue: Vec<Term>,
}

impl Default for EscalationRules {
    fn default() -> Self {
        Self {
            used_percent: vec![75],
            overdue: vec![Term::Running(SignedDuration::from_secs(1)), Term::WorkingDays(1)],
        }
    }
}

/// A moment at which somebody is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// When.
    pub at: Timestamp,
    /// Why.
    #[serde(flatten)]
    pub kind: EscalationKind,
}

/// Why somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "when", rename_all = "kebab-case")]
pub enum EscalationKind {
    /// The term nears its end.
    Before {
        /// Hundredths of the term that are used.
        used_percent: u8,
    },
    /// The term is over.
    After {
        /// For so long.
        by: Term,
    },
}

/// The moments at which somebody is told about a term, in their order; none while it rests.
#[must_use]
pub fn escalations(count: &Count<'_>, calendar: &Calendar, rules: &EscalationRules) -> Vec<Escalation> {
    let Some(due_at) = reckon(count, calendar).due_at else { return Vec::new() };
    let before = rules.used_percent.iter().filter_map(|percent| {
        let at = part(count, calendar, due_at, *percent)?;
        Some(Escalation { at, kind: EscalationKind::Before { used_percent: *percent } })
    });
    let after = rules.overdue.iter().filter_map(|by| {
        // Rests within the term are behind, and what comes later counts as it comes.
        let late = Count { began_at: due_at, term: *by, paused: later(count.paused, due_at), ..*count };
        Some(Escalation { at: reckon(&late, calendar).due_at?, kind: EscalationKind::After { by: *by } })
    });
    let mut all: Vec<_> = before.chain(after).collect();
    all.sort_by_key(|escalation| escalation.at);
    all
}

/// The moment at which a part of the term is used. Of days only whole ones are taken; when that is none, the morning of
/// the last day.
fn part(count: &Count<'_>, calendar: &Calendar, due_at: Timestamp, percent: u8) -> Option<Timestamp> {
    let share = |whole: u32| u64::from(whole) * u64::from(percent) / 100;
    let days = |whole: u32| u32::try_from(share(whole)).ok().filter(|days| *days > 0);
    let term = match count.term {
        Term::Running(length) => Some(Term::Running(length * i32::from(percent) / 100)),
        Term::CalendarDays(whole) => days(whole).map(Term::CalendarDays),
        Term::WorkingDays(whole) => days(whole).map(Term::WorkingDays),
    };
    let at = match term {
        Some(term) => reckon(&Count { term, ..*count }, calendar).due_at,
        None => walk::opening(count, walk::date_of(due_at)),
    };
    at.filter(|at| *at < due_at).map(|at| at.max(count.began_at))
}

fn later(paused: &[Pause], after: Timestamp) -> &[Pause] {
    let first = paused.iter().position(|pause| pause.from >= after).unwrap_or(paused.len());
    paused.get(first..).unwrap_or_default()
}
