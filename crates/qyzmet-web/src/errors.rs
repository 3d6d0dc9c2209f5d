//! What is wrong with a form, in words: once above the form and once beside each field.

use qyzmet_engine::FieldErrors;

use crate::{visit::Visit, words};

/// Field errors in the order of the form.
#[derive(Default)]
pub(crate) struct Errors(Vec<(String, String)>);

impl Errors {
    /// Adds the text of a locale key to a field.
    pub(crate) fn and(self, visit: &Visit, field: &str, key: &str) -> Self {
        self.and_text(field, words::text(visit.locale, key).to_owned())
    }

    /// Adds a text to a field.
    pub(crate) fn and_text(mut self, field: &str, text: String) -> Self {
        self.0.push((field.to_owned(), text));
        self
    }

    /// The app's field errors in words.
    pub(crate) fn of_fields(visit: &Visit, errors: &FieldErrors) -> Self {
        let text = |key: &str| words::text(visit.locale, &format!("problem-{key}")).to_owned();
        Self(errors.0.iter().map(|(field, problem)| (field.clone(), text(problem.code()))).collect())
    }

    /// The same with other words for one field.
    pub(crate) fn instead(mut self, visit: &Visit, field: &str, key: &str) -> Self {
        for (name, text) in &mut self.0 {
            if name == field {
                words::text(visit.locale, key).clone_into(text);
            }
        }
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a field has an error.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.of(field).is_some()
    }

    /// The first error of a field.
    pub(crate) fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, text)| text.as_str())
    }

    /// All errors, as pairs of field and text.
    pub(crate) fn all(&self) -> &[(String, String)] {
        &self.0
    }
}
