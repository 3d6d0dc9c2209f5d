//! What a use case may answer instead of a view; the web renders all of these in one place.

use jiff::Timestamp;
use qyzmet_domain::{Refusal, otp::CodeRefused};
use qyzmet_engine::FieldErrors;
use qyzmet_pki::{Invalid, Verdict};
use qyzmet_store::{StoreError, documents::DocumentError};

/// Why a use case did not give its view.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, and the use case asks for somebody.
    #[error("sign-in needed")]
    SignInNeeded,
    /// The proof behind the session is too old for this; a new one in any way of signing in serves.
    #[error("a new proof is needed")]
    StepUp,
    /// There is no such thing, or the caller may not know that there is.
    #[error("not found")]
    NotFound,
    /// A lawful refusal, with its clause and evidence.
    #[error("refused under {}", .0.clause)]
    Refused(Refusal),
    /// A form that cannot be accepted as filled.
    #[error("the form has mistakes")]
    Invalid(FieldErrors),
    /// Unknown login or wrong password: deliberately one answer.
    #[error("wrong credentials")]
    WrongCredentials,
    /// The one-time code is not accepted.
    #[error("the code is refused")]
    Code(CodeRefused),
    /// The electronic signature is not accepted.
    #[error("the signature is refused: {}", .0.key())]
    Signature(SignatureProblem),
    /// Too many attempts; the same on every path and in every session.
    #[error("too many attempts")]
    TooMany {
        /// When the next attempt is possible.
        until: Timestamp,
        /// What was attempted: `sign-in`, `code`.
        what: &'static str,
    },
    /// The case has moved on: a double click, a second tab.
    #[error("the case has moved on")]
    Late,
    /// An officer may not do this here, or not so.
    #[error("not at this desk: {}", .0.key())]
    Desk(DeskProblem),
    /// The case does not agree with its events: nothing moves it until it has been looked into.
    #[error("the case is frozen")]
    Frozen,
    /// Composites would stand deeper over one another than a checked regulation lets them.
    #[error("composites stand too deep over one another")]
    Nested,
    /// The system is full for a moment.
    #[error("overloaded")]
    Busy,
    /// A fault of ours or of a neighbour; the detail goes to the trace, never to the page.
    #[error("fault: {0}")]
    Fault(String),
}

impl Error {
    /// Wraps any other error whose detail may be traced: it must carry nothing personal.
    pub fn fault(error: impl std::fmt::Display) -> Self {
        Self::Fault(error.to_string())
    }

    /// A short word for logs and metrics.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SignInNeeded => "sign-in-needed",
            Self::StepUp => "step-up",
            Self::NotFound => "not-found",
            Self::Refused(_) => "refused",
            Self::Invalid(_) => "invalid",
            Self::WrongCredentials => "wrong-credentials",
            Self::Code(_) => "code",
            Self::Signature(_) => "signature",
            Self::TooMany { .. } => "too-many",
            Self::Late => "late",
            Self::Desk(_) => "desk",
            Self::Frozen => "frozen",
            Self::Nested => "nested",
            Self::Busy => "busy",
            Self::Fault(_) => "fault",
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            // A full disk, too: nothing was changed, and the operator makes room while people are told to come back.
            StoreError::Overloaded | StoreError::DiskFull | StoreError::Unavailable => Self::Busy,
            other => Self::Fault(other.to_string()),
        }
    }
}

impl From<DocumentError> for Error {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::Overloaded | DocumentError::Full | DocumentError::Unavailable(_) => Self::Busy,
            other => Self::Fault(other.to_string()),
        }
    }
}

/// What is wrong with a signature, in the words of ux.md rule 12: one next action for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureProblem {
    /// Not a CMS signature at all.
    Malformed,
    /// Made over something else.
    OtherContent,
    /// Made by another person.
    OtherPerson,
    /// The certificate had expired.
    Expired,
    /// The certificate is not valid yet.
    NotYetValid,
    /// The certificate was revoked.
    Revoked,
    /// An AUTH certificate where SIGN is needed, or the reverse.
    WrongPurpose,
    /// The issuer is not trusted here.
    Untrusted,
    /// An algorithm that this system does not know or does not accept.
    Unsupported,
    /// Cannot be decided now: a revocation source is down.
    Undetermined,
}

impl SignatureProblem {
    /// The word under which the locales have its text.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::OtherContent => "other-content",
            Self::OtherPerson => "other-person",
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::Revoked => "revoked",
            Self::WrongPurpose => "wrong-purpose",
            Self::Untrusted => "untrusted",
            Self::Unsupported => "unsupported",
            Self::Undetermined => "undetermined",
        }
    }

    /// What a verdict means for the person who signed; `None` when it is valid.
    #[must_use]
    pub fn of(verdict: &Verdict) -> Option<Self> {
        match verdict {
            Verdict::Valid(_) => None,
            Verdict::Undetermined(_) => Some(Self::Undetermined),
            Verdict::Invalid(invalid) => Some(Self::of_invalid(invalid)),
        }
    }

    fn of_invalid(invalid: &Invalid) -> Self {
        match invalid {
            Invalid::ContentChanged | Invalid::WrongSignature => Self::OtherContent,
            Invalid::Expired(_) => Self::Expired,
            Invalid::NotYetValid(_) => Self::NotYetValid,
            Invalid::Revoked { .. } => Self::Revoked,
            Invalid::WrongPurpose { .. } => Self::WrongPurpose,
            Invalid::UntrustedIssuer => Self::Untrusted,
            Invalid::WeakAlgorithm(_) | Invalid::UnsupportedAlgorithm(_) => Self::Unsupported,
            _ => Self::Malformed,
        }
    }
}

/// Why an officer's command changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskProblem {
    /// Two officers are needed, and this one has acted before in the case.
    SameOfficer,
    /// The work was given to somebody else.
    NotAssigned,
    /// Not all papers that the action asks for are there.
    PapersMissing,
    /// A ground that the action does not list.
    UnlistedGround,
    /// What is asked about an event was not said, or not in the words of the list.
    Unsaid,
    /// Words are missing, or too long.
    NoReason,
    /// The calendar would contradict itself, or does not know the day.
    BadDay,
    /// Nobody of the unit, or nobody who may do this.
    NoSuchOfficer,
    /// An absence that is not long enough to suspend.
    ShortAbsence,
    /// Not a protected carrier, or a serial number that stands on none.
    NotProtected,
    /// The carrier is in somebody's hands.
    CarrierTaken,
    /// Not a document that a desk takes.
    BadPaper,
    /// Not an e-mail address.
    BadMail,
    /// Whoever stands at the desk has no account, and no name was written that one can be opened with.
    NameMissing,
    /// What an officer asks for, another officer handles.
    OwnRequest,
    /// What was read back from a card is not what was to be written there.
    CardDiffers,
    /// The authority that would issue is not here now; the request waits for it.
    NoAuthority,
}

impl DeskProblem {
    /// The word under which the locales have its text.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::SameOfficer => "same-officer",
            Self::NotAssigned => "not-assigned",
            Self::PapersMissing => "papers-missing",
            Self::UnlistedGround => "unlisted-ground",
            Self::Unsaid => "unsaid",
            Self::NoReason => "no-reason",
            Self::BadDay => "bad-day",
            Self::NoSuchOfficer => "no-such-officer",
            Self::ShortAbsence => "short-absence",
            Self::NotProtected => "not-protected",
            Self::CarrierTaken => "carrier-taken",
            Self::BadPaper => "bad-paper",
            Self::NameMissing => "name-missing",
            Self::OwnRequest => "own-request",
            Self::CardDiffers => "card-differs",
            Self::BadMail => "bad-mail",
            Self::NoAuthority => "no-authority",
        }
    }
}
