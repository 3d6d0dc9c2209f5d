//! The working time of a unit in words: days of the week, then hours.

use qyzmet_domain::calendar::{DayOfWeek, WorkingTime};

use crate::Phrases;

impl Phrases {
    /// For example «дс–сб, 09:00–13:00, 14:00–20:00». Days that follow each other are told by the first and the last.
    #[must_use]
    pub fn working_time(&self, time: &WorkingTime) -> String {
        let days = time.days.days().chunk_by(|one, next| one.place() + 1 == next.place());
        let hours = time.hours.spans().iter().map(|span| span.to_string().replace('-', "–"));
        days.map(|run| self.run(run)).chain(hours).collect::<Vec<_>>().join(", ")
    }

    fn run(&self, days: &[DayOfWeek]) -> String {
        let name = |day: &DayOfWeek| self.say(&format!("weekday.{}", day.as_str()));
        match days {
            [first, .., last] => format!("{}–{}", name(first), name(last)),
            _ => days.iter().map(name).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use qyzmet_domain::Locale;

    use super::*;

    fn said(locale: Locale, days: &str) -> String {
        let time = format!("days = {days}\nhours = [\"09:00-13:00\", \"14:30-20:00\"]");
        Phrases::of(locale).working_time(&toml::from_str(&time).unwrap())
    }

    #[test]
    fn working_time_is_told_in_the_words_of_each_language() {
        let days = r#"["monday", "tuesday", "wednesday", "friday"]"#;
        assert_eq!(said(Locale::Kk, days), "дс–ср, жм, 09:00–13:00, 14:30–20:00");
        assert_eq!(said(Locale::Ru, days), "пн–ср, пт, 09:00–13:00, 14:30–20:00");
        assert_eq!(said(Locale::En, r#"["sunday"]"#), "Sun, 09:00–13:00, 14:30–20:00");
    }
}
