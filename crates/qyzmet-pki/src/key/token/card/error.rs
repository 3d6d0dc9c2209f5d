//! What can go wrong with a person's card, in the terms in which the person or the operator must act.

use super::{super::TokenError, Tries};
use crate::request::RequestError;

/// A card did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// No reader holds a card, or not the one that is meant.
    #[error("there is no card")]
    NoCard,
    /// Several readers hold a card, and nobody has said which one is meant.
    #[error("there are several cards")]
    SeveralCards,
    /// Another card lies in the reader than the one for which the PIN was asked; the PIN was not shown to it.
    #[error("the card was changed for another one")]
    Changed,
    /// The PIN is wrong. It is not tried again: a card locks itself after a few attempts.
    #[error("the card refused the PIN")]
    PinRefused(Tries),
    /// The card takes no PIN any more.
    #[error("the card is locked")]
    PinLocked,
    /// The PIN is shorter or longer than any of this card; the card was not asked, and no attempt is lost.
    #[error("a PIN of this card has {shortest} to {longest} bytes")]
    PinLength {
        /// Bytes of the shortest.
        shortest: usize,
        /// Bytes of the longest.
        longest: usize,
    },
    /// There is no key on the card to the certificate.
    #[error("there is no key on the card to this certificate")]
    NoKey,
    /// The key made on the card is not one that may be certified.
    #[error("the card made a key that cannot be certified: {0}")]
    Weak(#[from] RequestError),
    /// The card's signature is not one of the certificate's key.
    #[error("the card does not sign with the key of the certificate")]
    OtherKey,
    /// What was read back from the card is not what was written.
    #[error("the card did not keep the certificate as it was written")]
    NotKept,
    /// It went wrong, and what had been made before could not be taken off the card again.
    #[error("{cause}; {left} objects are left on the card")]
    Left {
        /// What went wrong.
        cause: Box<Self>,
        /// Objects that stay on the card.
        left: usize,
    },
    /// The device or its library.
    #[error(transparent)]
    Token(#[from] TokenError),
}

impl From<cryptoki::error::Error> for CardError {
    fn from(error: cryptoki::error::Error) -> Self {
        Self::Token(error.into())
    }
}
