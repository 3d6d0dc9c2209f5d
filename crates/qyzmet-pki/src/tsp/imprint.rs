//! The digest that is stamped (MessageImprint), without the content that it stands for.

use const_oid::ObjectIdentifier;

use super::Failure;
use crate::{
    algorithms::Digest,
    asn1::{self, Malformed, Reader, tag},
    oids,
    verdict::Invalid,
};

/// Digests that are stamped, and their lengths. Those of Kazakhstan's GOST 34.11-2015 are among them, since its signatures
/// are the most frequent; a stamp does not compute them. SHA-1 and the digest of 1995 are too weak to be stamped anew.
const ACCEPTED: [(ObjectIdentifier, usize); 5] = [
    (oids::SHA256, 32),
    (oids::SHA384, 48),
    (oids::SHA512, 64),
    (oids::STREEBOG_256, 32),
    (oids::STREEBOG_512, 64),
];

/// A digest of something, and its algorithm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// MessageImprint as it was asked; the token repeats it.
    raw: Vec<u8>,
    algorithm: ObjectIdentifier,
    digest: Vec<u8>,
}

impl Imprint {
    /// The imprint of content, with SHA-256.
    #[must_use]
    pub fn of(content: &[u8]) -> Self {
        let digest = Digest::Sha256.of(content).as_ref().to_vec();
        let identifier = asn1::sequence(&[&asn1::oid(oids::SHA256), &asn1::null()]);
        let raw = asn1::sequence(&[&identifier, &asn1::octet_string(&digest)]);
        Self { raw, algorithm: oids::SHA256, digest }
    }

    pub(super) fn read(fields: &mut Reader<'_>) -> Result<Self, Malformed> {
        let element = fields.expect(tag::SEQUENCE)?;
        let mut members = element.reader();
        let mut identifier = members.sequence()?;
        let algorithm = identifier.oid()?;
        identifier.optional(tag::NULL)?;
        identifier.end()?;
        let digest = members.expect(tag::OCTET_STRING)?.value.to_vec();
        members.end()?;
        Ok(Self { raw: element.raw.to_vec(), algorithm, digest })
    }

    /// The digest.
    #[must_use]
    pub fn digest(&self) -> &[u8] {
        &self.digest
    }

    /// The digest's algorithm in dotted form.
    #[must_use]
    pub fn algorithm(&self) -> String {
        self.algorithm.to_string()
    }

    /// Checks that this is the imprint of the content.
    ///
    /// # Errors
    /// [`Invalid::ContentChanged`] when it is of other content; [`Invalid::WeakAlgorithm`] or
    /// [`Invalid::UnsupportedAlgorithm`] for a digest that is not computed here.
    pub fn check_content(&self, content: &[u8]) -> Result<(), Invalid> {
        let digest = Digest::from_oid(self.algorithm)?;
        if digest.of(content).as_ref() == self.digest { Ok(()) } else { Err(Invalid::ContentChanged) }
    }

    /// A digest that is accepted, as long as it should be.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let known = ACCEPTED.iter().find(|(algorithm, _)| *algorithm == self.algorithm);
        let (_, length) = known.ok_or(Failure::BadAlg)?;
        if self.digest.len() == *length { Ok(()) } else { Err(Failure::BadDataFormat) }
    }

    pub(super) fn raw(&self) -> &[u8] {
        &self.raw
    }
}
