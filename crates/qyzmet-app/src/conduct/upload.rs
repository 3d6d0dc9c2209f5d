//! A document on its way in: only what a scanner or a printer makes, and nobody's private key [R839-19.5d].

use qyzmet_domain::{Clause, Refusal};

use crate::{DeskProblem, Error};

/// How the documents begin that a desk takes.
const KINDS: [&[u8]; 3] = [b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"];

/// A document that a desk takes: PDF, PNG or JPEG.
#[derive(Clone)]
pub struct Upload(Vec<u8>);

impl Upload {
    /// Takes a file.
    ///
    /// # Errors
    /// [`Error::Refused`] for a private key, [`DeskProblem::BadPaper`] for anything else that is no document.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, Error> {
        refuse_private_key(&bytes)?;
        if KINDS.iter().any(|kind| bytes.starts_with(kind)) {
            Ok(Self(bytes))
        } else {
            Err(Error::Desk(DeskProblem::BadPaper))
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Refuses a file that holds a private key, by the clause that forbids keeping it.
///
/// # Errors
/// [`Error::Refused`].
pub fn refuse_private_key(bytes: &[u8]) -> Result<(), Error> {
    if !qyzmet_pki::holds_private_key(bytes) {
        return Ok(());
    }
    let (ground, clause) = ("private-key-file".to_owned(), Clause::fixed("839-2012", "19.5"));
    Err(Error::Refused(Refusal { ground, clause, evidence: Vec::new() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [R839-19.5d]
    #[test]
    fn a_desk_takes_scans_and_prints_and_neither_keys_nor_anything_else() {
        for good in [b"%PDF-1.7".as_slice(), b"\x89PNG\r\n\x1a\n...", b"\xff\xd8\xff\xe0"] {
            assert!(Upload::parse(good.to_vec()).is_ok());
        }
        let key = b"\x30\x82\x0a\x00\x02\x01\x03\x30\x82".to_vec();
        let Err(Error::Refused(refusal)) = Upload::parse(key) else { panic!("a key was taken") };
        assert_eq!(refusal.clause.to_string(), "839-2012:19.5");
        let hidden = b"%PDF-1.7\n-----BEGIN PRIVATE KEY-----".to_vec();
        assert!(matches!(Upload::parse(hidden), Err(Error::Refused(_))));
        for bad in [b"".as_slice(), b"PK\x03\x04", b"MZ", b"<svg"] {
            assert!(matches!(Upload::parse(bad.to_vec()), Err(Error::Desk(DeskProblem::BadPaper))));
        }
    }
}
