//! Keys that a person's card makes, and the requests for their certificates.

use cryptoki::object::ObjectHandle;

use super::{
    super::{objects, signature},
    CardError, OpenCard,
};
use crate::{
    key::KeyKind,
    oids,
    request::{Content, Request},
};

/// A key that is to be made.
#[derive(Clone, Debug)]
pub struct WantedKey {
    /// Its label on the card.
    pub label: String,
    /// Its kind.
    pub kind: KeyKind,
    /// Its identifier (`CKA_ID`), by which its certificate will be found; drawn at random.
    pub id: [u8; 20],
}

/// A key that was made, with the request for its certificate.
#[derive(Debug)]
pub struct MadeKey {
    /// PKCS#10 DER, signed by the key; it says that the key lies on an ID card.
    pub request: Vec<u8>,
    objects: [ObjectHandle; 2],
}

impl OpenCard {
    /// Makes key pairs that never leave the card, all or none.
    ///
    /// # Errors
    /// [`CardError::Weak`] for a key that no authority may certify; [`CardError::Left`] when a card that fails half-way does
    /// not let go what it has made.
    pub fn make(&self, wanted: &[WantedKey], iin: Option<&str>) -> Result<Vec<MadeKey>, CardError> {
        self.whole(|objects| wanted.iter().map(|one| self.make_one(one, iin, objects)).collect())
    }

    /// Takes keys off the card again that nobody will have certified. Says how many objects the card did not let go.
    pub fn discard(&self, made: &[MadeKey]) -> usize {
        made.iter().map(|key| self.remove(&key.objects)).sum()
    }

    fn make_one(
        &self,
        wanted: &WantedKey,
        iin: Option<&str>,
        objects: &mut Vec<ObjectHandle>,
    ) -> Result<MadeKey, CardError> {
        let names = objects::Names { label: &wanted.label, id: Some(&wanted.id) };
        let (public, private) = objects::generate(&self.session, names, wanted.kind)?;
        objects.extend([public, private]);
        let public_key_der = objects::public_key_of(&self.session, public)?;
        let algorithm = wanted.kind.algorithm();
        let content =
            Content { public_key_der: &public_key_der, algorithm, iin, storage: Some(oids::NCA_ID_CARD) };
        let request = content.write(|info| {
            signature::sign(&self.session, private, wanted.kind, algorithm.digest().of(info).as_ref())
        })?;
        // Cards have made weak keys before (CVE-2017-15361): the authority would refuse, so the card is told here.
        Request::from_der(&request)?;
        Ok(MadeKey { request, objects: [public, private] })
    }
}
