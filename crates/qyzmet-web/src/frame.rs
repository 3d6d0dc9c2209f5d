//! What stands around the content of every page: title, language, header, notice. Templates call it `f`.

use std::borrow::Cow;

use qyzmet_domain::Locale;

use crate::{
    assets,
    words::{self, Word},
};

/// The frame of one page.
pub(crate) struct Frame {
    pub(crate) locale: Locale,
    pub(crate) title: Cow<'static, str>,
    pub(crate) signed_in: bool,
    /// Planned outage, in words.
    pub(crate) notice: Option<String>,
    /// Whether the page shows errors in a form: then the title says so.
    pub(crate) error: bool,
    /// Id of the main form: the language buttons submit it, so that nothing typed is lost.
    pub(crate) form: Option<&'static str>,
    csrf: Option<String>,
    place: String,
}

/// A language in the switch.
pub(crate) struct Language {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) current: bool,
}

impl Frame {
    pub(crate) fn new(locale: Locale, title: Cow<'static, str>, csrf: Option<String>) -> Self {
        Self { locale, title, signed_in: false, notice: None, error: false, form: None, csrf, place: "/".to_owned() }
    }

    pub(crate) fn at(self, place: &str) -> Self {
        Self { place: place.to_owned(), ..self }
    }

    pub(crate) fn signed_in(self, signed_in: bool) -> Self {
        Self { signed_in, ..self }
    }

    pub(crate) fn with_notice(self, notice: Option<String>) -> Self {
        Self { notice, ..self }
    }

    /// The language buttons submit this form.
    pub(crate) fn with_form(self, id: &'static str) -> Self {
        Self { form: Some(id), ..self }
    }

    /// Marks the title when a form came back with errors.
    pub(crate) fn with_error(self, error: bool) -> Self {
        Self { error, ..self }
    }

    /// A text without arguments.
    pub(crate) fn t<'a>(&self, key: &'a str) -> &'a str {
        words::text(self.locale, key)
    }

    /// A text for a key that is put together from a prefix and a word of the app.
    pub(crate) fn of(&self, prefix: &str, word: &str) -> String {
        words::text(self.locale, &format!("{prefix}-{word}")).to_owned()
    }

    /// A text with one word in it.
    pub(crate) fn with(&self, key: &str, name: &'static str, word: &str) -> String {
        words::with(self.locale, key, &[(name, Word::Text(word))])
    }

    /// A text with one number in it.
    pub(crate) fn count<N: TryInto<u64> + Copy>(&self, key: &str, name: &'static str, count: N) -> String {
        words::with(self.locale, key, &[(name, Word::Count(count.try_into().unwrap_or(u64::MAX)))])
    }

    /// `kk`, `ru` or `en`, for the `lang` attribute.
    pub(crate) fn lang(&self) -> &'static str {
        self.locale.as_str()
    }

    /// Address of a built file.
    pub(crate) fn asset(&self, name: &str) -> Cow<'static, str> {
        assets::address(name)
    }

    /// The form token; empty without a session.
    pub(crate) fn csrf(&self) -> &str {
        self.csrf.as_deref().unwrap_or_default()
    }

    /// The languages of the switch, each under its own name.
    pub(crate) fn languages(&self) -> [Language; 3] {
        let language = |locale: Locale, name| Language { code: locale.as_str(), name, current: locale == self.locale };
        [language(Locale::Kk, "Қазақша"), language(Locale::Ru, "Русский"), language(Locale::En, "English")]
    }

    /// Address of this page in another language.
    pub(crate) fn switch(&self, code: &str) -> String {
        let joint = if self.place.contains('?') { '&' } else { '?' };
        format!("{}{joint}lang={code}", self.place)
    }

    /// This page, for links to it.
    pub(crate) fn place(&self) -> &str {
        &self.place
    }
}
