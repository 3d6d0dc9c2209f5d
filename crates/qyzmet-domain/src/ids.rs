//! Numbers and names by which people, services, cases and documents are known.

mod document;
mod login;
mod national;
mod number;
mod phone;
mod service;
mod uuids;

pub use document::DocumentId;
pub use login::Login;
pub use national::{Bin, Identifier, Iin};
pub use number::{RequestNumber, ResultNumber};
pub use phone::Phone;
pub use service::ServiceId;
pub use uuids::{AccountId, CaseId, DutyId, EntryId, JobId, MessageId, SessionId};

/// Why a text is not the identifier it was meant to be. Never repeats the text: it may be personal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum InvalidId {
    /// Nothing was written.
    #[error("nothing is written")]
    Empty,
    /// Too short or too long.
    #[error("wrong length")]
    WrongLength,
    /// Something else than digits where only digits may stand.
    #[error("only digits may stand here")]
    NotDigits,
    /// A mistyped digit: the check digit does not agree.
    #[error("the check digit does not agree")]
    WrongCheckDigit,
    /// The eleven digits have no check digit, so such a number is never issued.
    #[error("such a number is never issued")]
    NeverIssued,
    /// A BIN where an IIN is asked, or the other way round.
    #[error("the number is of another kind")]
    WrongKind,
    /// A number of another country.
    #[error("a phone of another country")]
    ForeignPhone,
    /// A number of Kazakhstan that cannot receive text messages.
    #[error("not a mobile number")]
    NotMobile,
    /// A sign that does not belong here: invisible, of another script, or control.
    #[error("a sign that does not belong here")]
    BadCharacter,
}

/// Gives a parsed text newtype its `Display`, `as_str` and validated string form in serde.
macro_rules! text_form {
    ($name:ident) => {
        impl $name {
            /// The normal form.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = crate::ids::InvalidId;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}
use text_form;

/// Makes `Debug` of a personal value show its type and nothing else.
macro_rules! hidden_debug {
    ($name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}
use hidden_debug;
