//! What stands around the content of every page: title, language, header, notice. Templates call it `f`.

use std::borrow::Cow;

use jiff::{SignedDuration, Timestamp, civil::Date};
use qyzmet_app::authority::EndingView;
use qyzmet_domain::{Locale, Phone, classification::Method};

use crate::{
    assets, citation, when,
    words::{self, Word},
};

/// The frame of one page.
pub(crate) struct Frame {
    pub(crate) locale: Locale,
    pub(crate) title: Cow<'static, str>,
    pub(crate) signed_in: bool,
    /// Seconds that the session lasts without use; nothing when nobody is signed in.
    pub(crate) session_seconds: Option<i64>,
    /// Whether the visitor is an officer, who has a desk.
    pub(crate) desk: bool,
    /// The same as a moment, for pages without scripts.
    pub(crate) session_end: Option<Timestamp>,
    /// Planned outage, in words.
    pub(crate) notice: Option<String>,
    /// Certificates that end soon, where the page says it.
    pub(crate) ending: EndingView,
    /// Whether the page shows errors in a form: then the title says so.
    pub(crate) error: bool,
    /// Id of the main form: the language buttons submit it, so that nothing typed is lost.
    pub(crate) form: Option<&'static str>,
    csrf: Option<String>,
    place: String,
}

/// A count as templates have it: by value or by reference, of any size.
pub(crate) trait Number {
    /// The count for the plural rules.
    fn number(&self) -> u64;
}

impl Number for u8 {
    fn number(&self) -> u64 {
        u64::from(*self)
    }
}

impl Number for u64 {
    fn number(&self) -> u64 {
        *self
    }
}

impl Number for usize {
    fn number(&self) -> u64 {
        u64::try_from(*self).unwrap_or(u64::MAX)
    }
}

impl<N: Number> Number for &N {
    fn number(&self) -> u64 {
        (**self).number()
    }
}

/// A language in the switch.
pub(crate) struct Language {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) current: bool,
}

impl Frame {
    pub(crate) fn new(locale: Locale, title: Cow<'static, str>, csrf: Option<String>) -> Self {
        Self {
            locale,
            title,
            signed_in: false,
            session_seconds: None,
            desk: false,
            session_end: None,
            notice: None,
            ending: EndingView::default(),
            error: false,
            form: None,
            csrf,
            place: "/".to_owned(),
        }
    }

    pub(crate) fn at(self, place: &str) -> Self {
        Self { place: place.to_owned(), ..self }
    }

    /// The session lasts so many seconds from now; nothing when nobody is signed in.
    pub(crate) fn signed_in(self, session_seconds: Option<i64>, now: Timestamp) -> Self {
        let session_end = session_seconds.map(|seconds| now + SignedDuration::from_secs(seconds));
        Self { signed_in: session_seconds.is_some(), session_seconds, session_end, ..self }
    }

    /// Shows the way to the desk.
    pub(crate) fn with_desk(self, desk: bool) -> Self {
        Self { desk, ..self }
    }

    pub(crate) fn with_notice(self, notice: Option<String>) -> Self {
        Self { notice, ..self }
    }

    /// Says above the content which certificates end soon.
    pub(crate) fn with_ending(self, ending: EndingView) -> Self {
        Self { ending, ..self }
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

    /// A text for a word of the app that may have none (`person.life-status`): then the word itself is shown.
    pub(crate) fn word(&self, prefix: &str, word: &str) -> String {
        let key = format!("{prefix}-{}", word.replace(['.', ':', '_'], "-"));
        words::known(self.locale, &key).unwrap_or(word).to_owned()
    }

    /// What a register or the portal stated, in words: a moment or a day as people write it, a word of the app, else as it
    /// stands.
    pub(crate) fn value(&self, stated: &str) -> String {
        match (stated.parse::<Timestamp>(), stated.parse::<Date>()) {
            (Ok(at), _) => self.moment(&at),
            (_, Ok(day)) => self.date(&day),
            _ => self.word("fact-value", stated),
        }
    }

    /// The end of a locale key for an identification method [R10-4].
    pub(crate) fn method(&self, method: &Method) -> &'static str {
        match method {
            Method::Password => "password",
            Method::Otp => "otp",
            Method::Eds => "eds",
        }
    }

    /// Places in acts in words; `Display` of one clause, or several with commas between.
    pub(crate) fn clauses(&self, written: impl std::fmt::Display) -> String {
        citation::clauses(self.locale, &written.to_string())
    }

    /// An act in words.
    pub(crate) fn act(&self, id: impl std::fmt::Display) -> String {
        citation::act(self.locale, &id.to_string())
    }

    /// A day and minute in words.
    pub(crate) fn moment(&self, at: &Timestamp) -> String {
        when::moment(self.locale, *at)
    }

    /// A day in words.
    pub(crate) fn date(&self, date: &Date) -> String {
        when::date(self.locale, *date)
    }

    /// A value as people read it: a phone number in groups, anything else as it stands.
    pub(crate) fn readable<'a>(&self, value: &'a str) -> Cow<'a, str> {
        match value.parse::<Phone>() {
            Ok(phone) if value.starts_with('+') => Cow::Owned(phone.grouped()),
            _ => Cow::Borrowed(value),
        }
    }

    /// A term of the action table in words.
    pub(crate) fn term(&self, written: &str) -> String {
        when::term(self.locale, written)
    }

    /// Hours and minutes.
    pub(crate) fn clock(&self, at: &Timestamp) -> String {
        when::clock(*at)
    }

    /// How far a form of several pages has come.
    pub(crate) fn pages(&self, number: &usize, count: &usize) -> String {
        let words = [("number", Word::Count(number.number())), ("count", Word::Count(count.number()))];
        words::with(self.locale, "fill-page", &words)
    }

    /// A moment for machines.
    pub(crate) fn exact(&self, at: &Timestamp) -> String {
        when::exact(*at)
    }

    /// A text with one word in it.
    pub(crate) fn with(&self, key: &str, name: &'static str, word: impl AsRef<str>) -> String {
        words::with(self.locale, key, &[(name, Word::Text(word.as_ref()))])
    }

    /// A text with one number in it.
    pub(crate) fn count(&self, key: &str, name: &'static str, count: impl Number) -> String {
        words::with(self.locale, key, &[(name, Word::Count(count.number()))])
    }

    /// All texts under a prefix as a JSON object: the words of a custom element, which holds none of its own.
    pub(crate) fn group(&self, prefix: &str) -> String {
        words::group(self.locale, prefix)
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
        let language =
            |locale: Locale, name| Language { code: locale.as_str(), name, current: locale == self.locale };
        [language(Locale::Kk, "Қазақша"), language(Locale::Ru, "Русский"), language(Locale::En, "English")]
    }

    /// Address of this page in another language.
    pub(crate) fn switch(&self, code: &str) -> String {
        let joint = if self.place.contains('?') { '&' } else { '?' };
        format!("{}{joint}lang={code}", self.place)
    }
}
