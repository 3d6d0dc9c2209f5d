//! An administrator amends the calendar.

use super::*;

fn rule(day: Date, is: DayKind, instead_of: Option<Date>) -> DayRule {
    DayRule { date: day, is, name: None, instead_of, estimated: false }
}

fn amendment(day: Date, rule: Option<DayRule>) -> Amendment {
    Amendment { date: day, day: rule, basis: "decision".to_owned() }
}

fn one_day_after(calendar: &Calendar, began: &str) -> Reckoning {
    reckon(&count(began, "1 working-days", Clock::Working, &WorkingTime::default()), calendar)
}

#[test]
fn an_announced_day_of_kurban_ait_replaces_the_estimate() {
    let (guessed, announced) = (date(2026, 5, 27), date(2026, 5, 28));
    let changes =
        [amendment(guessed, None), amendment(announced, Some(rule(announced, DayKind::Observance, None)))];
    let amended = calendar().amended(&changes).unwrap();
    let before = one_day_after(&calendar(), "2026-05-26 10:00");
    let after = one_day_after(&amended, "2026-05-26 10:00");
    assert_eq!((local(before.due_at).as_str(), before.estimated), ("2026-05-28 18:00", true));
    assert_eq!((local(after.due_at).as_str(), after.estimated), ("2026-05-27 18:00", false));
    assert_eq!(local(one_day_after(&amended, "2026-05-27 10:00").due_at), "2026-05-29 18:00");
}

#[test]
fn a_swap_names_both_of_its_days_or_is_refused() {
    let (off, worked) = (date(2026, 1, 5), date(2026, 1, 10));
    let free = amendment(off, Some(rule(off, DayKind::SwappedOff, Some(worked))));
    let work = amendment(worked, Some(rule(worked, DayKind::Working, Some(off))));
    assert_eq!(calendar().amended(std::slice::from_ref(&free)), Err(InvalidCalendar::NoOther(off)));
    let amended = calendar().amended(&[free, work]).unwrap();
    assert_eq!(local(one_day_after(&calendar(), "2026-01-02 10:00").due_at), "2026-01-05 18:00");
    assert_eq!(local(one_day_after(&amended, "2026-01-02 10:00").due_at), "2026-01-06 18:00");
    assert_eq!(local(one_day_after(&amended, "2026-01-09 10:00").due_at), "2026-01-10 18:00");
}

#[test]
fn an_amendment_is_about_the_day_that_it_names() {
    let day = date(2026, 6, 1);
    let other = amendment(day, Some(rule(date(2026, 6, 2), DayKind::Holiday, None)));
    assert_eq!(calendar().amended(&[other]), Err(InvalidCalendar::Twice(date(2026, 6, 2))));
    let outside = date(2030, 1, 1);
    let outside = amendment(outside, Some(rule(outside, DayKind::Holiday, None)));
    assert_eq!(calendar().amended(&[outside]), Err(InvalidCalendar::Outside(date(2030, 1, 1))));
}

#[test]
fn an_amended_calendar_keeps_its_form_in_storage() {
    let json = serde_json::to_string(&calendar()).unwrap();
    assert_eq!(serde_json::from_str::<Calendar>(&json).unwrap(), calendar());
}
