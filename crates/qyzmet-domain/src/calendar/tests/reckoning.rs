//! Each rule over days that make it hard.

use proptest::prelude::*;

use super::*;

/// [R58-10.3]
#[test]
fn working_days_pass_over_holidays_moved_days_and_swaps() {
    let table = [
        ("2025-03-19 10:00", "5 working-days", "2025-03-31", 7),
        ("2025-01-01 10:00", "3 working-days", "2025-01-08", 4),
        ("2025-08-29 10:00", "1 working-days", "2025-09-02", 3),
        ("2026-03-20 17:59", "3 working-days", "2026-03-30", 7),
        ("2026-04-29 00:00", "3 working-days", "2026-05-05", 3),
        ("2026-05-06 23:59", "2 working-days", "2026-05-12", 4),
        ("2026-05-26 10:00", "1 working-days", "2026-05-28", 1),
        ("2026-08-28 10:00", "1 working-days", "2026-08-31", 2),
        ("2026-12-31 10:00", "3 working-days", "2027-01-08", 5),
        ("2027-03-12 10:00", "1 working-days", "2027-03-16", 3),
        ("2027-05-14 10:00", "1 working-days", "2027-05-17", 2),
    ];
    for (began, term, day, skipped) in table {
        let reckoning = due(began, term, Clock::Working);
        assert_eq!(local(reckoning.due_at), format!("{day} 18:00"), "{began} + {term}");
        assert_eq!(reckoning.skipped.len(), skipped, "{began} + {term}: {:?}", reckoning.skipped);
        assert_eq!(
            local(due(began, term, Clock::Running).due_at),
            format!("{day} 23:59"),
            "{began} + {term}"
        );
    }
}

#[test]
fn each_skipped_day_says_why() {
    let reckoning = due("2025-03-20 10:00", "1 working-days", Clock::Working);
    let why: Vec<_> = reckoning.skipped.iter().map(|skipped| skipped.day_off.clone()).collect();
    let named = |is, instead_of| DayOff::Named { is, name: Some("nauryz".to_owned()), instead_of };
    let holiday = named(DayKind::Holiday, None);
    let moved = |day| named(DayKind::Moved, Some(date(2025, 3, day)));
    assert_eq!(why, [holiday.clone(), holiday.clone(), holiday, moved(22), moved(23)]);
    let weekend = due("2026-08-28 10:00", "1 working-days", Clock::Working);
    assert!(weekend.skipped.iter().all(|skipped| skipped.day_off == DayOff::Weekend));
}

/// [R839-T1.8]
#[test]
fn working_hours_rest_at_dinner_at_night_and_over_holidays() {
    let table = [
        ("2026-06-02 12:55", "10 min", "2026-06-02 14:05", "2026-06-02 12:55"),
        ("2026-06-02 13:30", "10 min", "2026-06-02 14:10", "2026-06-02 14:00"),
        ("2026-06-02 17:55", "5 min", "2026-06-02 18:00", "2026-06-02 17:55"),
        ("2026-06-02 20:00", "15 min", "2026-06-03 09:15", "2026-06-03 09:00"),
        ("2026-05-08 17:50", "15 min", "2026-05-12 09:05", "2026-05-08 17:50"),
        ("2025-03-20 17:00", "2 h", "2025-03-26 10:00", "2025-03-20 17:00"),
        ("2025-01-04 10:00", "1 h", "2025-01-05 10:00", "2025-01-05 09:00"),
    ];
    for (began, term, until, from) in table {
        let reckoning = due(began, term, Clock::Working);
        assert_eq!(local(reckoning.due_at), until, "{began} + {term}");
        assert_eq!(local(Some(reckoning.counts_from)), from, "{began} + {term}");
    }
}

/// [R839-T1.11]
#[test]
fn a_day_of_a_system_is_twenty_four_hours_and_a_day_of_people_ends_on_a_working_day() {
    assert_eq!(local(due("2025-10-24 10:00", "1 day", Clock::Running).due_at), "2025-10-25 10:00");
    let people = due("2025-10-24 10:00", "1 day", Clock::Working);
    assert_eq!(local(people.due_at), "2025-10-28 18:00");
    assert_eq!((people.rule, people.skipped.len()), (Rule::CalendarDays, 3));
    assert_eq!(local(due("2026-06-05 10:00", "2 days", Clock::Working).due_at), "2026-06-08 18:00");
    assert_eq!(local(due("2026-06-01 10:00", "2 days", Clock::Working).due_at), "2026-06-03 18:00");
}

fn pause(from: &str, until: Option<&str>) -> Pause {
    Pause { from: at(from), until: until.map(at) }
}

fn resting(began: &str, term: &str, clock: Clock, paused: &[Pause]) -> Reckoning {
    let working = WorkingTime::default();
    reckon(&Count { paused, ..count(began, term, clock, &working) }, &calendar())
}

/// [R1116-7.9]
#[test]
fn a_term_rests_while_the_case_waits_for_the_recipient() {
    let table = [
        ("10 min", Clock::Running, "2026-06-02 10:03", "2026-06-02 11:00", "2026-06-02 11:07"),
        ("2 h", Clock::Working, "2026-06-02 11:00", "2026-06-03 16:00", "2026-06-03 17:00"),
        ("4 h", Clock::Working, "2026-06-02 12:30", "2026-06-02 14:30", "2026-06-02 16:00"),
        ("3 working-days", Clock::Working, "2026-06-03 10:00", "2026-06-05 12:00", "2026-06-09 18:00"),
        ("3 working-days", Clock::Working, "2026-06-03 10:00", "2026-06-03 12:00", "2026-06-05 18:00"),
        ("1 h", Clock::Running, "2026-06-02 12:00", "2026-06-02 13:00", "2026-06-02 11:00"),
    ];
    for (term, clock, from, until, expected) in table {
        let reckoning = resting("2026-06-02 10:00", term, clock, &[pause(from, Some(until))]);
        assert_eq!(local(reckoning.due_at), expected, "{term} {from} {until}");
    }
    for (term, clock) in
        [("10 min", Clock::Running), ("2 h", Clock::Working), ("3 working-days", Clock::Working)]
    {
        let open = resting("2026-06-02 10:00", term, clock, &[pause("2026-06-02 10:05", None)]);
        assert_eq!((open.due_at, open.paused.len()), (None, 1), "{term}");
        assert_eq!(open.is_within(at("2026-06-03 10:00")), None);
    }
}

/// [R58-A.3]
#[test]
fn the_last_moment_is_still_in_time() {
    let reckoning = due("2026-06-02 10:00", "10 min", Clock::Running);
    assert_eq!(reckoning.is_within(at("2026-06-02 10:10:00")), Some(true));
    assert_eq!(reckoning.is_within(at("2026-06-02 10:10:00.001")), Some(false));
}

#[test]
fn a_day_that_is_not_certain_makes_the_reckoning_an_estimate() {
    assert!(due("2026-05-26 10:00", "1 working-days", Clock::Working).estimated);
    assert!(!due("2026-05-28 10:00", "1 working-days", Clock::Working).estimated);
    let beyond = due("2027-12-31 10:00", "1 working-days", Clock::Working);
    assert_eq!((local(beyond.due_at).as_str(), beyond.estimated), ("2028-01-03 18:00", true));
    assert!(
        !due("2028-06-01 10:00", "10 min", Clock::Running).estimated,
        "no day matters to a running clock"
    );
}

#[test]
fn a_reckoning_keeps_its_form_in_storage() {
    let reckoning = due("2025-03-20 10:00", "1 working-days", Clock::Working);
    let json = serde_json::to_string(&reckoning).unwrap();
    assert_eq!(serde_json::from_str::<Reckoning>(&json).unwrap(), reckoning);
    assert!(json.contains("\"because\":\"named\"") && json.contains("\"rule\":\"working-days\""), "{json}");
}

proptest! {
    /// The reckoning against counting on the fingers.
    #[test]
    fn working_days_are_those_between_the_event_and_the_end(day in 0..1000_i64, days in 1..40_u32) {
        let calendar = calendar();
        let began = date(2025, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap();
        let working = WorkingTime::default();
        let began_at = KAZAKHSTAN.to_timestamp(began.at(11, 0, 0, 0)).unwrap();
        let count = Count { began_at, term: Term::WorkingDays(days), clock: Clock::Working, working: &working, paused: &[] };
        let reckoning = reckon(&count, &calendar);
        let end = KAZAKHSTAN.to_datetime(reckoning.due_at.unwrap()).date();
        let between = began.series(jiff::Span::new().days(1)).skip(1).take_while(|day| *day <= end);
        let (working, off): (Vec<_>, Vec<_>) = between.partition(|day| calendar.is_working(*day));
        prop_assert_eq!(working.len(), days as usize);
        prop_assert_eq!(working.last(), Some(&end));
        prop_assert_eq!(off, reckoning.skipped.iter().map(|skipped| skipped.date).collect::<Vec<_>>());
    }

    /// A rest never brings the end nearer, and by a running clock puts it off by exactly its length.
    #[test]
    fn a_rest_puts_the_end_off(began in 0..50_000_i64, from in 0..50_000_i64, length in 1..50_000_i64, minutes in 1..600_i64) {
        let second = |s: i64| at("2026-05-04 00:00").checked_add(jiff::SignedDuration::from_secs(s)).unwrap();
        let working = WorkingTime::default();
        let paused = [Pause { from: second(began + from), until: Some(second(began + from + length)) }];
        let term = Term::Running(jiff::SignedDuration::from_mins(minutes));
        for clock in Clock::ALL {
            let count = Count { began_at: second(began), term, clock, working: &working, paused: &[] };
            let without = reckon(&count, &calendar()).due_at.unwrap();
            let with = reckon(&Count { paused: &paused, ..count }, &calendar()).due_at.unwrap();
            prop_assert!(with >= without);
            if clock == Clock::Running {
                let put_off = if paused[0].from <= without { length } else { 0 };
                prop_assert_eq!(with.duration_since(without).as_secs(), put_off);
            }
        }
    }

    /// Working time between beginning and end is exactly the term.
    #[test]
    fn working_time_is_neither_lost_nor_won(began in 0..5_000_000_i64, minutes in 1..5_000_i64) {
        let calendar = calendar();
        let working = WorkingTime::default();
        let began_at = at("2026-01-05 00:00").checked_add(jiff::SignedDuration::from_secs(began)).unwrap();
        let term = Term::Running(jiff::SignedDuration::from_mins(minutes));
        let count = Count { began_at, term, clock: Clock::Working, working: &working, paused: &[] };
        let due_at = reckon(&count, &calendar).due_at.unwrap();
        let (first, last) = (KAZAKHSTAN.to_datetime(began_at).date(), KAZAKHSTAN.to_datetime(due_at).date());
        let mut seconds = 0;
        for day in first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last) {
            if calendar.is_working(day) {
                for span in working.hours.spans() {
                    let moment = |time| KAZAKHSTAN.to_timestamp(day.to_datetime(time)).unwrap();
                    let (from, until) = (moment(span.from()).max(began_at), moment(span.until()).min(due_at));
                    seconds += until.duration_since(from).as_secs().max(0);
                }
            }
        }
        prop_assert_eq!(seconds, minutes * 60);
    }
}
