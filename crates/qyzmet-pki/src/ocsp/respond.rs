//! Making of answers (BasicOCSPResponse, RFC 6960 section 4.2.1), signed live by a responder of the issuer.

use jiff::Timestamp;

use super::{CertId, Nonce, Standing, cert_id::IssuerHashes};
use crate::{
    asn1::{self, tag},
    certificate::Certificate,
    identity::Identity,
    key::SignError,
    oids,
    spki::PublicKey,
    verdict::Invalid,
};

/// A key cannot answer for an issuer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResponderError {
    /// The identity has no certificate.
    #[error(transparent)]
    Key(#[from] SignError),
    /// The certificate is neither that of the issuer nor one that it issued (RFC 6960 section 4.2.2.2).
    #[error("the issuer did not issue the responder's certificate: {0}")]
    NotDelegated(Invalid),
    /// The certificate lacks the extended key usage OCSPSigning.
    #[error("the responder's certificate is not for signing answers")]
    Usage,
}

/// The answer about one certificate.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// What was asked.
    pub question: &'a CertId,
    /// What is known.
    pub standing: Standing,
    /// The moment for which this is known.
    pub this_update: Timestamp,
    /// When newer knowledge will be there at the latest; `None` when it always is.
    pub next_update: Option<Timestamp>,
    /// Since when certificates that have ended are still answered about (RFC 6960 section 4.4.4), for an ended one.
    pub archive_cutoff: Option<Timestamp>,
}

/// A key that answers for one issuer: the issuer's own, or one to which the issuer delegated that.
#[derive(Debug, Clone)]
pub struct Responder {
    identity: Identity,
    issuer: IssuerHashes,
    /// The fields that do not change, encoded once: `[2]` ResponderID by key, algorithm, and the enclosed certificate.
    id: Vec<u8>,
    algorithm: Vec<u8>,
    certificates: Vec<u8>,
}

impl Responder {
    /// The responder with this key for certificates of this issuer.
    ///
    /// # Errors
    /// [`ResponderError`] when the issuer did not give the key that right.
    pub fn new(identity: Identity, issuer: &Certificate) -> Result<Self, ResponderError> {
        let certificate = identity.certificate()?;
        if certificate != issuer {
            certificate.verify_signature(issuer.key()).map_err(ResponderError::NotDelegated)?;
            if !may_answer(certificate) {
                return Err(ResponderError::Usage);
            }
        }
        Ok(Self::unchecked(identity, issuer)?)
    }

    /// A responder whatever its rights: tests play strangers with it.
    pub(super) fn unchecked(identity: Identity, issuer: &Certificate) -> Result<Self, SignError> {
        let certificate = identity.certificate()?;
        let enclosed = (certificate != issuer).then(|| asn1::sequence(&[certificate.der()]));
        Ok(Self {
            id: asn1::explicit(2, &asn1::octet_string(&key_hash(certificate.key()))),
            algorithm: identity.signer.algorithm().to_der(),
            certificates: enclosed.map(|list| asn1::explicit(0, &list)).unwrap_or_default(),
            issuer: IssuerHashes::of(issuer),
            identity,
        })
    }

    /// Whether the question is about a certificate of our issuer. When none of a request is, the answer is
    /// [`super::ErrorStatus::Unauthorized`].
    #[must_use]
    pub fn speaks_for(&self, question: &CertId) -> bool {
        self.issuer.named_by(question)
    }

    /// Signs the answers. One about a certificate of another issuer says "unknown", whatever the caller thinks.
    ///
    /// # Errors
    /// [`SignError`] when the key fails.
    pub fn respond(
        &self,
        answers: &[Answer<'_>],
        nonce: Option<&Nonce>,
        produced_at: Timestamp,
    ) -> Result<Vec<u8>, SignError> {
        let singles: Vec<u8> = answers.iter().flat_map(|answer| self.single(answer)).collect();
        let nonce = nonce.map(Nonce::to_extension);
        let nonce = nonce.map(|nonce| asn1::explicit(1, &asn1::sequence(&[&nonce]))).unwrap_or_default();
        let data = asn1::sequence(&[
            &self.id,
            &asn1::write_generalized_time(produced_at),
            &asn1::sequence(&[&singles]),
            &nonce,
        ]);
        let signature = asn1::bit_string(&self.identity.signer.sign(&data)?);
        let basic = asn1::sequence(&[&data, &self.algorithm, &signature, &self.certificates]);
        let bytes = asn1::sequence(&[&asn1::oid(oids::OCSP_BASIC), &asn1::octet_string(&basic)]);
        Ok(asn1::sequence(&[&asn1::raw_tlv(tag::ENUMERATED, &[0]), &asn1::explicit(0, &bytes)]))
    }

    fn single(&self, answer: &Answer<'_>) -> Vec<u8> {
        let ours = self.speaks_for(answer.question);
        let standing = if ours { answer.standing } else { Standing::Unknown };
        let next = answer.next_update.map(|next| asn1::explicit(0, &asn1::write_generalized_time(next)));
        let cutoff = answer.archive_cutoff.map(|since| {
            let value = asn1::write_generalized_time(since);
            let extension = asn1::extension(oids::OCSP_ARCHIVE_CUTOFF, false, &value);
            asn1::explicit(1, &asn1::sequence(&[&extension]))
        });
        asn1::sequence(&[
            answer.question.raw(),
            &standing.to_der(),
            &asn1::write_generalized_time(answer.this_update),
            &next.unwrap_or_default(),
            &cutoff.unwrap_or_default(),
        ])
    }
}

/// A delegated responder: OCSPSigning, and a key usage that signs.
pub(super) fn may_answer(certificate: &Certificate) -> bool {
    use crate::certificate::extensions::usage;
    let extensions = certificate.extensions();
    let purpose = extensions.extended_usage.iter().flatten().any(|oid| *oid == oids::OCSP_SIGNING);
    let signs = usage::DIGITAL_SIGNATURE | usage::NON_REPUDIATION;
    purpose && extensions.key_usage.is_none_or(|bits| bits & signs != 0)
}

/// ResponderID by key: SHA-1 over the content of the key's bit string.
pub(super) fn key_hash(key: &PublicKey) -> Vec<u8> {
    key.identifier().as_ref().to_vec()
}
