//! Terms over real days of 2025-2027, and what the calendar of the repository says of them.

mod amending;
mod escalating;
mod reckoning;
mod units;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, date};

use super::*;
use crate::{Locale, Term};

/// The calendar of the repository.
fn calendar() -> Calendar {
    toml::from_str(include_str!("../../../../config/calendar.toml")).unwrap()
}

/// A moment by the clocks of Kazakhstan.
fn at(text: &str) -> Timestamp {
    KAZAKHSTAN.to_timestamp(text.parse::<DateTime>().unwrap()).unwrap()
}

/// A term from a moment.
fn count<'a>(began: &str, term: &str, clock: Clock, working: &'a WorkingTime) -> Count<'a> {
    Count { began_at: at(began), term: term.parse().unwrap(), clock, working, paused: &[] }
}

fn due(began: &str, term: &str, clock: Clock) -> Reckoning {
    reckon(&count(began, term, clock, &WorkingTime::default()), &calendar())
}

fn local(at: Option<Timestamp>) -> String {
    at.map_or("never".to_owned(), |at| KAZAKHSTAN.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string())
}

#[test]
fn every_holiday_on_a_day_off_has_moved_to_the_next_working_day() {
    let calendar = calendar();
    assert_eq!(calendar.unmoved().collect::<Vec<_>>(), []);
    for moved in calendar.days().filter(|rule| rule.is == DayKind::Moved) {
        let mut day = moved.instead_of.unwrap().tomorrow().unwrap();
        while day < moved.date {
            assert!(!calendar.is_working(day), "{} could have moved to {day} already", moved.date);
            day = day.tomorrow().unwrap();
        }
    }
}

#[test]
fn the_days_of_three_years_are_those_of_the_acts() {
    let calendar = calendar();
    let off = |days: &[Date]| days.iter().all(|day| calendar.day_off(*day).is_some());
    assert!(off(&[date(2025, 3, 10), date(2025, 3, 24), date(2025, 3, 25), date(2025, 7, 7)]));
    assert!(off(&[date(2025, 9, 1), date(2025, 10, 27), date(2026, 3, 9), date(2026, 5, 11)]));
    assert!(off(&[date(2026, 10, 26), date(2027, 1, 4), date(2027, 5, 3), date(2027, 5, 10)]));
    assert!(calendar.is_working(date(2025, 1, 5)), "swapped with 3 January");
    assert!(calendar.is_working(date(2026, 8, 31)), "there is no Constitution Day in 2026");
    assert!(!calendar.is_working(date(2027, 3, 15)), "Constitution Day is 15 March from 2027 on");
    assert!(calendar.is_working(date(2027, 5, 17)), "Kurban Ait on a Sunday does not move");
}

#[test]
fn working_days_of_a_year_are_as_many_as_counted_by_hand() {
    let calendar = calendar();
    let working = |year: i16| {
        let days = date(year, 1, 1).series(jiff::Span::new().days(1)).take_while(|day| day.year() == year);
        days.filter(|day| calendar.is_working(*day)).count()
    };
    assert_eq!([2025, 2026, 2027].map(working), [246, 247, 247]);
}

#[test]
fn a_holiday_has_its_name_in_three_languages() {
    let calendar = calendar();
    for rule in calendar.days().filter_map(|rule| rule.name.as_deref()) {
        assert!(Locale::ALL.iter().all(|locale| !calendar.name(rule, *locale).unwrap().is_empty()));
    }
    assert_eq!(calendar.name("nauryz", Locale::Kk), Some("Наурыз мейрамы"));
}

#[test]
fn a_calendar_that_contradicts_itself_is_refused() {
    let wrong = |text: &str| toml::from_str::<Calendar>(text).unwrap_err().to_string();
    let head = "from = \"2025-01-01\"\nuntil = \"2025-12-31\"\n";
    let day = |rest: &str| wrong(&format!("{head}[[day]]\ndate = \"2025-02-03\"\n{rest}"));
    assert!(wrong("from = \"2025-02-01\"\nuntil = \"2025-01-01\"").contains("until which day"));
    assert!(day("is = \"working\"").contains("must stand for"));
    assert!(day("is = \"moved\"\nfor = \"2025-02-01\"").contains("must stand for"));
    assert!(day("is = \"holiday\"\nname = \"nobody\"").contains("has a name"));
    assert!(day("is = \"holiday\"\n[[day]]\ndate = \"2025-02-03\"\nis = \"holiday\"").contains("twice"));
    assert!(day("is = \"holiday\"\ncolour = \"red\"").contains("colour"));
    assert!(wrong(&format!("{head}[[day]]\ndate = \"2026-02-03\"\nis = \"holiday\"")).contains("outside"));
}
