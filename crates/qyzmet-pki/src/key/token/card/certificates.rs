//! Certificates that are written onto a person's card, beside their keys, and read back from it.

use cryptoki::{
    object::{Attribute, AttributeType, CertificateType, ObjectClass, ObjectHandle},
    session::Session,
};

use super::{
    super::{TokenError, objects, signature},
    CardError, OpenCard,
};
use crate::{algorithms::verify_signature, asn1, certificate::Certificate, key::KeyKind};

/// What the certificate of a key must bear to be found with it.
struct Names {
    id: Vec<u8>,
    label: Vec<u8>,
}

impl OpenCard {
    /// Writes certificates beside their keys, all or none, and reads them back from the card. Each key must sign the
    /// challenge, which nobody could know before, so that it is not only named but there. One that lies on the card already
    /// is not written twice, so that an interrupted work may be repeated.
    ///
    /// # Errors
    /// [`CardError::NoKey`], [`CardError::OtherKey`] before anything is written; [`CardError::NotKept`] when something else
    /// comes back; [`CardError::Left`] when a card that fails half-way does not let go what it has taken.
    pub fn write(
        &self,
        certificates: &[Certificate],
        challenge: &[u8],
    ) -> Result<Vec<Certificate>, CardError> {
        let names =
            certificates.iter().map(|one| self.prove(one, challenge)).collect::<Result<Vec<_>, _>>()?;
        let all = || certificates.iter().zip(&names);
        self.whole(|written| {
            for (certificate, names) in all() {
                if kept(&self.session, names, certificate)?.is_none() {
                    written.push(self.session.create_object(&object(certificate, names))?);
                }
            }
            // A session of its own, so that what is compared comes from the card and not from this one's memory.
            let fresh = self.library.open_ro_session(self.slot)?;
            let read = |(certificate, names)| kept(&fresh, names, certificate)?.ok_or(CardError::NotKept);
            all().map(read).collect()
        })
    }

    /// Finds the certificate's key on the card and has it sign the challenge.
    fn prove(&self, certificate: &Certificate, challenge: &[u8]) -> Result<Names, CardError> {
        let kind = KeyKind::of(certificate.key()).ok_or(TokenError::UnsupportedKind)?;
        let names = self.names_of_key(certificate.public_key_der())?;
        let label = String::from_utf8_lossy(&names.label);
        let wanted = objects::Names { label: &label, id: Some(&names.id) };
        let private = objects::private(&self.session, wanted)?.ok_or(CardError::NoKey)?;
        let digest = kind.algorithm().digest().of(challenge);
        let signature = signature::sign(&self.session, private, kind, digest.as_ref())?;
        verify_signature(certificate.public_key_der(), challenge, &signature)
            .map_err(|_| CardError::OtherKey)?;
        Ok(names)
    }

    /// Looks at the public keys of the card; those of kinds that we do not know are passed over.
    fn names_of_key(&self, public_key_der: &[u8]) -> Result<Names, CardError> {
        for object in self.session.find_objects(&[Attribute::Class(ObjectClass::PUBLIC_KEY)])? {
            match objects::public_key_of(&self.session, object) {
                Ok(der) if der == public_key_der => return names(&self.session, object),
                Ok(_) | Err(TokenError::UnsupportedKind) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(CardError::NoKey)
    }
}

fn names(session: &Session, object: ObjectHandle) -> Result<Names, CardError> {
    match session.get_attributes(object, &[AttributeType::Id, AttributeType::Label])?.as_slice() {
        [Attribute::Id(id), Attribute::Label(label)] => Ok(Names { id: id.clone(), label: label.clone() }),
        _ => Err(CardError::NoKey),
    }
}

/// The certificate as it lies beside the key, when it does, byte by byte.
fn kept(
    session: &Session,
    names: &Names,
    certificate: &Certificate,
) -> Result<Option<Certificate>, CardError> {
    let beside = [Attribute::Class(ObjectClass::CERTIFICATE), Attribute::Id(names.id.clone())];
    for object in session.find_objects(&beside)? {
        if let [Attribute::Value(der)] = session.get_attributes(object, &[AttributeType::Value])?.as_slice()
            && der == certificate.der()
        {
            return Ok(Certificate::from_der(der).ok());
        }
    }
    Ok(None)
}

/// The object of a certificate (PKCS#11 3.1, 4.6.3): everybody may read it, and it is found by the identifier of its key.
fn object(certificate: &Certificate, names: &Names) -> Vec<Attribute> {
    vec![
        Attribute::Class(ObjectClass::CERTIFICATE),
        Attribute::CertificateType(CertificateType::X_509),
        Attribute::Token(true),
        Attribute::Private(false),
        Attribute::Id(names.id.clone()),
        Attribute::Label(names.label.clone()),
        Attribute::Subject(certificate.subject_name().raw().to_vec()),
        Attribute::Issuer(certificate.issuer_name().raw().to_vec()),
        Attribute::SerialNumber(asn1::integer(certificate.serial_bytes())),
        Attribute::Value(certificate.der().to_vec()),
    ]
}
