//! The form of a service, and what becomes of submitted values: their normal form, or errors by field.

mod accept;
mod holder;
mod keys;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use qyzmet_domain::InvalidId;
use serde::{Deserialize, Serialize};

use crate::words::words;

pub(crate) use accept::{GIVEN, is_mixed};
pub(crate) use holder::CERTIFICATE;
pub use keys::{KeyProfile, KeyRequest};

/// `form.toml`: one question a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Pages in their order.
    pub pages: Vec<Page>,
    /// What is shown and not asked: name of the line, fact behind it.
    pub prefill: BTreeMap<String, String>,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its id.
    pub id: String,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its id; label and hint stand in the texts under `form.<id>` and `hint.<id>`.
    pub id: String,
    /// What it takes.
    pub kind: FieldKind,
    /// Whether an answer is needed. A consent needs an answer, and the answer may be no [R58-A.9.2].
    pub required: bool,
    /// Key of the button's text, when the page does something else than go on [R58-5.2a].
    pub button: Option<String>,
    /// Asked only after this answer; nothing for a field that everybody is asked.
    pub when: Option<WhenAnswered>,
}

/// An answer on an earlier page on which a field depends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhenAnswered {
    /// The field, a choice.
    pub field: String,
    /// The answers after which the field is asked.
    pub one_of: Vec<String>,
}

/// What a field takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A subscriber number of Kazakhstan [R58-2.1].
    MobileNumber,
    /// Text.
    Text {
        /// At most so many characters.
        longest: usize,
        /// In this script.
        script: Script,
    },
    /// A date, `2031-05-08`.
    Date,
    /// IIN of an individual.
    Iin,
    /// BIN of a legal entity.
    Bin,
    /// Consent to ask a register about the person [R58-A.9.2]; the value is `given` or `withheld`.
    Consent {
        /// The register.
        register: String,
    },
    /// One word of a list; its text stands under `value.<word>`.
    Choice {
        /// The words.
        one_of: Vec<String>,
    },
    /// One of the person's own certificates that are not revoked; the value is its serial number [R839-8.P1].
    Certificate {
        /// Only those in force of these holders, as they are named by their profiles [R839-7.P1]; all when none is named.
        holders: Vec<String>,
    },
    /// Key pairs that the browser makes; the value is the requests for their certificates, never a key [R839-6.P1].
    Keys {
        /// One pair for each.
        profiles: Vec<KeyProfile>,
        /// The choice, or the certificate, that says whose certificates they become; an individual's when there is none.
        holder: Option<String>,
    },
}

words! {
    /// The script a text is written in.
    Script {
        /// Any, but not two in one word.
        Any = "any",
        /// Cyrillic, with the letters of Kazakh.
        Cyrillic = "cyrillic",
        /// Latin.
        Latin = "latin",
    }
}

/// Why a value cannot be taken. The value itself is never repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum FieldError {
    /// Nothing was answered.
    #[error("nothing is answered")]
    Missing,
    /// Longer than allowed.
    #[error("longer than {limit} characters")]
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// Letters of another script, or of two scripts in one word.
    #[error("letters of another script")]
    WrongScript,
    /// Invisible or control characters, or ones that turn the direction of text.
    #[error("characters that cannot be shown")]
    Hostile,
    /// Not a date of the calendar.
    #[error("not a date")]
    NotADate,
    /// Neither yes nor no, or nothing that stands in the list.
    #[error("none of the answers")]
    NotAnAnswer,
    /// Too few or too many digits.
    #[error("wrong length")]
    WrongLength,
    /// Something else than digits.
    #[error("only digits may stand here")]
    NotDigits,
    /// A mistyped digit, or a number that is never issued.
    #[error("a digit is mistyped")]
    WrongCheckDigit,
    /// IIN for BIN or the other way round.
    #[error("the number is of another kind")]
    WrongKind,
    /// A phone of another country.
    #[error("a phone of another country")]
    ForeignPhone,
    /// A landline.
    #[error("not a mobile number")]
    NotMobile,
    /// No list of requests for certificates.
    #[error("no list of requests for certificates")]
    NotKeys,
    /// Requests for other keys than the form wants.
    #[error("requests for other keys than are wanted")]
    OtherKeys,
    /// A request that the certification authority cannot take.
    #[error("a request that cannot be certified")]
    UnusableKey,
}

impl FieldError {
    /// Key of the words for it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong { .. } => "too-long",
            Self::WrongScript => "wrong-script",
            Self::Hostile => "hostile",
            Self::NotADate => "not-a-date",
            Self::NotAnAnswer => "not-an-answer",
            Self::WrongLength => "wrong-length",
            Self::NotDigits => "not-digits",
            Self::WrongCheckDigit => "wrong-check-digit",
            Self::WrongKind => "wrong-kind",
            Self::ForeignPhone => "foreign-phone",
            Self::NotMobile => "not-mobile",
            Self::NotKeys => "not-keys",
            Self::OtherKeys => "other-keys",
            Self::UnusableKey => "unusable-key",
        }
    }
}

impl From<InvalidId> for FieldError {
    fn from(why: InvalidId) -> Self {
        match why {
            InvalidId::Empty => Self::Missing,
            InvalidId::WrongLength => Self::WrongLength,
            InvalidId::NotDigits => Self::NotDigits,
            InvalidId::WrongCheckDigit | InvalidId::NeverIssued => Self::WrongCheckDigit,
            InvalidId::WrongKind => Self::WrongKind,
            InvalidId::ForeignPhone => Self::ForeignPhone,
            InvalidId::NotMobile => Self::NotMobile,
            InvalidId::BadCharacter => Self::Hostile,
        }
    }
}

/// Errors by field id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(pub BTreeMap<String, FieldError>);

impl Form {
    /// The page with this id.
    #[must_use]
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.id == id)
    }

    /// The field with this id, on whichever page.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.pages.iter().flat_map(|page| &page.fields).find(|field| field.id == id)
    }
}

impl FieldKind {
    /// The word after `type`.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::MobileNumber => "mobile-number",
            Self::Text { .. } => "text",
            Self::Date => "date",
            Self::Iin => "iin",
            Self::Bin => "bin",
            Self::Consent { .. } => "consent",
            Self::Choice { .. } => "choice",
            Self::Certificate { .. } => "certificate",
            Self::Keys { .. } => "keys",
        }
    }
}

impl FieldKind {
    /// Keys of the words for what can be answered.
    pub(crate) fn words(&self) -> Vec<String> {
        let Self::Choice { one_of } = self else { return Vec::new() };
        one_of.iter().map(|word| format!("value.{word}")).collect()
    }
}

impl Field {
    /// The key pairs that are made with it; none for other fields.
    #[must_use]
    pub fn profiles(&self) -> &[KeyProfile] {
        if let FieldKind::Keys { profiles, .. } = &self.kind { profiles } else { &[] }
    }

    /// Whether the field is asked after these answers, by field.
    #[must_use]
    pub fn is_asked(&self, answers: &BTreeMap<String, String>) -> bool {
        let given =
            |when: &WhenAnswered| answers.get(&when.field).is_some_and(|answer| when.one_of.contains(answer));
        self.when.as_ref().is_none_or(given)
    }

    /// The fact that an answer becomes: `form.<id>` or `consent.<id>`.
    #[must_use]
    pub fn fact(&self) -> String {
        let kind = if matches!(self.kind, FieldKind::Consent { .. }) { "consent" } else { "form" };
        format!("{kind}.{}", self.id)
    }
}
