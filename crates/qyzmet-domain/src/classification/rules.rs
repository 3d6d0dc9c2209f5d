//! The dated rule sets, as data: options with their points, bands with their methods.

use jiff::SignedDuration;
use jiff::civil::{Date, date};

use super::{Classification, Facts, Method, Point};
use crate::Clause;

/// One option of a criterion: its points and the clause that gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Points.
    pub points: u8,
    /// The clause.
    pub clause: Clause,
}

/// A range of scores and the method it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Lowest score.
    pub from: u8,
    /// Highest score.
    pub to: u8,
    /// The method.
    pub method: Method,
    /// The clause.
    pub clause: Clause,
}

/// One act's rules of classification, with the time in which they hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSet {
    /// The act.
    pub act: &'static str,
    /// First day of this wording.
    pub valid_from: Date,
    /// The day from which the act is due to have lost force, and what says so.
    pub ends: Option<(Date, &'static str)>,
    /// For each criterion what "yes" and "no" give.
    pub options: [[Choice; 2]; 4],
    /// Longest term that still counts as at once [R10-5.3].
    pub at_once: SignedDuration,
    /// Bands from the lowest; the last one also takes what lies above.
    pub bands: [Band; 3],
    /// Permits and composite services: this method whatever the score.
    pub always: (Method, Clause),
}

/// Something the classifier must be told with the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The act was due to have lost force before the day of the classification [R10-ST].
    DueToHaveLostForce {
        /// The act.
        act: &'static str,
        /// Since when.
        since: Date,
        /// The act that repeals it.
        by: &'static str,
    },
    /// The day lies before the first wording that is known.
    BeforeFirstWording {
        /// The first day known.
        known_from: Date,
    },
}

const fn option(points: u8, place: &'static str) -> Choice {
    Choice { points, clause: Clause::fixed("10-2016", place) }
}

const fn band(from: u8, to: u8, method: Method, place: &'static str) -> Band {
    Band { from, to, method, clause: Clause::fixed("10-2016", place) }
}

/// Order 10 of 19.01.2016 in the wording of 06.09.2024 [R10-5.1 to R10-5.8, R10-A2.1 to R10-A2.4].
pub static ORDER_10: RuleSet = RuleSet {
    act: "10-2016",
    valid_from: date(2024, 9, 6),
    ends: Some((date(2026, 7, 12), "226-2026")),
    options: [
        [option(2, "5.1"), option(1, "5.1")],
        [option(2, "5.2"), option(0, "5.2")],
        [option(1, "5.3"), option(0, "5.3")],
        [option(1, "5.4"), option(0, "5.4")],
    ],
    at_once: SignedDuration::from_mins(30),
    bands: [
        band(0, 1, Method::Password, "5.6"),
        band(2, 3, Method::Otp, "5.7"),
        band(4, 6, Method::Eds, "5.8"),
    ],
    always: (Method::Eds, Clause::fixed("10-2016", "A1.2")),
};

/// All sets that are known, oldest first.
pub static RULE_SETS: [&RuleSet; 1] = [&ORDER_10];

impl RuleSet {
    /// The set for a classification made on this day, and what must be said with it. When no set is known to be in
    /// force the nearest is used: services cannot do without a class, and the warning keeps it honest.
    #[must_use]
    pub fn on(day: Date) -> (&'static Self, Option<Warning>) {
        let newest = RULE_SETS.iter().rev().find(|set| set.valid_from <= day);
        let Some(set) = newest else {
            return (RULE_SETS[0], Some(Warning::BeforeFirstWording { known_from: RULE_SETS[0].valid_from }));
        };
        let lost = set.ends.filter(|(since, _)| *since <= day);
        (set, lost.map(|(since, by)| Warning::DueToHaveLostForce { act: set.act, since, by }))
    }

    /// The class of a service under these rules.
    #[must_use]
    pub fn classify(&self, facts: &Facts) -> Classification {
        let answers = [facts.disclosure_risk, facts.changes_register, facts.term > self.at_once, facts.paid];
        let points = [0, 1, 2, 3].map(|i| self.point(i, answers[i]));
        let score = points.iter().map(|point| point.points).sum();
        let band = self.bands.iter().find(|band| score <= band.to).unwrap_or(&self.bands[2]);
        let mut because: Vec<Clause> = points.iter().map(|point| point.clause.clone()).collect();
        because.push(band.clause.clone());
        let (always, clause) = &self.always;
        let override_by = (facts.permit || facts.composite).then(|| clause.clone());
        because.extend(override_by.clone());
        let method = if override_by.is_some() { *always } else { band.method };
        Classification { points, score, method, because, override_by }
    }

    fn point(&self, index: usize, yes: bool) -> Point {
        let choice = usize::from(!yes);
        let Choice { points, clause } = &self.options[index][choice];
        let as_number = |n: usize| u8::try_from(n + 1).unwrap_or(u8::MAX);
        Point {
            criterion: as_number(index),
            choice: as_number(choice),
            points: *points,
            clause: clause.clone(),
        }
    }
}
