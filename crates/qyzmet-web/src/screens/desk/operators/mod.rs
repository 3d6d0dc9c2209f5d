//! Operators of the authority: who they are, what is to be done about them, and what each owes.

pub(crate) mod act;
pub(crate) mod appeals;
pub(crate) mod list;
pub(crate) mod new;
pub(crate) mod one;
pub(crate) mod own;
pub(crate) mod pledge;

use std::collections::BTreeMap;

use qyzmet_app::{DeskProblem, Error};

use crate::{errors::Errors, sent::Sent, visit::Visit};

/// What stands in the forms of a page, as it was typed, and which of them was sent.
#[derive(Default)]
pub(crate) struct Typed {
    pub(crate) act: String,
    values: BTreeMap<String, String>,
}

impl Typed {
    fn of(act: &str, sent: Sent) -> Self {
        Self { act: act.to_owned(), values: sent.values() }
    }

    /// What was typed into a field of a form.
    pub(crate) fn value(&self, act: &str, field: &str) -> &str {
        let value = self.values.get(field).map(String::as_str).filter(|_| self.is(act));
        value.unwrap_or_default()
    }

    /// Whether this form was sent.
    pub(crate) fn is(&self, act: &str) -> bool {
        self.act == act
    }
}

/// What is wrong with a form, beside the field that it is about: fields are named after their form.
fn beside(visit: &Visit, (act, field): (&str, &str), error: Error) -> Result<Errors, Error> {
    match error {
        Error::Desk(problem) => {
            let field = format!("{act}-{field}");
            Ok(Errors::default().and(visit, &field, &format!("desk-problem-{}", problem.key())))
        }
        other => Err(other),
    }
}

/// The field that a problem is about, by the name that it has in all these forms.
fn field_of(problem: DeskProblem) -> &'static str {
    match problem {
        DeskProblem::BadDay | DeskProblem::ShortAbsence => "day",
        DeskProblem::NotProtected | DeskProblem::CarrierTaken => "serial",
        DeskProblem::BadMail => "mail",
        DeskProblem::NoSuchOfficer => "iin",
        DeskProblem::BadPaper | DeskProblem::PapersMissing => "letter",
        _ => "words",
    }
}

/// The field that an error is about; one that is about none leads to the words.
fn field(error: &Error) -> &'static str {
    if let Error::Desk(problem) = error { field_of(*problem) } else { "words" }
}
