//! One entry of a revocation list (RFC 5280 section 5.3).

use jiff::Timestamp;

use crate::{
    asn1::{self, tag},
    certificate::{Certificate, SerialNumber},
    oids,
    verdict::Reason,
};

/// Octets of the extension reasonCode.
const REASON_LENGTH: usize = 12;
/// Octets of the extension invalidityDate.
const SINCE_LENGTH: usize = 26;

/// One revoked certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revoked {
    /// Which certificate of the issuer.
    pub serial: SerialNumber,
    /// When it was revoked.
    pub at: Timestamp,
    /// Why. [`Reason::RemoveFromCrl`] takes a certificate back from hold and stands in delta lists only.
    pub reason: Reason,
    /// Since when the key is suspect, where that is earlier and known.
    pub invalid_since: Option<Timestamp>,
}

impl Revoked {
    /// The entry of a serial number.
    #[must_use]
    pub fn new(serial: SerialNumber, at: Timestamp, reason: Reason) -> Self {
        Self { serial, at, reason, invalid_since: None }
    }

    /// The entry that revokes this certificate.
    #[must_use]
    pub fn certificate(certificate: &Certificate, at: Timestamp, reason: Reason) -> Self {
        Self::new(certificate.serial_number(), at, reason)
    }

    /// The same entry with the time since when the key is suspect.
    #[must_use]
    pub fn since(self, suspect: Timestamp) -> Self {
        Self { invalid_since: Some(suspect), ..self }
    }

    /// Appends the entry as DER. It is always shorter than 128 bytes, so each length takes one byte.
    pub(super) fn push(&self, out: &mut Vec<u8>) {
        let entry = open(out);
        out.extend_from_slice(&[tag::INTEGER, self.serial.length()]);
        out.extend_from_slice(self.serial.as_bytes());
        asn1::push_time(out, self.at);
        if self.reason != Reason::Unspecified || self.invalid_since.is_some() {
            let extensions = open(out);
            self.push_extensions(out);
            close(out, extensions);
        }
        close(out, entry);
    }

    /// Octets of the entry as DER, without writing it: a third of the work on a long list.
    pub(super) fn length(&self) -> usize {
        let reason = if self.reason == Reason::Unspecified { 0 } else { REASON_LENGTH };
        let since = if self.invalid_since.is_none() { 0 } else { SINCE_LENGTH };
        let extensions = if reason + since == 0 { 0 } else { 2 + reason + since };
        2 + 2 + usize::from(self.serial.length()) + asn1::time_length(self.at) + extensions
    }

    /// The reason is left out where none is given (RFC 5280 section 5.3.1).
    fn push_extensions(&self, out: &mut Vec<u8>) {
        if self.reason != Reason::Unspecified {
            let code = [tag::ENUMERATED, 1, self.reason as u8];
            push_extension(out, oids::REASON_CODE.as_bytes(), &code);
        }
        if let Some(since) = self.invalid_since {
            push_extension(out, oids::INVALIDITY_DATE.as_bytes(), &asn1::write_generalized_time(since));
        }
    }
}

fn push_extension(out: &mut Vec<u8>, oid: &[u8], value: &[u8]) {
    let extension = open(out);
    push_short(out, tag::OID, oid);
    push_short(out, tag::OCTET_STRING, value);
    close(out, extension);
}

fn push_short(out: &mut Vec<u8>, tag: u8, value: &[u8]) {
    out.extend_from_slice(&[tag, value.len().to_le_bytes()[0]]);
    out.extend_from_slice(value);
}

/// Begins a SEQUENCE whose length is not known yet, and returns where its content begins.
fn open(out: &mut Vec<u8>) -> usize {
    out.extend_from_slice(&[tag::SEQUENCE, 0]);
    out.len()
}

fn close(out: &mut [u8], content: usize) {
    let length = out.len() - content;
    if let Some(place) = out.get_mut(content - 1) {
        *place = length.to_le_bytes()[0];
    }
}
