//! Units that keep other days and hours than most: a centre that is open on Saturday, an office that is closed on Monday.

use super::*;

/// A working time as a service folder writes it.
fn time(days: &str, hours: &str) -> WorkingTime {
    toml::from_str(&format!("days = {days}\nhours = {hours}")).unwrap()
}

/// Monday to Saturday from nine to eight, without dinner.
fn centre() -> WorkingTime {
    let days = r#"["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]"#;
    time(days, r#"["09:00-20:00"]"#)
}

/// Tuesday to Saturday, with a dinner of half an hour.
fn closed_on_monday() -> WorkingTime {
    let days = r#"["tuesday", "wednesday", "thursday", "friday", "saturday"]"#;
    time(days, r#"["10:00-13:00", "13:30-18:30"]"#)
}

fn at_unit(working: &WorkingTime, began: &str, term: &str) -> Reckoning {
    reckon(&count(began, term, Clock::Working, working), &calendar())
}

/// [R1116-A1.5]
#[test]
fn the_hours_of_a_unit_count_on_its_own_days_and_not_during_its_own_dinner() {
    // 5 June 2026 is a Friday.
    let table = [
        ("2026-06-05 19:00", "2 h", "2026-06-06 10:00", "2026-06-06 12:00"),
        ("2026-06-06 12:00", "2 h", "2026-06-06 14:00", "2026-06-06 14:30"),
        ("2026-06-06 19:30", "1 h", "2026-06-08 09:30", "2026-06-09 11:00"),
        ("2026-06-08 09:00", "1 h", "2026-06-08 10:00", "2026-06-09 11:00"),
    ];
    for (began, term, at_centre, at_closed) in table {
        assert_eq!(local(at_unit(&centre(), began, term).due_at), at_centre, "{began} + {term}");
        assert_eq!(local(at_unit(&closed_on_monday(), began, term).due_at), at_closed, "{began} + {term}");
    }
}

/// [R1116-A1.5]
#[test]
fn the_working_days_of_a_unit_are_its_own_and_end_with_its_own_hours() {
    assert_eq!(local(at_unit(&centre(), "2026-06-05 10:00", "1 working-days").due_at), "2026-06-06 20:00");
    let other = at_unit(&closed_on_monday(), "2026-06-06 10:00", "1 working-days");
    assert_eq!(local(other.due_at), "2026-06-09 18:30");
    let why: Vec<_> = other.skipped.iter().map(|skipped| skipped.day_off.clone()).collect();
    assert_eq!(why, [DayOff::Weekend, DayOff::Closed], "Sunday, and the Monday on which it is closed");
}

#[test]
fn a_holiday_on_a_day_of_the_unit_is_free_and_keeps_its_name() {
    // 9 May 2026 is a Saturday, and 11 May stands for it.
    let reckoning = at_unit(&centre(), "2026-05-08 19:30", "1 h");
    assert_eq!(local(reckoning.due_at), "2026-05-12 09:30");
    let names: Vec<_> = reckoning.skipped.iter().map(|skipped| &skipped.day_off).collect();
    assert!(matches!(names[0], DayOff::Named { is: DayKind::Holiday, .. }), "{names:?}");
    assert!(matches!(names[2], DayOff::Named { is: DayKind::Moved, .. }), "{names:?}");
}

#[test]
fn a_day_that_is_worked_by_a_swap_is_worked_by_every_unit() {
    // Sunday 5 January 2025 was worked for Friday the 3rd.
    for working in [centre(), closed_on_monday(), WorkingTime::default()] {
        assert_eq!(working.day_off(&calendar(), date(2025, 1, 5)), None);
        assert!(working.day_off(&calendar(), date(2025, 1, 3)).is_some());
    }
}

#[test]
fn a_reckoning_tells_by_which_working_time_it_was_made_unless_every_second_counts() {
    assert_eq!(at_unit(&centre(), "2026-06-05 10:00", "2 h").working, Some(centre()));
    assert_eq!(due("2026-06-05 10:00", "10 min", Clock::Running).working, None);
    let json = serde_json::to_string(&at_unit(&closed_on_monday(), "2026-06-06 10:00", "1 working-days"));
    assert!(json.unwrap().contains(r#""because":"closed""#));
}
