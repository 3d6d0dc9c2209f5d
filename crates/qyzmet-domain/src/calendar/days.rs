//! Which days are days off and why: data that the caller reads and an administrator can amend.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::Locale;

/// The days of a few years, as `config/calendar.toml` has them. A day that is not named is a working day from Monday to
/// Friday and a day off on Saturday and Sunday.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Calendar(pub(super) Parts);

/// A calendar as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parts {
    /// First day that is known.
    pub(super) from: Option<Date>,
    /// Last day that is known.
    pub(super) until: Option<Date>,
    /// Names of holidays, by id.
    #[serde(default)]
    pub(super) names: BTreeMap<String, Names>,
    /// The days that are not as usual.
    #[serde(default, rename = "day", with = "by_date")]
    pub(super) days: BTreeMap<Date, DayRule>,
}

/// The name of a holiday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// In Kazakh.
    pub kk: String,
    /// In Russian.
    pub ru: String,
    /// In English.
    pub en: String,
}

/// One day that is not as usual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayRule {
    /// The day.
    pub date: Date,
    /// What it is.
    pub is: DayKind,
    /// Id of its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The day that it stands for, when it is moved or swapped.
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<Date>,
    /// Whether the day has not been announced yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub estimated: bool,
}

/// What an unusual day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayKind {
    /// A national or state holiday.
    Holiday,
    /// A day off that never moves: Orthodox Christmas, the first day of Kurban Ait.
    Observance,
    /// The day off that stands for a holiday on Saturday or Sunday.
    Moved,
    /// A day off by a yearly swap.
    SwappedOff,
    /// A Saturday or Sunday that is worked, by a yearly swap.
    Working,
}

/// Why a day is a day off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "kebab-case")]
pub enum DayOff {
    /// Saturday or Sunday.
    Weekend,
    /// A day of the week on which this unit does not work.
    Closed,
    /// The calendar names it.
    Named {
        /// What it is.
        is: DayKind,
        /// Id of its name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// The day that it stands for.
        #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
        instead_of: Option<Date>,
    },
}

/// Why something is no calendar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCalendar {
    /// It ends before it begins, or says only one of both.
    #[error("the calendar must say from which day until which day it is known")]
    Bounds,
    /// A day outside.
    #[error("{0} lies outside the days that the calendar knows")]
    Outside(Date),
    /// A day twice.
    #[error("{0} stands in the calendar twice")]
    Twice(Date),
    /// A name that is not there.
    #[error("{0} has a name that the calendar does not have")]
    NoName(Date),
    /// A moved or swapped day without its other day.
    #[error("{0} must stand for a day off that moves, or for the other day of its swap")]
    NoOther(Date),
}

impl Calendar {
    /// Whether people work on a day.
    #[must_use]
    pub fn is_working(&self, day: Date) -> bool {
        match self.0.days.get(&day) {
            Some(rule) => rule.is == DayKind::Working,
            None => !is_weekend(day),
        }
    }

    /// Why a day is a day off; nothing for a working day.
    #[must_use]
    pub fn day_off(&self, day: Date) -> Option<DayOff> {
        match self.0.days.get(&day) {
            Some(DayRule { is: DayKind::Working, .. }) => None,
            Some(rule) => {
                Some(DayOff::Named { is: rule.is, name: rule.name.clone(), instead_of: rule.instead_of })
            }
            None => is_weekend(day).then_some(DayOff::Weekend),
        }
    }

    /// Whether the calendar names a day as one of this kind.
    pub(super) fn is_of_kind(&self, day: Date, kind: DayKind) -> bool {
        self.0.days.get(&day).is_some_and(|rule| rule.is == kind)
    }

    /// Whether a day is known for certain: inside the calendar, and announced.
    #[must_use]
    pub fn is_certain(&self, day: Date) -> bool {
        let inside =
            self.0.from.is_some_and(|from| from <= day) && self.0.until.is_some_and(|until| day <= until);
        inside && !self.0.days.get(&day).is_some_and(|rule| rule.estimated)
    }

    /// The name of a holiday.
    #[must_use]
    pub fn name(&self, id: &str, locale: Locale) -> Option<&str> {
        let names = self.0.names.get(id)?;
        Some(match locale {
            Locale::Kk => &names.kk,
            Locale::Ru => &names.ru,
            Locale::En => &names.en,
        })
    }

    /// The days that are not as usual, in their order.
    pub fn days(&self) -> impl Iterator<Item = &DayRule> {
        self.0.days.values()
    }

    /// Holidays on a Saturday or Sunday for which no day off stands: by the rule of moving there should be one.
    pub fn unmoved(&self) -> impl Iterator<Item = Date> {
        let moved =
            |day: Date| self.days().any(|rule| rule.is == DayKind::Moved && rule.instead_of == Some(day));
        let holidays = self.days().filter(|rule| rule.is == DayKind::Holiday && is_weekend(rule.date));
        holidays.map(|rule| rule.date).filter(move |day| !moved(*day))
    }
}

pub(super) fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

impl TryFrom<Parts> for Calendar {
    type Error = InvalidCalendar;

    fn try_from(parts: Parts) -> Result<Self, InvalidCalendar> {
        let (Some(from), Some(until)) = (parts.from, parts.until) else {
            return Err(InvalidCalendar::Bounds);
        };
        if from > until {
            return Err(InvalidCalendar::Bounds);
        }
        for rule in parts.days.values() {
            if rule.date < from || until < rule.date {
                return Err(InvalidCalendar::Outside(rule.date));
            }
            if rule.name.as_ref().is_some_and(|name| !parts.names.contains_key(name)) {
                return Err(InvalidCalendar::NoName(rule.date));
            }
            if !stands_well(rule, &parts.days) {
                return Err(InvalidCalendar::NoOther(rule.date));
            }
        }
        Ok(Self(parts))
    }
}

/// A moved day stands for a holiday on a day off, each day of a swap for the other; all else stands for itself.
fn stands_well(rule: &DayRule, days: &BTreeMap<Date, DayRule>) -> bool {
    let other = rule.instead_of.and_then(|day| days.get(&day));
    let other_is = |kind: DayKind| other.is_some_and(|other| other.is == kind);
    let answers = other.is_some_and(|other| other.instead_of == Some(rule.date));
    match rule.is {
        DayKind::Holiday | DayKind::Observance => rule.instead_of.is_none(),
        DayKind::Moved => other_is(DayKind::Holiday) && other.is_some_and(|other| is_weekend(other.date)),
        DayKind::SwappedOff => other_is(DayKind::Working) && answers,
        DayKind::Working => other_is(DayKind::SwappedOff) && answers && is_weekend(rule.date),
    }
}

impl From<Calendar> for Parts {
    fn from(calendar: Calendar) -> Self {
        calendar.0
    }
}

/// Days are written as a list and kept by their date.
mod by_date {
    use std::collections::BTreeMap;

    use jiff::civil::Date;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{DayRule, InvalidCalendar};

    pub(super) fn serialize<S: Serializer>(days: &BTreeMap<Date, DayRule>, to: S) -> Result<S::Ok, S::Error> {
        days.values().collect::<Vec<_>>().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<BTreeMap<Date, DayRule>, D::Error> {
        let mut days = BTreeMap::new();
        for rule in Vec::<DayRule>::deserialize(from)? {
            let date = rule.date;
            if days.insert(date, rule).is_some() {
                return Err(D::Error::custom(InvalidCalendar::Twice(date)));
            }
        }
        Ok(days)
    }
}
