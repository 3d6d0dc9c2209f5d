//! The closed list of words for why no certificates are made: what portal and signer say to each other and people read.

use serde::{Deserialize, Serialize};

/// Why an order does not become certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderGround {
    /// The key is weak, or known to somebody else.
    WeakKey,
    /// The request does not prove that its sender has the private key.
    NoPossession,
    /// The request cannot be read.
    MalformedRequest,
    /// The request names somebody else than the registers do.
    OtherPerson,
    /// The key was certified or ordered before.
    KeyUsed,
    /// Such a certificate is not for this holder or this key.
    Profile,
    /// No authority here certifies such a key by this profile.
    NoIssuer,
    /// There is another order of this number.
    NumberTaken,
    /// There is no order of this number, or it is not where it would have to be.
    NotWaiting,
    /// The operator's certificate is on hold or revoked.
    OperatorSuspended,
    /// The operator's signature does not make the order binding.
    Operator,
    /// The operator is no officer now, or a duty bars them [R839-15.1f, R839-15.1g, R839-19.5c].
    OperatorBarred,
    /// What is asked of the signer is not what the operator has signed.
    NotAsOrdered,
}

impl OrderGround {
    /// The word, for refusals and locales.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WeakKey => "weak-key",
            Self::NoPossession => "no-possession",
            Self::MalformedRequest => "malformed-request",
            Self::OtherPerson => "other-person",
            Self::KeyUsed => "key-used",
            Self::Profile => "profile",
            Self::NoIssuer => "no-issuer",
            Self::NumberTaken => "number-taken",
            Self::NotWaiting => "not-waiting",
            Self::OperatorSuspended => "operator-suspended",
            Self::Operator => "operator",
            Self::OperatorBarred => "operator-barred",
            Self::NotAsOrdered => "not-as-ordered",
        }
    }
}
