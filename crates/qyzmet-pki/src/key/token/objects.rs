//! Keys as objects of a token: finding, making, and reading the public half.

use cryptoki::{
    mechanism::Mechanism,
    object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle},
    session::Session,
};

use super::TokenError;
use crate::{
    asn1::{self, Reader, tag},
    key::KeyKind,
    oids,
    spki::PublicKey,
};

/// By what a key is found among the objects of a token.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) label: &'a str,
    pub(super) id: Option<&'a [u8]>,
}

impl Names<'_> {
    /// The attributes that bear the names.
    pub(super) fn attributes(self) -> Vec<Attribute> {
        let label = Attribute::Label(self.label.as_bytes().to_vec());
        std::iter::once(label).chain(self.id.map(|id| Attribute::Id(id.to_vec()))).collect()
    }
}

/// The private key, when there is exactly one and it has never been outside.
pub(super) fn private(session: &Session, names: Names<'_>) -> Result<Option<ObjectHandle>, TokenError> {
    let Some(object) = find(session, names, ObjectClass::PRIVATE_KEY)? else { return Ok(None) };
    let asked = [
        AttributeType::Local,
        AttributeType::Sensitive,
        AttributeType::Extractable,
        AttributeType::AlwaysSensitive,
        AttributeType::NeverExtractable,
    ];
    let found = session.get_attributes(object, &asked)?;
    let wanted = [
        Attribute::Local(true),
        Attribute::Sensitive(true),
        Attribute::Extractable(false),
        Attribute::AlwaysSensitive(true),
        Attribute::NeverExtractable(true),
    ];
    if wanted.iter().all(|attribute| found.contains(attribute)) {
        Ok(Some(object))
    } else {
        Err(TokenError::Imported)
    }
}

/// The public key as SubjectPublicKeyInfo DER.
pub(super) fn public_key(session: &Session, names: Names<'_>) -> Result<Vec<u8>, TokenError> {
    public_key_of(session, find(session, names, ObjectClass::PUBLIC_KEY)?.ok_or(TokenError::NoKey)?)
}

/// A public key object as SubjectPublicKeyInfo DER.
pub(super) fn public_key_of(session: &Session, object: ObjectHandle) -> Result<Vec<u8>, TokenError> {
    let found = session.get_attributes(object, &[AttributeType::KeyType])?;
    match found.as_slice() {
        [Attribute::KeyType(KeyType::EC)] => ec_key(session, object),
        [Attribute::KeyType(KeyType::RSA)] => rsa_key(session, object),
        _ => Err(TokenError::UnsupportedKind),
    }
}

/// `CKA_EC_POINT` holds the point inside an OCTET STRING; some devices leave the string out.
fn ec_key(session: &Session, object: ObjectHandle) -> Result<Vec<u8>, TokenError> {
    let found = session.get_attributes(object, &[AttributeType::EcParams, AttributeType::EcPoint])?;
    let [Attribute::EcParams(curve), Attribute::EcPoint(point)] = found.as_slice() else {
        return Err(TokenError::UnsupportedKind);
    };
    let kind = if *curve == asn1::oid(oids::P256) {
        KeyKind::EcP256
    } else if *curve == asn1::oid(oids::P384) {
        KeyKind::EcP384
    } else {
        return Err(TokenError::UnsupportedKind);
    };
    let point = Reader::only(point, tag::OCTET_STRING).map_or(point.as_slice(), |string| string.value);
    Ok(PublicKey::ec_to_der(kind, point))
}

fn rsa_key(session: &Session, object: ObjectHandle) -> Result<Vec<u8>, TokenError> {
    let found = session.get_attributes(object, &[AttributeType::Modulus, AttributeType::PublicExponent])?;
    let [Attribute::Modulus(modulus), Attribute::PublicExponent(exponent)] = found.as_slice() else {
        return Err(TokenError::UnsupportedKind);
    };
    let key = asn1::sequence(&[&unsigned(modulus), &unsigned(exponent)]);
    Ok(PublicKey::rsa_to_der(&key))
}

/// An INTEGER from the digits of a number that is never negative.
pub(super) fn unsigned(digits: &[u8]) -> Vec<u8> {
    asn1::integer(&[&[0], digits].concat())
}

/// Makes a key pair; both halves bear the label and the identifier. Answers with the public and the private half.
pub(super) fn generate(
    session: &Session,
    names: Names<'_>,
    kind: KeyKind,
) -> Result<(ObjectHandle, ObjectHandle), TokenError> {
    let (mechanism, parameters) = parameters(kind)?;
    if find(session, names, ObjectClass::PRIVATE_KEY)?.is_some() {
        return Err(TokenError::KeyExists);
    }
    let named = [vec![Attribute::Token(true)], names.attributes()].concat();
    let public = [named.clone(), vec![Attribute::Private(false), Attribute::Verify(true)], parameters];
    let private = [
        named,
        vec![
            Attribute::Private(true),
            Attribute::Sensitive(true),
            Attribute::Extractable(false),
            Attribute::Sign(true),
            Attribute::Decrypt(false),
            Attribute::Unwrap(false),
        ],
    ];
    Ok(session.generate_key_pair(&mechanism, &public.concat(), &private.concat())?)
}

fn parameters(kind: KeyKind) -> Result<(Mechanism<'static>, Vec<Attribute>), TokenError> {
    let rsa = |bits: u64| {
        let exponent = Attribute::PublicExponent(vec![1, 0, 1]);
        (Mechanism::RsaPkcsKeyPairGen, vec![Attribute::ModulusBits(bits.into()), exponent])
    };
    match (kind, kind.curve()) {
        (_, Some(curve)) => Ok((Mechanism::EccKeyPairGen, vec![Attribute::EcParams(asn1::oid(curve))])),
        (KeyKind::Rsa2048, None) => Ok(rsa(2048)),
        (KeyKind::Rsa3072, None) => Ok(rsa(3072)),
        (_, None) => Err(TokenError::UnsupportedKind),
    }
}

/// The one object of a class with the label, and with the identifier where one is given.
fn find(session: &Session, names: Names<'_>, class: ObjectClass) -> Result<Option<ObjectHandle>, TokenError> {
    let wanted = [vec![Attribute::Class(class)], names.attributes()].concat();
    match session.find_objects(&wanted)?.as_slice() {
        [] => Ok(None),
        [object] => Ok(Some(*object)),
        _ => Err(TokenError::SeveralKeys),
    }
}
