//! The terms of a case by the calendar as it is amended now: when each is over, and how that was reckoned.

use std::borrow::Cow;

use jiff::Timestamp;
use qyzmet_domain::calendar::{
    Amendment, Calendar, Clock, Count, DayKind, DayOff, DayRule, EscalationRules, InvalidCalendar, Reckoning,
    Rule, Skipped, reckon,
};
use qyzmet_engine::{Case, DueMoment, Phrases, Regulation, Scope, due_moments, standard_calendar};
use qyzmet_store::{
    Tx,
    repositories::calendar::{self, AmendedDay},
};

use super::waits;
use crate::Error;

/// The calendar as it is amended now.
pub(crate) struct Reckoner(Cow<'static, Calendar>);

impl Reckoner {
    /// Takes the calendar of the platform with the amendments of this installation.
    pub(crate) fn load(tx: &mut Tx<'_>) -> Result<Self, Error> {
        let days = calendar::all(tx)?;
        if days.is_empty() {
            return Ok(Self(Cow::Borrowed(standard_calendar())));
        }
        Ok(Self(Cow::Owned(amended(&days).map_err(Error::fault)?)))
    }

    /// The same where the regulation needs a calendar at all: most services are over within minutes.
    pub(crate) fn where_needed(tx: &mut Tx<'_>, regulation: &Regulation) -> Result<Option<Self>, Error> {
        let needed = regulation.service.term.limit.length().is_none() || waits::waits_for_others(regulation);
        needed.then(|| Self::load(tx)).transpose()
    }

    /// The calendar.
    pub(crate) fn calendar(&self) -> &Calendar {
        &self.0
    }

    /// The term of an action under way; nothing when it has none.
    pub(crate) fn of_action(&self, regulation: &Regulation, case: &Case, action: u32) -> Option<DueMoment> {
        self.moment(regulation, case, Scope::Action(action))
    }

    /// The term of the service, while the case runs.
    pub(crate) fn of_service(&self, regulation: &Regulation, case: &Case) -> Option<DueMoment> {
        self.moment(regulation, case, Scope::Service)
    }

    fn moment(&self, regulation: &Regulation, case: &Case, scope: Scope) -> Option<DueMoment> {
        let moments = due_moments(regulation, case, &self.0, &EscalationRules::default());
        moments.into_iter().find(|moment| moment.scope == scope)
    }

    /// The term of an action to which the case came at a moment, also of one that is done.
    pub(crate) fn since(
        &self,
        regulation: &Regulation,
        action: u32,
        began_at: Timestamp,
    ) -> Option<Reckoning> {
        let action = regulation.process.action(action)?;
        let (term, clock) = (action.term?, regulation.process.clock(action));
        let working = regulation.process.working_time(action);
        Some(reckon(&Count { began_at, term, clock, working: &working, paused: &[] }, &self.0))
    }
}

/// The calendar of the platform with these amendments.
///
/// # Errors
/// [`InvalidCalendar`] when the days contradict each other or lie outside.
pub(crate) fn amended(days: &[AmendedDay]) -> Result<Calendar, InvalidCalendar> {
    let amendments: Vec<Amendment> = days.iter().map(amendment).collect();
    standard_calendar().amended(&amendments)
}

/// What a kept day means: as usual again, a holiday, or one day of a swap.
fn amendment(day: &AmendedDay) -> Amendment {
    let is_weekend = day.day.weekday().to_monday_zero_offset() >= 5;
    let kind = match (day.working, day.instead_of) {
        (true, Some(_)) => Some(DayKind::Working),
        (false, Some(_)) => Some(DayKind::SwappedOff),
        (false, None) if !is_weekend => Some(DayKind::Holiday),
        _ => None,
    };
    let rule = |is| DayRule { date: day.day, is, name: None, instead_of: day.instead_of, estimated: false };
    Amendment { date: day.day, day: kind.map(rule), basis: day.reason.clone() }
}

/// How a term was reckoned, as people read it.
pub struct TermView {
    /// When its clock began.
    pub began_at: Timestamp,
    /// When it is over; nothing while it rests.
    pub due_at: Option<Timestamp>,
    /// `running`, `working-hours`, `calendar-days`, `working-days`.
    pub rule: &'static str,
    /// The length as the table writes it.
    pub term: String,
    /// Days and hours in which the unit works, in words; nothing when every second counts.
    pub working: Option<String>,
    /// The clause that sets it.
    pub clause: String,
    /// Whether it was kept, once that can be said.
    pub kept: Option<bool>,
    /// Days that did not count, with the names of holidays.
    pub skipped: Vec<(jiff::civil::Date, Option<String>)>,
    /// Times for which the clock rested; without an end while it still does.
    pub rests: Vec<(Timestamp, Option<Timestamp>)>,
    /// Whether a day on the way is not certain yet.
    pub estimated: bool,
}

impl Reckoner {
    /// A reckoning in the words of a page.
    pub(crate) fn view(
        &self,
        reckoning: &Reckoning,
        clause: String,
        locale: qyzmet_domain::Locale,
    ) -> TermView {
        let phrases = Phrases::of(locale);
        let name = |skipped: &Skipped| match &skipped.day_off {
            DayOff::Named { name, .. } => {
                name.as_ref().and_then(|name| self.0.name(name, locale)).map(str::to_owned)
            }
            DayOff::Weekend => None,
            DayOff::Closed => Some(phrases.say("weekday.closed")),
        };
        TermView {
            began_at: reckoning.began_at,
            due_at: reckoning.due_at,
            rule: match reckoning.rule {
                Rule::Running => Clock::Running.as_str(),
                Rule::WorkingHours => "working-hours",
                Rule::CalendarDays => "calendar-days",
                Rule::WorkingDays => "working-days",
            },
            term: reckoning.term.to_string(),
            working: reckoning.working.as_ref().map(|time| phrases.working_time(time)),
            clause,
            kept: None,
            skipped: reckoning.skipped.iter().map(|skipped| (skipped.date, name(skipped))).collect(),
            rests: reckoning.paused.iter().map(|pause| (pause.from, pause.until)).collect(),
            estimated: reckoning.estimated,
        }
    }
}
