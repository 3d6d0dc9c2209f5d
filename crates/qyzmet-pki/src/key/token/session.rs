//! A session with a token: the right slot, opened, and logged in.

use cryptoki::{
    context::Pkcs11,
    error::{Error, RvError},
    session::{Session, UserType},
    slot::Slot,
};

use super::{TokenError, TokenKey, library};

/// What a session is for: only making keys needs one that may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Sign,
    Generate,
}

/// Opens a session with the token of the key.
pub(super) fn open(key: &TokenKey, purpose: Use) -> Result<Session, TokenError> {
    let library = library::load(&key.library)?;
    let slot = slot(&library, &key.token)?;
    let session = match purpose {
        Use::Sign => library.open_ro_session(slot)?,
        Use::Generate => library.open_rw_session(slot)?,
    };
    match session.login(UserType::User, Some(&key.pin.secret)) {
        // Logging in holds for all sessions of the process with this token.
        Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(session),
        Err(error) => Err(error.into()),
    }
}

/// A slot that cannot say whose token it holds is passed over: it may be another reader, just being emptied.
fn slot(library: &Pkcs11, label: &str) -> Result<Slot, TokenError> {
    let mut slots = library.get_slots_with_initialized_token()?;
    slots.retain(|slot| library.get_token_info(*slot).is_ok_and(|info| info.label() == label));
    match slots.as_slice() {
        [slot] => Ok(*slot),
        [] => Err(TokenError::NoToken),
        _ => Err(TokenError::SeveralTokens),
    }
}
