//! Judging an answer: is it about this certificate, from someone whom the issuer lets answer, and about this time?

use jiff::{SignedDuration, Timestamp};

use super::{
    Response, Standing,
    cert_id::IssuerHashes,
    read::{ResponderId, Single},
    respond::{key_hash, may_answer},
};
use crate::{
    certificate::{Certificate, SerialNumber},
    verdict::Invalid,
};

/// How far clocks may differ.
const SKEW: SignedDuration = SignedDuration::from_mins(5);
/// How long an answer counts that does not say when the next one comes; those of the National Certification Authority do
/// not.
const AGE: SignedDuration = SignedDuration::from_hours(1);

/// An answer cannot be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// It is not about this certificate of this issuer.
    #[error("the answer is about another certificate")]
    OtherCertificate,
    /// Neither the issuer nor a responder that it named has signed it.
    #[error("the answer is not from a responder of the issuer")]
    NotFromIssuer,
    /// The responder's certificate was not valid when the answer was signed.
    #[error("the responder's certificate was not valid at the time")]
    ResponderEnded,
    /// The signature does not hold.
    #[error(transparent)]
    Signature(Invalid),
    /// It tells about another time, or its time is over.
    #[error("the answer is not about this time")]
    OtherTime,
    /// A critical extension is not understood.
    #[error("a critical extension of the answer is not understood")]
    CriticalExtension,
}

/// What a believable answer says.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The standing of the certificate.
    pub standing: Standing,
    /// The moment for which that is known.
    pub this_update: Timestamp,
    /// When newer knowledge comes at the latest.
    pub next_update: Option<Timestamp>,
    /// The delegated responder, when it must itself be checked for revocation: its certificate does not say that it is
    /// trusted while it lasts (id-pkix-ocsp-nocheck).
    pub to_check: Option<Certificate>,
}

impl Response {
    /// Judges what the answer says about a certificate of an issuer at a time. The issuer itself must already be trusted;
    /// a nonce is for the caller to compare, who alone knows the question.
    ///
    /// # Errors
    /// [`AnswerError`] when it says nothing that can be believed.
    pub fn judge(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        at: Timestamp,
    ) -> Result<Judged, AnswerError> {
        self.judge_until(certificate.serial_number(), Some(certificate.not_after()), issuer, at)
    }

    /// As [`Response::judge`], of a certificate of which only the serial number is at hand.
    ///
    /// # Errors
    /// [`AnswerError`] when the answer says nothing that can be believed.
    pub fn judge_serial(
        &self,
        serial: SerialNumber,
        issuer: &Certificate,
        at: Timestamp,
    ) -> Result<Judged, AnswerError> {
        self.judge_until(serial, None, issuer, at)
    }

    fn judge_until(
        &self,
        serial: SerialNumber,
        not_after: Option<Timestamp>,
        issuer: &Certificate,
        at: Timestamp,
    ) -> Result<Judged, AnswerError> {
        let hashes = IssuerHashes::of(issuer);
        let about = |single: &&Single| *single.id.serial() == serial && hashes.named_by(&single.id);
        let single = self.singles.iter().find(about).ok_or(AnswerError::OtherCertificate)?;
        if self.unknown_critical {
            return Err(AnswerError::CriticalExtension);
        }
        check_time(single, not_after, at)?;
        let signer = self.signer(issuer)?;
        let algorithm = self.algorithm.clone().map_err(AnswerError::Signature)?;
        algorithm.verify(signer.key(), self.data(), self.signature()).map_err(AnswerError::Signature)?;
        let Single { standing, this_update, next_update, .. } = *single;
        let delegated = *signer != *issuer && !signer.extensions().ocsp_no_check;
        Ok(Judged { standing, this_update, next_update, to_check: delegated.then(|| signer.clone()) })
    }

    /// The issuer, or an enclosed certificate to which it delegated (RFC 6960 section 4.2.2.2).
    fn signer<'a>(&'a self, issuer: &'a Certificate) -> Result<&'a Certificate, AnswerError> {
        if self.is_named(issuer) {
            return Ok(issuer);
        }
        let named = self.certificates.iter().filter(|certificate| self.is_named(certificate));
        let mut refusal = AnswerError::NotFromIssuer;
        for candidate in named {
            let direct = candidate.issuer_name().same(issuer.subject_name()) && may_answer(candidate);
            match candidate.verify_signature(issuer.key()) {
                Ok(()) if direct && self.is_valid_then(candidate) => return Ok(candidate),
                Ok(()) if direct => refusal = AnswerError::ResponderEnded,
                Err(unusable @ Invalid::UnsupportedAlgorithm(_)) => {
                    refusal = AnswerError::Signature(unusable);
                }
                Ok(()) | Err(_) => {}
            }
        }
        Err(refusal)
    }

    fn is_named(&self, certificate: &Certificate) -> bool {
        match &self.responder {
            ResponderId::Name(name) => name.same(certificate.subject_name()),
            ResponderId::KeyHash(hash) => *hash == key_hash(certificate.key()),
        }
    }

    fn is_valid_then(&self, certificate: &Certificate) -> bool {
        certificate.not_before() <= self.produced_at && self.produced_at <= certificate.not_after()
    }
}

/// An answer from after the time in question still tells about that time, as long as the certificate had not ended.
fn check_time(single: &Single, not_after: Option<Timestamp>, at: Timestamp) -> Result<(), AnswerError> {
    let begun = single.this_update <= at.saturating_add(SKEW).unwrap_or(at)
        || not_after.is_some_and(|end| single.this_update <= end);
    let ends = single.next_update.or_else(|| single.this_update.checked_add(AGE).ok());
    let lasts = single.this_update > at || ends.is_some_and(|ends| at <= ends.max(single.this_update));
    if begun && lasts { Ok(()) } else { Err(AnswerError::OtherTime) }
}
