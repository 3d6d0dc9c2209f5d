//! Days and years as people count them in Kazakhstan.

use jiff::{Timestamp, civil};
use qyzmet_domain::calendar::KAZAKHSTAN;

/// The year of a moment in Kazakhstan.
#[must_use]
pub(crate) fn year(at: Timestamp) -> i16 {
    KAZAKHSTAN.to_datetime(at).year()
}

/// The day of a moment in Kazakhstan.
#[must_use]
pub(crate) fn day(at: Timestamp) -> civil::Date {
    KAZAKHSTAN.to_datetime(at).date()
}

/// How many counters a year has: eleven digits.
const COUNTERS: u128 = 100_000_000_000;

/// Spreads counters over the whole range, so that nobody can find other people's numbers by counting on. Each counter
/// still gives another number: the factor ends with 7, so it has no divisor in common with a power of ten.
#[must_use]
pub(crate) fn spread(counter: u64, key: u64) -> u64 {
    let factor = (u128::from(key) * 10 + 7) % COUNTERS;
    u64::try_from(u128::from(counter) * factor % COUNTERS).unwrap_or(counter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_year_begins_five_hours_before_it_does_in_greenwich() {
        assert_eq!(year("2026-12-31T18:59:59Z".parse().unwrap()), 2026);
        assert_eq!(year("2026-12-31T19:00:00Z".parse().unwrap()), 2027);
    }

    /// [R74-3.3]
    #[test]
    fn spread_counters_stay_different_from_each_other_and_tell_nothing_of_their_neighbours() {
        let numbers: std::collections::BTreeSet<u64> =
            (1..20_000).map(|counter| spread(counter, 918_273_645)).collect();
        assert_eq!(numbers.len(), 19_999);
        assert!(numbers.iter().all(|number| u128::from(*number) < COUNTERS));
        assert!(spread(2, 918_273_645).abs_diff(spread(1, 918_273_645)) > 1_000_000);
    }
}
