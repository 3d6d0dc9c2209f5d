//! Terms as the acts write them, "1,5 мин", and back.

use jiff::SignedDuration;
use qyzmet_domain::Term;

use crate::Phrases;

/// Units of the running clock, the longest first, with their milliseconds.
const UNITS: [(&str, i128); 3] = [("h", 3_600_000), ("min", 60_000), ("s", 1_000)];

/// Between the ends of a range, as the acts print it.
const RANGE: &str = " – ";
/// Between the ends of a range in one unit.
const TO: &str = "–";

/// The cell of a term: a range, a term, or the sign for none.
pub(super) fn cell(phrases: &Phrases, least: Option<Term>, limit: Option<Term>) -> String {
    let Some(limit) = limit else { return phrases.say("table.none") };
    let Some(least) = least else { return say(phrases, limit) };
    let ((unit, from), (other, to)) = (parts(least), parts(limit));
    if unit == other {
        return phrases.filled(&format!("term.{unit}"), &[("amount", &format!("{from}{TO}{to}"))]);
    }
    say(phrases, least) + RANGE + &say(phrases, limit)
}

/// The cell read back: the shorter end of a range, and the term.
pub(super) fn of_cell(phrases: &Phrases, words: &str) -> Option<(Option<Term>, Option<Term>)> {
    if words == phrases.say("table.none") {
        return Some((None, None));
    }
    if let Some((least, limit)) = words.split_once(RANGE) {
        return Some((Some(read(phrases, least)?), Some(read(phrases, limit)?)));
    }
    let Some((from, rest)) = words.split_once(TO) else { return Some((None, Some(read(phrases, words)?))) };
    // The unit stands once, after the longer end.
    let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',');
    Some((Some(read(phrases, &format!("{from}{unit}"))?), Some(read(phrases, rest)?)))
}

/// A term in words: in the longest unit in which it is at least one and needs at most two decimals.
pub(crate) fn say(phrases: &Phrases, term: Term) -> String {
    let (unit, amount) = parts(term);
    phrases.filled(&format!("term.{unit}"), &[("amount", &amount)])
}

/// Unit and amount.
fn parts(term: Term) -> (&'static str, String) {
    match term {
        Term::CalendarDays(days) => ("days", days.to_string()),
        Term::WorkingDays(days) => ("working-days", days.to_string()),
        Term::Running(length) => running(length),
    }
}

fn running(length: SignedDuration) -> (&'static str, String) {
    let ms = length.as_millis();
    let fits = |(_, unit): &&(&str, i128)| ms >= *unit && ms * 100 % unit == 0;
    let (word, unit) = UNITS.iter().find(fits).copied().unwrap_or(("s", 1_000));
    (word, decimal(ms * 100 / unit))
}

/// Hundredths with a decimal comma, without zeros that say nothing.
fn decimal(hundredths: i128) -> String {
    let text = format!("{},{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches(',').to_owned()
}

/// A term from its words.
pub(super) fn read(phrases: &Phrases, words: &str) -> Option<Term> {
    let amount = |unit: &str| taken(&phrases.say(&format!("term.{unit}")), "amount", words);
    ["s", "min", "h", "working-days", "days"].into_iter().find_map(|unit| {
        let amount = amount(unit)?.replace(',', ".");
        format!("{amount} {unit}").parse().ok()
    })
}

/// What stands in the place of the placeholder, when the rest of the words is that of the pattern.
pub(super) fn taken<'a>(pattern: &str, name: &str, words: &'a str) -> Option<&'a str> {
    let (before, after) = pattern.split_once(&format!("{{ ${name} }}"))?;
    words.strip_prefix(before)?.strip_suffix(after)
}
