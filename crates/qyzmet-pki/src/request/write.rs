//! Writing of a request, for keys that this program can use: a card at a service centre, the load generator, tests.

use crate::{
    asn1::{self, tag},
    key::{SignError, Signer},
    oids,
};

/// A request for a certificate of this key, signed with it. Its subject names a person by IIN, or nobody.
///
/// # Errors
/// When the key cannot sign.
pub fn write(signer: &Signer, iin: Option<&str>) -> Result<Vec<u8>, SignError> {
    let number = |iin: &str| {
        let value = asn1::raw_tlv(tag::PRINTABLE, format!("IIN{iin}").as_bytes());
        asn1::set(&[&asn1::sequence(&[&asn1::oid(oids::SERIAL_NUMBER), &value])])
    };
    let name = asn1::sequence(&[&iin.map(number).unwrap_or_default()]);
    let info = asn1::sequence(&[&asn1::uint(0), &name, signer.public_key_der(), &asn1::explicit(0, &[])]);
    let signature = asn1::bit_string(&signer.sign(&info)?);
    Ok(asn1::sequence(&[&info, &signer.algorithm().to_der(), &signature]))
}
