//! The calendar that comes with the platform: what examples reckon by, and what an installation amends.

use std::sync::LazyLock;

use qyzmet_domain::calendar::Calendar;

static STANDARD: LazyLock<Calendar> =
    LazyLock::new(|| toml::from_str(include_str!("../../../config/calendar.toml")).unwrap_or_default());

/// `config/calendar.toml` of this version. Examples always run by it, so that they come out the same everywhere; a case
/// runs by the calendar that the caller passes, with the amendments of the administrator.
#[must_use]
pub fn standard_calendar() -> &'static Calendar {
    &STANDARD
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_of_the_platform_is_read() {
        assert!(standard_calendar().days().count() > 40, "an empty calendar would only know weekends");
    }
}
