//! Why a command changes nothing.

use jiff::Timestamp;
use qyzmet_domain::Means;

use crate::FieldErrors;

/// Why a command changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// There is no such case yet, or it is open already.
    #[error("a case is opened once, and only then asked for more")]
    NotOpen,
    /// The case runs under another version of the regulation.
    #[error("the case runs under another version of its regulation")]
    OtherVersion,
    /// The service is not given to such recipients [R58-3].
    #[error("the service is not given to recipients of this kind")]
    WrongRecipient,
    /// The service is not offered on this channel.
    #[error("the service is not offered on this channel")]
    WrongChannel,
    /// The action is not under way, or waits for something else: a late or repeated command.
    #[error("action {0} does not wait for this")]
    NotWaiting(u32),
    /// What was filled in cannot be taken.
    #[error("the form has errors")]
    Form(FieldErrors),
    /// The confirmation does not cover what the regulation asks on this channel [R10-A1.1.2].
    #[error("the confirmation is not enough: {} missing", .0.len())]
    Unproven(Vec<Means>),
    /// The signature names no certificate.
    #[error("a signature without its certificate")]
    UnknownSigner,
    /// A fact that this action may not state.
    #[error("action {action} may not state the fact {fact}")]
    ForeignFact {
        /// The action.
        action: u32,
        /// The fact.
        fact: String,
    },
    /// What the action asks of an event was not said, or is none of the words on its list.
    #[error("action {action} asks for the fact {fact}")]
    Unsaid {
        /// The action.
        action: u32,
        /// The fact.
        fact: String,
    },
    /// The action belongs to another unit than the officer.
    #[error("action {0} belongs to another unit")]
    WrongUnit(u32),
    /// Two officers are needed, and this one has already acted.
    #[error("action {0} needs another officer than the one who has acted before")]
    SameOfficer(u32),
    /// The action was given to another officer.
    #[error("action {0} was given to another officer")]
    NotAssigned(u32),
    /// The case has come back to the action since it was seen: a repeated command, or one from an old page.
    #[error("action {0} is another visit than the one that was seen")]
    Repeated(u32),
    /// Papers that the action asks for are not there.
    #[error("papers are missing: {}", .0.join(", "))]
    PapersMissing(Vec<String>),
    /// A ground that the action does not list.
    #[error("action {action} does not refuse on the ground {ground}")]
    UnlistedGround {
        /// The action.
        action: u32,
        /// The ground.
        ground: String,
    },
    /// Another amount than the fee.
    #[error("the fee is {fee} tenge, and {paid} were paid")]
    WrongAmount {
        /// The fee.
        fee: u32,
        /// What was paid.
        paid: u32,
    },
    /// The term has not run out yet.
    #[error("nothing runs out before {0}")]
    NotDue(Timestamp),
    /// A decision without its reason, or a reason too long to keep.
    #[error("a reason is needed, of at most {0} characters")]
    NoReason(usize),
    /// The regulation leads on and on without waiting for anybody; the checker does not let such a one through.
    #[error("the regulation never comes to rest")]
    Endless,
}

impl Rejection {
    /// The word for it, for those who branch on it and for examples that expect it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotOpen => "not-open",
            Self::OtherVersion => "other-version",
            Self::WrongRecipient => "wrong-recipient",
            Self::WrongChannel => "wrong-channel",
            Self::NotWaiting(_) => "not-waiting",
            Self::Form(_) => "form",
            Self::Unproven(_) => "unproven",
            Self::UnknownSigner => "unknown-signer",
            Self::ForeignFact { .. } => "foreign-fact",
            Self::Unsaid { .. } => "unsaid",
            Self::WrongUnit(_) => "wrong-unit",
            Self::SameOfficer(_) => "same-officer",
            Self::NotAssigned(_) => "not-assigned",
            Self::Repeated(_) => "repeated",
            Self::PapersMissing(_) => "papers-missing",
            Self::UnlistedGround { .. } => "unlisted-ground",
            Self::WrongAmount { .. } => "wrong-amount",
            Self::NotDue(_) => "not-due",
            Self::NoReason(_) => "no-reason",
            Self::Endless => "endless",
        }
    }
}
