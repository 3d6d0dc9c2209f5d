//! What can go wrong with a token, in the terms in which somebody must act.

use cryptoki::error::{Error, RvError};

/// A token did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The library cannot be loaded or does not start.
    #[error("the PKCS#11 library cannot be used")]
    Library,
    /// No slot holds a token of this label.
    #[error("there is no token of this label")]
    NoToken,
    /// Several tokens bear this label.
    #[error("several tokens bear this label")]
    SeveralTokens,
    /// The token refused the PIN. It is not tried again, because a token locks itself after a few attempts.
    #[error("the token refused the PIN; it will not be tried again")]
    PinRefused,
    /// The token has locked itself.
    #[error("the token is locked")]
    PinLocked,
    /// The token has no such key.
    #[error("the token has no such key")]
    NoKey,
    /// Label and identifier do not decide which key is meant.
    #[error("several keys of the token fit")]
    SeveralKeys,
    /// A key of this label or identifier exists already.
    #[error("the token has a key of this label or identifier already")]
    KeyExists,
    /// The key was not made in the token, or could leave it.
    #[error("the key was not made in the token or can leave it")]
    Imported,
    /// The key in the token is not the one that the certificate names.
    #[error("the key in the token is another one than expected")]
    OtherKey,
    /// The token's key is of a kind that is not supported.
    #[error("keys of this kind are not supported in a token")]
    UnsupportedKind,
    /// The session or the device was lost; the next signature opens a new session.
    #[error("the token was lost")]
    Lost,
    /// Too many signatures wait, or the device did not answer in time.
    #[error("the token does not keep up")]
    Busy,
    /// The token has no room left.
    #[error("the token is full")]
    Full,
    /// The token takes nothing in.
    #[error("the token is write-protected")]
    ReadOnly,
    /// The person has stopped at the device's own keys.
    #[error("it was cancelled at the device")]
    Cancelled,
    /// The device failed in another way; the text is the name of the PKCS#11 code.
    #[error("the token failed: {0}")]
    Device(String),
}

impl From<Error> for TokenError {
    fn from(error: Error) -> Self {
        match error {
            Error::Pkcs11(code, _) => code.into(),
            Error::LibraryLoading(_) | Error::MissingSymbol(_) | Error::NullFunctionPointer => Self::Library,
            other => Self::Device(other.to_string()),
        }
    }
}

impl From<RvError> for TokenError {
    fn from(code: RvError) -> Self {
        match code {
            RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange => Self::PinRefused,
            RvError::PinLocked | RvError::PinExpired | RvError::UserPinNotInitialized => Self::PinLocked,
            RvError::SessionClosed
            | RvError::SessionHandleInvalid
            | RvError::UserNotLoggedIn
            | RvError::KeyHandleInvalid
            | RvError::ObjectHandleInvalid
            | RvError::DeviceError
            | RvError::DeviceRemoved
            | RvError::TokenNotPresent
            | RvError::TokenNotRecognized
            | RvError::CryptokiNotInitialized => Self::Lost,
            RvError::DeviceMemory => Self::Full,
            RvError::TokenWriteProtected | RvError::SessionReadOnly => Self::ReadOnly,
            RvError::Cancel | RvError::FunctionCanceled => Self::Cancelled,
            other => Self::Device(format!("{other:?}")),
        }
    }
}
