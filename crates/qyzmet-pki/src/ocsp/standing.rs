//! What an answer says: the standing of a certificate, or why there is no answer.

use jiff::Timestamp;

use crate::{
    asn1::{self, Element, Malformed, Reader, read_time, small_uint, tag},
    verdict::Reason,
};

/// What is known about a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Issued and not revoked.
    Good,
    /// Revoked, for good or on hold ([`Reason::CertificateHold`]).
    Revoked {
        /// When it was revoked.
        at: Timestamp,
        /// Why; `None` when no reason is given.
        reason: Option<Reason>,
    },
    /// The responder does not know the certificate.
    Unknown,
}

impl Standing {
    /// CertStatus as DER.
    pub(super) fn to_der(self) -> Vec<u8> {
        match self {
            Self::Good => asn1::context_primitive(0, &[]),
            Self::Unknown => asn1::context_primitive(2, &[]),
            Self::Revoked { at, reason } => {
                let stated = reason.filter(|reason| *reason != Reason::Unspecified);
                let code = stated.map(|reason| asn1::raw_tlv(tag::ENUMERATED, &[reason as u8]));
                let code = code.map(|code| asn1::explicit(0, &code)).unwrap_or_default();
                asn1::explicit(1, &[asn1::write_generalized_time(at), code].concat())
            }
        }
    }

    pub(super) fn read(choice: Element<'_>) -> Result<Self, Malformed> {
        match (choice.tag, choice.value) {
            (0x80, []) => Ok(Self::Good),
            (0x82, []) => Ok(Self::Unknown),
            (0xa1, _) => {
                let mut fields = choice.reader();
                let at = read_time(fields.expect(tag::GENERALIZED_TIME)?)?;
                let reason = fields.optional(tag::explicit(0))?.map(read_reason).transpose()?;
                fields.end()?;
                Ok(Self::Revoked { at, reason })
            }
            _ => Err(Malformed),
        }
    }
}

fn read_reason(wrapped: Element<'_>) -> Result<Reason, Malformed> {
    let code = small_uint(Reader::only(wrapped.value, tag::ENUMERATED)?)?;
    u8::try_from(code).ok().and_then(Reason::from_code).ok_or(Malformed)
}

/// Why there is no answer (OCSPResponseStatus, RFC 6960 section 4.2.1). Such a response is not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[repr(u8)]
pub enum ErrorStatus {
    /// The question is not one.
    #[error("the request is malformed")]
    MalformedRequest = 1,
    /// The responder has a fault.
    #[error("the responder has a fault")]
    InternalError = 2,
    /// Ask again later.
    #[error("the responder cannot answer now")]
    TryLater = 3,
    /// The question must be signed.
    #[error("the request must be signed")]
    SigRequired = 5,
    /// The responder does not speak for the issuer asked about.
    #[error("the responder does not speak for this issuer")]
    Unauthorized = 6,
}

impl ErrorStatus {
    /// The whole response as DER.
    #[must_use]
    pub fn der(self) -> Vec<u8> {
        asn1::sequence(&[&asn1::raw_tlv(tag::ENUMERATED, &[self as u8])])
    }

    pub(super) fn from_code(code: u32) -> Option<Self> {
        Some(match code {
            1 => Self::MalformedRequest,
            2 => Self::InternalError,
            3 => Self::TryLater,
            5 => Self::SigRequired,
            6 => Self::Unauthorized,
            _ => return None,
        })
    }
}
