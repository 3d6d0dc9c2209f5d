//! The rules of the acts and the words they are written in: no reading, no waiting, no clock, no randomness.
//!
//! Every type here is parsed once, at the edge; whoever holds an [`Iin`] or a [`Phone`] need not check it again. What is
//! personal or secret prints as dots in `Debug`, so it cannot reach a log by accident.

pub mod calendar;
pub mod caller;
pub mod classification;
pub mod clause;
pub mod conduct;
pub mod confirmation;
pub mod expiry;
pub mod ids;
pub mod locale;
pub mod otp;
pub mod refusal;
pub mod register;
pub mod subscriber;
pub mod term;

pub use caller::{ApiClient, Caller, OfficerSession, PersonSession, RepresentativeSession, SignInMethod};
pub use clause::Clause;
pub use confirmation::Means;
pub use ids::{
    AccountId, Bin, CaseId, DocumentId, DutyId, EntryId, Identifier, Iin, InvalidId, JobId, Login, MessageId,
    Phone, RequestNumber, ResultNumber, ServiceId, SessionId,
};
pub use locale::Locale;
pub use otp::OtpPurpose;
pub use refusal::{Evidence, Refusal};
pub use register::{Register, UnknownRegister};
pub use term::Term;
