//! The words of a service in three languages, by dotted keys such as `form.number`.

use std::collections::BTreeMap;

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
