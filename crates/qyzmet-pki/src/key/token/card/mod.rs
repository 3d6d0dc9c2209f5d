//! A person's card: looked at without a PIN, opened with it, and then asked for keys or given certificates.
//!
//! Unlike the keys of an authority ([`super::TokenKey`]), which sign as long as the process lives, a card is opened for one
//! piece of work and closed after it: the next piece needs the person's PIN again.

mod certificates;
mod error;
mod keys;

use std::path::PathBuf;

use cryptoki::{
    context::Pkcs11,
    error::{Error, RvError},
    object::{Attribute, AttributeType, CertificateType, ObjectClass, ObjectHandle},
    session::{Session, UserType},
    slot::{Slot, TokenInfo},
};

pub use self::{
    error::CardError,
    keys::{MadeKey, WantedKey},
};
use super::{Pin, TokenError, library};
use crate::certificate::Certificate;

/// Where cards are put in.
#[derive(Clone, Debug)]
pub struct CardReader {
    /// The vendor's PKCS#11 library.
    pub library: PathBuf,
    /// Only a card of this label.
    pub label: Option<String>,
    /// Only the card in this slot.
    pub slot: Option<u64>,
}

/// What a card tells about itself to anybody.
#[derive(Clone, Debug)]
pub struct CardView {
    /// The label of the card.
    pub label: String,
    /// The number of the card.
    pub serial: String,
    /// The PIN is typed at the reader's own keys and never reaches this computer.
    pub own_keys: bool,
    /// How often the PIN may still be wrong.
    pub tries: Tries,
    /// The certificates on it.
    pub certificates: Vec<Certificate>,
    shortest_pin: usize,
    longest_pin: usize,
}

/// How often a PIN may still be wrong, as far as a card tells: PKCS#11 knows no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tries {
    /// The card says nothing of it.
    Untold,
    /// A wrong PIN has been entered since the last right one.
    Few,
    /// Once more, and the card locks itself.
    Last,
    /// It is locked.
    Gone,
}

/// A card that its PIN has opened. It is closed when this is dropped.
pub struct OpenCard {
    library: Pkcs11,
    slot: Slot,
    session: Session,
}

impl std::fmt::Debug for OpenCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenCard").finish_non_exhaustive()
    }
}

impl Drop for OpenCard {
    fn drop(&mut self) {
        // A card that was taken out is closed by that.
        let _closed_already = self.session.logout();
    }
}

impl CardReader {
    /// Looks at the card that lies in the reader.
    ///
    /// # Errors
    /// [`CardError::NoCard`] and [`CardError::SeveralCards`]; otherwise what keeps the device from answering.
    pub fn look(&self) -> Result<CardView, CardError> {
        let library = library::load(&self.library)?;
        let slot = self.slot(&library)?;
        let info = library.get_token_info(slot)?;
        let session = library.open_ro_session(slot)?;
        Ok(CardView {
            label: info.label().to_owned(),
            serial: info.serial_number().to_owned(),
            own_keys: info.protected_authentication_path(),
            tries: tries(&info),
            certificates: read_certificates(&session)?,
            shortest_pin: info.min_pin_length(),
            longest_pin: info.max_pin_length(),
        })
    }

    /// Opens the card that was looked at. Without a PIN the reader asks for it at its own keys.
    ///
    /// # Errors
    /// [`CardError::Changed`] when another card lies there now; [`CardError::PinRefused`], [`CardError::PinLocked`] and
    /// [`CardError::PinLength`]; otherwise what keeps the device from answering.
    pub fn open(&self, seen: &CardView, pin: Option<&Pin>) -> Result<OpenCard, CardError> {
        let library = library::load(&self.library)?;
        let slot = self.slot(&library)?;
        let info = library.get_token_info(slot)?;
        if info.serial_number() != seen.serial || info.label() != seen.label {
            return Err(CardError::Changed);
        }
        seen.check(pin)?;
        let session = library.open_rw_session(slot)?;
        login(&session, pin).map_err(|error| match error.into() {
            TokenError::PinRefused => CardError::PinRefused(tries_after(&library, slot)),
            TokenError::PinLocked => CardError::PinLocked,
            other => CardError::Token(other),
        })?;
        Ok(OpenCard { library, slot, session })
    }

    fn slot(&self, library: &Pkcs11) -> Result<Slot, CardError> {
        let mut slots = library.get_slots_with_initialized_token()?;
        slots.retain(|slot| self.slot.is_none_or(|id| slot.id() == id));
        if let Some(label) = &self.label {
            slots.retain(|slot| library.get_token_info(*slot).is_ok_and(|info| info.label() == label));
        }
        match slots.as_slice() {
            [slot] => Ok(*slot),
            [] => Err(CardError::NoCard),
            _ => Err(CardError::SeveralCards),
        }
    }
}

impl CardView {
    /// Whether the PIN may be tried at all: a lock or a wrong length is found without losing an attempt.
    fn check(&self, pin: Option<&Pin>) -> Result<(), CardError> {
        let (shortest, longest) = (self.shortest_pin, self.longest_pin);
        match pin {
            _ if self.tries == Tries::Gone => Err(CardError::PinLocked),
            Some(pin) if !(shortest..=longest).contains(&pin.length) => {
                Err(CardError::PinLength { shortest, longest })
            }
            None if !self.own_keys => Err(CardError::PinLength { shortest, longest }),
            _ => Ok(()),
        }
    }
}

/// A process has one login for all its sessions with a card. One that is open already would let any PIN pass, so it is
/// ended first.
fn login(session: &Session, pin: Option<&Pin>) -> Result<(), Error> {
    let pin = pin.map(|pin| &pin.secret);
    match session.login(UserType::User, pin) {
        Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => {
            session.logout()?;
            session.login(UserType::User, pin)
        }
        outcome => outcome,
    }
}

fn tries(info: &TokenInfo) -> Tries {
    if info.user_pin_locked() {
        Tries::Gone
    } else if info.user_pin_final_try() {
        Tries::Last
    } else if info.user_pin_count_low() {
        Tries::Few
    } else {
        Tries::Untold
    }
}

fn tries_after(library: &Pkcs11, slot: Slot) -> Tries {
    library.get_token_info(slot).as_ref().map_or(Tries::Untold, tries)
}

/// The certificates that everybody may read; objects that are none are passed over.
fn read_certificates(session: &Session) -> Result<Vec<Certificate>, CardError> {
    let x509 =
        [Attribute::Class(ObjectClass::CERTIFICATE), Attribute::CertificateType(CertificateType::X_509)];
    let mut found = Vec::new();
    for object in session.find_objects(&x509)? {
        if let [Attribute::Value(der)] = session.get_attributes(object, &[AttributeType::Value])?.as_slice() {
            found.extend(Certificate::from_der(der));
        }
    }
    Ok(found)
}

impl OpenCard {
    /// Does something that makes objects, and takes them off the card again when it fails half-way.
    fn whole<T>(
        &self,
        work: impl FnOnce(&mut Vec<ObjectHandle>) -> Result<T, CardError>,
    ) -> Result<T, CardError> {
        let mut made = Vec::new();
        work(&mut made).map_err(|cause| match self.remove(&made) {
            0 => cause,
            left => CardError::Left { cause: Box::new(cause), left },
        })
    }

    /// Removes objects; says how many the card did not let go.
    fn remove(&self, objects: &[ObjectHandle]) -> usize {
        objects.iter().filter(|object| self.session.destroy_object(**object).is_err()).count()
    }
}
