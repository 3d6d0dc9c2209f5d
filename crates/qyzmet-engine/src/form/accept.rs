//! Takes submitted values: parses each once, answers with normal forms or with errors by field.

use std::collections::BTreeMap;

use jiff::civil::Date;
use qyzmet_domain::{Bin, Iin, Phone};
use unicode_normalization::UnicodeNormalization;

use super::{Field, FieldError, FieldErrors, FieldKind, Form, Page, Script, keys};

/// What a consent becomes when it is given.
pub(crate) const GIVEN: &str = "given";
/// What a consent becomes when it is not.
pub(crate) const WITHHELD: &str = "withheld";

impl Form {
    /// Takes the values of one page; keys that are no fields of it are left aside, but for the answers on which its fields
    /// depend: those must be among the values, and a field that they do not call for is left aside too. Taking a normal form
    /// again gives the same, so values may be taken page by page and once more when the request is filed.
    ///
    /// # Errors
    /// [`FieldErrors`], with every field that cannot be taken. A page that does not exist has no fields, so everything
    /// is left aside.
    pub fn accept(
        &self,
        page: &str,
        raw: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, FieldErrors> {
        self.page(page).map_or_else(|| Ok(BTreeMap::new()), |page| page.accept(raw))
    }
}

impl Page {
    /// Takes the values of this page.
    ///
    /// # Errors
    /// As [`Form::accept`].
    pub fn accept(&self, raw: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, FieldErrors> {
        let mut values = BTreeMap::new();
        let mut errors = BTreeMap::new();
        for field in self.fields.iter().filter(|field| field.is_asked(raw)) {
            match field.accept(raw.get(&field.id).map_or("", String::as_str)) {
                Ok(Some(value)) => drop(values.insert(field.id.clone(), value)),
                Ok(None) => {}
                Err(why) => drop(errors.insert(field.id.clone(), why)),
            }
        }
        if errors.is_empty() { Ok(values) } else { Err(FieldErrors(errors)) }
    }
}

impl Field {
    fn accept(&self, raw: &str) -> Result<Option<String>, FieldError> {
        // Nothing longer is even looked at, whatever the field.
        const LONGEST: usize = 16_384;
        if raw.len() > LONGEST {
            return Err(FieldError::TooLong { limit: self.longest() });
        }
        let text: String = raw.nfc().collect();
        let text = text.trim();
        if text.is_empty() {
            return self.unanswered();
        }
        self.parse(text).map(Some)
    }

    fn unanswered(&self) -> Result<Option<String>, FieldError> {
        match self.kind {
            _ if self.required => Err(FieldError::Missing),
            FieldKind::Consent { .. } => Ok(Some(WITHHELD.to_owned())),
            _ => Ok(None),
        }
    }

    fn longest(&self) -> usize {
        match self.kind {
            FieldKind::Text { longest, .. } => longest,
            FieldKind::Keys { .. } => keys::LONGEST,
            _ => 40,
        }
    }

    fn parse(&self, text: &str) -> Result<String, FieldError> {
        match &self.kind {
            FieldKind::MobileNumber => Ok(text.parse::<Phone>()?.into()),
            FieldKind::Iin => Ok(text.parse::<Iin>()?.into()),
            FieldKind::Bin => Ok(text.parse::<Bin>()?.into()),
            FieldKind::Date => {
                text.parse::<Date>().map(|day| day.to_string()).map_err(|_| FieldError::NotADate)
            }
            FieldKind::Consent { .. } => consent(text),
            FieldKind::Choice { one_of } => {
                one_of.iter().find(|word| *word == text).cloned().ok_or(FieldError::NotAnAnswer)
            }
            FieldKind::Certificate { .. } => serial(text),
            FieldKind::Text { longest, script } => written(text, *longest, *script),
            FieldKind::Keys { profiles, .. } => keys::accept(text, profiles),
        }
    }
}

fn consent(text: &str) -> Result<String, FieldError> {
    match text {
        GIVEN | "yes" | "true" | "on" => Ok(GIVEN.to_owned()),
        WITHHELD | "no" | "false" | "off" => Ok(WITHHELD.to_owned()),
        _ => Err(FieldError::NotAnAnswer),
    }
}

/// A serial number of at most 20 bytes, as certificates have it, in small hexadecimal digits.
fn serial(text: &str) -> Result<String, FieldError> {
    let is_serial =
        text.len() <= 40 && text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_serial { Ok(text.to_ascii_lowercase()) } else { Err(FieldError::NotAnAnswer) }
}

fn written(text: &str, longest: usize, script: Script) -> Result<String, FieldError> {
    if text.chars().count() > longest {
        return Err(FieldError::TooLong { limit: longest });
    }
    if text.chars().any(is_hostile) {
        return Err(FieldError::Hostile);
    }
    let fits = |word: &str| match script {
        Script::Cyrillic => !word.chars().any(|c| c.is_alphabetic() && !is_cyrillic(c)),
        Script::Latin => !word.chars().any(|c| c.is_alphabetic() && !is_latin(c)),
        Script::Any => !is_mixed(word),
    };
    let one_script = text.split(|c: char| !c.is_alphabetic()).all(fits);
    if one_script { Ok(text.to_owned()) } else { Err(FieldError::WrongScript) }
}

/// Control characters but line breaks and tabs, invisible ones, those that turn the direction of text, private use.
fn is_hostile(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{10ffff}')
        || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// Whether a word has letters of both scripts, as a word that only looks like another one has.
pub(crate) fn is_mixed(word: &str) -> bool {
    word.chars().any(is_cyrillic) && word.chars().any(is_latin)
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}')
}
