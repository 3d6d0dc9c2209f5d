//! Evidence in the words of the service: what was looked at, what was asked for, what was found, who said so.

use qyzmet_domain::{Evidence, Locale};

use crate::Regulation;
use crate::texts::fill;

/// One piece of evidence as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceInWords {
    /// The fact.
    pub fact: String,
    /// What the regulation asks for.
    pub expected: String,
    /// What was found; empty when there was nothing.
    pub found: String,
    /// Who said so; empty when the person did.
    pub source: String,
}

/// Words of comparison that stand before the value in [`Evidence::expected`], with their texts `test.<word>`.
const COMPARISONS: [&str; 3] = ["not", "not-before", "not-after"];

impl Regulation {
    /// Evidence of a refusal in one language: `fact.<name>`, `value.<word>`, `test.<word>`, `unit.<register>`. What has no
    /// text, such as a date, stands as it is.
    #[must_use]
    pub fn in_words(&self, locale: Locale, evidence: &Evidence) -> EvidenceInWords {
        let fact = self.text(locale, &format!("fact.{}", evidence.fact));
        let source = self.text(locale, &format!("unit.{}", evidence.source));
        EvidenceInWords {
            fact: fact.unwrap_or(&evidence.fact).to_owned(),
            expected: self.expected(locale, &evidence.expected),
            found: self.value(locale, &evidence.found).to_owned(),
            source: source.unwrap_or_default().to_owned(),
        }
    }

    fn value<'a>(&'a self, locale: Locale, value: &'a str) -> &'a str {
        self.text(locale, &format!("value.{value}")).unwrap_or(value)
    }

    fn expected(&self, locale: Locale, expected: &str) -> String {
        let comparison = expected.split_once(' ').filter(|(word, _)| COMPARISONS.contains(word));
        let in_words = comparison.and_then(|(word, value)| {
            let text = self.text(locale, &format!("test.{word}"))?;
            Some(fill(text, &[("value", self.value(locale, value))]))
        });
        in_words.unwrap_or_else(|| self.value(locale, expected).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::regulation;

    fn evidence(expected: &str, found: &str, source: &str) -> Evidence {
        let fact = "person.document.end-date".to_owned();
        let (expected, found, source) = (expected.to_owned(), found.to_owned(), source.to_owned());
        Evidence { fact, expected, found, source, answer_id: None }
    }

    #[test]
    fn evidence_reads_in_each_language() {
        let regulation = regulation();
        let words =
            regulation.in_words(Locale::Kk, &evidence("not-before 2026-06-01", "2026-05-31", "gbd-fl"));
        assert_eq!(words.fact, "Жеке басты куәландыратын құжаттың қолданылу мерзімі");
        assert_eq!(words.expected, "2026-06-01 күнінен ерте емес");
        assert_eq!(
            (words.found.as_str(), words.source.as_str()),
            ("2026-05-31", "«Жеке тұлғалар» мемлекеттік дерекқоры")
        );
        let words = regulation.in_words(Locale::Ru, &evidence("alive", "dead", "request"));
        assert_eq!(
            (words.expected.as_str(), words.found.as_str(), words.source.as_str()),
            ("жив", "умер", "")
        );
        assert_eq!(
            regulation.in_words(Locale::En, &evidence("not-before 2026-06-01", "", "x")).expected,
            "not before 2026-06-01"
        );
    }
}
