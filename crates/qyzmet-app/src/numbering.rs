//! Days and years as people count them in Kazakhstan, which has one time zone, UTC+5, since 1 March 2024.

use jiff::{Timestamp, civil, tz};

/// The offset of Kazakhstan from UTC.
const KAZAKHSTAN: tz::Offset = tz::offset(5);

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_year_begins_five_hours_before_it_does_in_greenwich() {
        assert_eq!(year("2026-12-31T18:59:59Z".parse().unwrap()), 2026);
        assert_eq!(year("2026-12-31T19:00:00Z".parse().unwrap()), 2027);
    }
}
