//! Writing of a request, for keys that this program can use: a card at a service centre, the load generator, tests.

use const_oid::ObjectIdentifier;

use crate::{
    algorithms::SignatureAlgorithm,
    asn1::{self, tag},
    key::{SignError, Signer},
    oids,
};

/// What stands in a request.
pub(crate) struct Content<'a> {
    /// The key that is to be certified.
    pub(crate) public_key_der: &'a [u8],
    /// With what the key signs.
    pub(crate) algorithm: SignatureAlgorithm,
    /// Whom the request names; nobody when it is left to the registers.
    pub(crate) iin: Option<&'a str>,
    /// Where the key lies, when the request says so.
    pub(crate) storage: Option<ObjectIdentifier>,
}

/// A request for a certificate of this key, signed with it. Its subject names a person by IIN, or nobody.
///
/// # Errors
/// When the key cannot sign.
pub fn write(signer: &Signer, iin: Option<&str>) -> Result<Vec<u8>, SignError> {
    let (public_key_der, algorithm) = (signer.public_key_der(), signer.algorithm());
    Content { public_key_der, algorithm, iin, storage: None }.write(|info| signer.sign(info))
}

impl Content<'_> {
    /// The request, with a signature over its first part.
    pub(crate) fn write<E>(&self, sign: impl FnOnce(&[u8]) -> Result<Vec<u8>, E>) -> Result<Vec<u8>, E> {
        let name = asn1::sequence(&[&self.iin.map(number).unwrap_or_default()]);
        let attributes = asn1::explicit(0, &self.storage.map(asked_storage).unwrap_or_default());
        let info = asn1::sequence(&[&asn1::uint(0), &name, self.public_key_der, &attributes]);
        let signature = asn1::bit_string(&sign(&info)?);
        Ok(asn1::sequence(&[&info, &self.algorithm.to_der(), &signature]))
    }
}

fn number(iin: &str) -> Vec<u8> {
    let value = asn1::raw_tlv(tag::PRINTABLE, format!("IIN{iin}").as_bytes());
    asn1::set(&[&asn1::sequence(&[&asn1::oid(oids::SERIAL_NUMBER), &value])])
}

/// The attribute that asks for one extension: the place of the key, as the official client asks for it.
fn asked_storage(place: ObjectIdentifier) -> Vec<u8> {
    let extension = asn1::extension(oids::NCA_KEY_STORAGE, false, &asn1::sequence(&[&asn1::oid(place)]));
    let values = asn1::set(&[&asn1::sequence(&[&extension])]);
    asn1::sequence(&[&asn1::oid(oids::EXTENSION_REQUEST), &values])
}
