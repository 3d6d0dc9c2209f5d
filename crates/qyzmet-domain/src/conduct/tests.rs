//! Each duty of an operator broken alone, at the very moment at which it begins to count.

use jiff::{SignedDuration, Timestamp, civil::date};

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// An operator with whom everything is in order since a moment.
fn in_order(since: Timestamp) -> Standing {
    Standing {
        operator: true,
        has_carrier: true,
        pledged_at: Some(since),
        acknowledged_at: Some(since),
        checked_at: Some(since),
        ..Standing::default()
    }
}

fn bar(standing: &Standing, now: Timestamp) -> Option<Bar> {
    may_act(standing, &Rules::default(), now).err()
}

/// [R839-15.1a, R839-15.1f, R839-19.5a, R839-19.5c]
#[test]
fn an_operator_in_order_may_act_and_each_missing_thing_bars_with_its_clause() {
    let now = at("2026-11-21T09:00:00Z");
    let good = in_order(now);
    assert_eq!(bar(&good, now), None);
    let later = now + SignedDuration::from_secs(1);
    for (broken, expected, place) in [
        (Standing { leaves_at: Some(now), ..good.clone() }, Some(Bar::Left), "15.1"),
        (Standing { key_lost_at: Some(now), ..good.clone() }, Some(Bar::KeyLost), "19.5"),
        (Standing { has_carrier: false, ..good.clone() }, Some(Bar::NoCarrier), "15.1"),
        (Standing { pledged_at: None, ..good.clone() }, Some(Bar::NoPledge), "19.5"),
        (Standing { acknowledged_at: None, ..good.clone() }, Some(Bar::NotAcknowledged), "19.5"),
        (Standing { checked_at: None, ..good.clone() }, Some(Bar::Unchecked), "19.5"),
    ] {
        assert_eq!(bar(&broken, now), expected);
        assert_eq!(expected.unwrap().clause().place(), place);
    }
    assert_eq!(
        bar(&Standing { leaves_at: Some(later), ..good }, now),
        None,
        "until the day comes, they work"
    );
}

/// [R839-15.1g]
#[test]
fn an_absence_of_fifteen_days_suspends_nobody_and_one_of_sixteen_does_for_exactly_its_days() {
    let absence = |last: i8| Absence::new(date(2026, 12, 1), date(2026, 12, last)).unwrap();
    let away = |last| Standing { absences: vec![absence(last)], ..in_order(at("2026-11-30T00:00:00Z")) };
    let noon = at("2026-12-05T07:00:00Z");
    assert_eq!(bar(&away(15), noon), None);
    assert_eq!(bar(&away(16), noon), Some(Bar::Away));
    // Midnight in Kazakhstan is seven in the evening of the day before in Greenwich.
    let (before, first) = (at("2026-11-30T18:59:59Z"), at("2026-11-30T19:00:00Z"));
    let (last, after) = (at("2026-12-16T18:59:59Z"), at("2026-12-16T19:00:00Z"));
    let found = [before, first, last, after].map(|moment| bar(&away(16), moment));
    assert_eq!(found, [None, Some(Bar::Away), Some(Bar::Away), None]);
    assert_eq!(Absence::new(date(2026, 12, 2), date(2026, 12, 1)), Err(InvalidAbsence));
    let kept = absence(16);
    assert_eq!(Absence::between(kept.from(), kept.until()), Ok(kept));
}

#[test]
fn an_absence_over_the_end_of_a_month_counts_all_its_days() {
    let absence = Absence::new(date(2026, 1, 20), date(2026, 3, 1)).unwrap();
    assert!(absence.is_long());
    let short = Absence::new(date(2026, 1, 25), date(2026, 2, 8)).unwrap();
    assert!(!short.is_long(), "fifteen days");
}

/// [R839-19.5f, R839-19.5h]
#[test]
fn an_acknowledgement_holds_a_year_and_a_check_of_the_workstation_its_term_and_grace() {
    let since = at("2026-01-10T09:00:00Z");
    let rules = Rules::default();
    let standing = Standing { checked_at: Some(since + days(360)), ..in_order(since) };
    let year = since + days(365);
    assert_eq!(bar(&standing, year - SignedDuration::from_secs(1)), None);
    assert_eq!(bar(&standing, year), Some(Bar::NotAcknowledged));
    let standing = Standing { acknowledged_at: Some(since + days(20)), ..in_order(since) };
    let (due, over) = (since + rules.check_every, since + rules.check_every + rules.check_grace);
    assert!(!check_is_due(&standing, &rules, due - SignedDuration::from_secs(1)));
    assert!(check_is_due(&standing, &rules, due));
    assert_eq!(bar(&standing, over - SignedDuration::from_secs(1)), None, "a warning is enough so far");
    assert_eq!(bar(&standing, over), Some(Bar::Unchecked));
}

#[test]
fn an_officer_who_is_no_operator_owes_nothing_and_can_still_be_suspended() {
    let now = at("2026-11-21T09:00:00Z");
    assert_eq!(bar(&Standing::default(), now), None);
    let lost = Standing { key_lost_at: Some(now), ..Standing::default() };
    assert_eq!(bar(&lost, now), Some(Bar::KeyLost));
}

/// [R839-15.1e]
#[test]
fn a_file_is_no_carrier_and_every_carrier_reads_back_as_it_is_written() {
    for file in ["PKCS12", "JKS", "file", ""] {
        assert_eq!(Carrier::parse(file, "KZ-00-12345"), Err(NotProtected), "{file}");
    }
    for kind in CarrierKind::ALL {
        assert_eq!(kind.to_string().parse(), Ok(kind));
        assert_eq!(Carrier::parse(kind.storage(), " kz-0012 ").unwrap().serial(), "KZ-0012");
    }
    for serial in ["", "123", "12 34", "нөмір-1", &"9".repeat(41)] {
        assert_eq!(Carrier::parse("AKKaztokenStore", serial), Err(NotProtected), "{serial}");
    }
}

/// [R839-15.4]
#[test]
fn a_document_is_kept_to_the_end_of_the_last_year_of_its_class() {
    let rules = Rules { keep_service_years: 5, ..Rules::default() };
    let accepted = at("2026-11-21T09:00:00Z");
    let until = RetentionClass::Service.until(accepted, &rules);
    assert_eq!(until, at("2031-12-31T19:00:00Z"));
    assert!(RetentionClass::Operator.until(accepted, &rules) > until);
    for class in [RetentionClass::Service, RetentionClass::Operator] {
        assert_eq!(class.to_string().parse(), Ok(class));
    }
}

#[test]
fn every_kind_of_duty_reads_back_and_stands_in_the_order() {
    for kind in DutyKind::ALL {
        assert_eq!(kind.to_string().parse(), Ok(kind));
        assert_eq!(kind.clause().act(), "839-2012");
    }
    assert_eq!("nothing".parse::<DutyKind>(), Err(UnknownDuty));
}
