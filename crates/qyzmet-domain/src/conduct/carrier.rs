//! External protected carriers of keys: an operator's keys live on nothing else [R839-15.1a, R839-15.1e].

use std::{fmt, str::FromStr};

/// A kind of protected carrier, by the names that NCALayer knows. A file is none, so an order for an operator's
/// certificates cannot name one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CarrierKind {
    /// KAZTOKEN.
    KazToken,
    /// The chip of an identity card.
    IdCard,
    /// eToken 72K.
    EToken72K,
    /// eToken 5110.
    EToken5110,
    /// JaCarta.
    JaCarta,
    /// aKey.
    AKey,
}

/// Not a protected carrier: a file, or something unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a protected carrier of keys")]
pub struct NotProtected;

impl CarrierKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::KazToken, Self::IdCard, Self::EToken72K, Self::EToken5110, Self::JaCarta, Self::AKey];

    /// The word under which locales know it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::KazToken => "kaztoken",
            Self::IdCard => "id-card",
            Self::EToken72K => "etoken-72k",
            Self::EToken5110 => "etoken-5110",
            Self::JaCarta => "jacarta",
            Self::AKey => "akey",
        }
    }

    /// The name under which NCALayer knows this storage of keys.
    #[must_use]
    pub fn storage(self) -> &'static str {
        match self {
            Self::KazToken => "AKKaztokenStore",
            Self::IdCard => "AKKZIDCardStore",
            Self::EToken72K => "AKEToken72KStore",
            Self::EToken5110 => "AKEToken5110Store",
            Self::JaCarta => "AKJaCartaStore",
            Self::AKey => "AKAKEYStore",
        }
    }
}

impl fmt::Display for CarrierKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.storage())
    }
}

impl FromStr for CarrierKind {
    type Err = NotProtected;

    fn from_str(text: &str) -> Result<Self, NotProtected> {
        Self::ALL.into_iter().find(|kind| kind.storage() == text).ok_or(NotProtected)
    }
}

/// One carrier: its kind and the serial number that stands on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrier {
    /// What it is.
    pub kind: CarrierKind,
    /// Its serial number, 4 to 40 letters, digits and hyphens.
    serial: String,
}

impl Carrier {
    /// A carrier by kind and serial number.
    ///
    /// # Errors
    /// [`NotProtected`] for another kind, or a number that can stand on no carrier.
    pub fn parse(kind: &str, serial: &str) -> Result<Self, NotProtected> {
        let (kind, serial) = (kind.parse()?, serial.trim());
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if (4..=40).contains(&serial.len()) && serial.bytes().all(fits) {
            Ok(Self { kind, serial: serial.to_ascii_uppercase() })
        } else {
            Err(NotProtected)
        }
    }

    /// The serial number.
    #[must_use]
    pub fn serial(&self) -> &str {
        &self.serial
    }
}
