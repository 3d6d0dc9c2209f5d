//! The words of a service in three languages, by dotted keys such as `form.number`.

use std::collections::{BTreeMap, BTreeSet};

use qyzmet_domain::Locale;

/// All texts of a service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(pub(crate) BTreeMap<Locale, BTreeMap<String, String>>);

impl Texts {
    /// One text, or nothing when it is not there in this language.
    #[must_use]
    pub fn get(&self, locale: Locale, key: &str) -> Option<&str> {
        self.0.get(&locale)?.get(key).map(String::as_str)
    }

    /// All keys of one language.
    pub fn keys(&self, locale: Locale) -> impl Iterator<Item = &str> {
        self.0.get(&locale).into_iter().flat_map(|texts| texts.keys().map(String::as_str))
    }
}

/// A text with its placeholders, `{ $name }`, filled; a placeholder without a value stays as it is.
#[must_use]
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{ ${name} }}"), value))
}

/// Words without the differences that scanning and typing make.
pub(crate) fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Names of the placeholders of a text.
pub(crate) fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split("{ $").skip(1).filter_map(|rest| rest.split_once(" }")).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_by_name() {
        let text = "{ $code } and { $code }, { $host }";
        assert_eq!(fill(text, &[("code", "12")]), "12 and 12, { $host }");
        assert_eq!(placeholders(text), BTreeSet::from(["code", "host"]));
    }
}
