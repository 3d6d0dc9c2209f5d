//! A certificate as a row, and how it stands.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use qyzmet_domain::AccountId;

use crate::{Row, StoreError};

/// A certificate as it is kept. Without `Debug`: it names a person.
#[derive(Clone, PartialEq, Eq)]
pub struct CertificateRow {
    /// The authority that made it, by its name in the ceremony.
    pub issuer: String,
    /// Content of the INTEGER, big-endian, as it stands in the certificate.
    pub serial: Vec<u8>,
    /// The part of the certificates whose revocation list the certificate names.
    pub part: u32,
    /// Whose it is; nothing for those without an account, and for the authority's own services.
    pub account: Option<AccountId>,
    /// IIN or BIN of the holder; nothing for the authority's own services.
    pub holder: Option<String>,
    /// Name of its profile.
    pub profile: String,
    /// The order that asked for it.
    pub order_number: Option<String>,
    /// SHA-256 of its SubjectPublicKeyInfo.
    pub key_id: Vec<u8>,
    /// Valid from this moment.
    pub not_before: Timestamp,
    /// Valid until this moment, included.
    pub not_after: Timestamp,
    /// The certificate as DER.
    pub der: Vec<u8>,
    /// How it stands. A new row is always in good standing.
    pub standing: Standing,
}

/// How a certificate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Good, on hold or revoked.
    pub state: State,
    /// `CRLReason` of RFC 5280 section 5.3.1; absent in good standing.
    pub reason: Option<u8>,
    /// Since when it is on hold or revoked; a hold that became a revocation keeps its moment.
    pub revoked_at: Option<Timestamp>,
    /// Since when the key is suspect, where that is earlier and known.
    pub invalid_since: Option<Timestamp>,
}

impl Standing {
    /// Nothing is said against the certificate.
    pub const GOOD: Self = Self { state: State::Good, reason: None, revoked_at: None, invalid_since: None };
}

/// The three states. Nothing leads out of `Revoked`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// In good standing.
    Good,
    /// On hold: may become good again.
    Hold,
    /// Revoked for ever.
    Revoked,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Good => "good",
            Self::Hold => "hold",
            Self::Revoked => "revoked",
        })
    }
}

impl FromStr for State {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "good" => Ok(Self::Good),
            "hold" => Ok(Self::Hold),
            "revoked" => Ok(Self::Revoked),
            _ => Err(()),
        }
    }
}

pub(super) fn read(row: &Row) -> Result<CertificateRow, StoreError> {
    Ok(CertificateRow {
        issuer: row.text(0)?,
        serial: row.blob(1)?,
        part: small(row.count(2)?)?,
        account: row.opt_parsed(3)?,
        holder: row.opt_text(4)?,
        profile: row.text(5)?,
        order_number: row.opt_text(6)?,
        key_id: row.blob(7)?,
        not_before: row.time(8)?,
        not_after: row.time(9)?,
        der: row.blob(10)?,
        standing: standing(row, 11)?,
    })
}

/// Reads state, reason and the two moments from this column on.
pub(super) fn standing(row: &Row, first: usize) -> Result<Standing, StoreError> {
    Ok(Standing {
        state: row.parsed(first)?,
        reason: row.opt_int(first + 1)?.map(small).transpose()?,
        revoked_at: row.opt_time(first + 2)?,
        invalid_since: row.opt_time(first + 3)?,
    })
}

pub(super) fn small<T, N: TryFrom<T>>(number: T) -> Result<N, StoreError> {
    N::try_from(number).map_err(|_| StoreError::Corrupt("a number of a certificate is too large".to_owned()))
}
