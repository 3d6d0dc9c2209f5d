//! How a question names a certificate: hashes of its issuer's name and key, and its serial number.

use crate::{
    algorithms::{Digest, sha1_identifier},
    asn1::{self, Malformed, Reader, integer_value, tag},
    certificate::{Certificate, SerialNumber},
    oids,
};

/// The hash in which the issuer is named. It protects nothing, therefore SHA-1 still serves, and all clients know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hash {
    Sha1,
    Sha256,
    /// Any other: no issuer of ours is named so.
    Other,
}

/// CertID (RFC 6960 section 4.1.1), kept exactly as it was asked, since the answer repeats it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertId {
    raw: Vec<u8>,
    hash: Hash,
    name_hash: Vec<u8>,
    key_hash: Vec<u8>,
    serial: SerialNumber,
}

impl CertId {
    /// The name under which to ask about a certificate, with SHA-256 as the National Certification Authority does.
    #[must_use]
    pub fn of(certificate: &Certificate, issuer: &Certificate) -> Self {
        let issuer = IssuerHashes::of(issuer);
        let serial = certificate.serial_number();
        let raw = asn1::sequence(&[
            &asn1::sequence(&[&asn1::oid(oids::SHA256), &asn1::null()]),
            &asn1::octet_string(&issuer.sha256.name),
            &asn1::octet_string(&issuer.sha256.key),
            &asn1::integer(serial.as_bytes()),
        ]);
        let Pair { name, key } = issuer.sha256;
        Self { raw, hash: Hash::Sha256, name_hash: name, key_hash: key, serial }
    }

    pub(super) fn read(list: &mut Reader<'_>) -> Result<Self, Malformed> {
        let element = list.expect(tag::SEQUENCE)?;
        let mut fields = element.reader();
        let hash = read_hash(fields.sequence()?)?;
        let name_hash = fields.expect(tag::OCTET_STRING)?.value.to_vec();
        let key_hash = fields.expect(tag::OCTET_STRING)?.value.to_vec();
        let serial = integer_value(fields.expect(tag::INTEGER)?)?;
        fields.end()?;
        let serial = SerialNumber::new(serial).ok_or(Malformed)?;
        Ok(Self { raw: element.raw.to_vec(), hash, name_hash, key_hash, serial })
    }

    /// The serial number asked about.
    #[must_use]
    pub fn serial(&self) -> &SerialNumber {
        &self.serial
    }

    pub(super) fn raw(&self) -> &[u8] {
        &self.raw
    }
}

/// The algorithm; its parameters are NULL or absent (RFC 4055 section 2.1 wants both accepted).
fn read_hash(mut algorithm: Reader<'_>) -> Result<Hash, Malformed> {
    let oid = algorithm.oid()?;
    algorithm.optional(tag::NULL)?;
    algorithm.end()?;
    Ok(match oid {
        oids::SHA1 => Hash::Sha1,
        oids::SHA256 => Hash::Sha256,
        _ => Hash::Other,
    })
}

/// Hashes of an issuer in every form in which it may be named, computed once.
#[derive(Debug, Clone)]
pub(super) struct IssuerHashes {
    sha1: Pair,
    sha256: Pair,
}

#[derive(Debug, Clone)]
struct Pair {
    name: Vec<u8>,
    key: Vec<u8>,
}

impl IssuerHashes {
    pub(super) fn of(issuer: &Certificate) -> Self {
        let (name, key) = (issuer.subject_name().raw(), issuer.key().bytes());
        let sha1 = |bytes| sha1_identifier(bytes).as_ref().to_vec();
        let sha256 = |bytes| Digest::Sha256.of(bytes).as_ref().to_vec();
        Self {
            sha1: Pair { name: sha1(name), key: sha1(key) },
            sha256: Pair { name: sha256(name), key: sha256(key) },
        }
    }

    /// Whether the question is about a certificate of this issuer.
    pub(super) fn named_by(&self, id: &CertId) -> bool {
        let pair = match id.hash {
            Hash::Sha1 => &self.sha1,
            Hash::Sha256 => &self.sha256,
            Hash::Other => return false,
        };
        pair.name == id.name_hash && pair.key == id.key_hash
    }
}
