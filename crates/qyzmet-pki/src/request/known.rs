//! Keys that are known to be weak or public, as lists: nothing in such a key tells, only that somebody else has it.

use std::collections::BTreeSet;

use super::{KeyId, SubjectKey};
use crate::algorithms::sha1_identifier;

/// What openssl-blacklist keeps of a hash: its last 80 bits.
type Fingerprint = [u8; 10];

/// Keys that are never certified, however well they look.
#[derive(Debug, Default)]
pub struct KnownKeys {
    moduli: BTreeSet<Fingerprint>,
    keys: BTreeSet<KeyId>,
}

/// A line of a list is neither a fingerprint nor a key id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {0} is neither a fingerprint of openssl-blacklist (20 digits) nor a key id (64 digits)")]
pub struct KnownKeysError(pub usize);

impl KnownKeys {
    /// Adds a list: one key a line, as the last 20 hexadecimal digits of the SHA-1 of `Modulus=…` (the lists of Debian's
    /// package openssl-blacklist, made after CVE-2008-0166) or as a [`KeyId`]; `#` begins a remark.
    ///
    /// # Errors
    /// [`KnownKeysError`] with the number of the first line that is neither: a list that is half read protects half.
    pub fn add(&mut self, list: &str) -> Result<(), KnownKeysError> {
        for (line, text) in (1..).zip(list.lines()) {
            let text = text.split('#').next().unwrap_or_default().trim();
            let mut fingerprint = Fingerprint::default();
            if text.is_empty() {
                continue;
            } else if hex::decode_to_slice(text, &mut fingerprint).is_ok() {
                self.moduli.insert(fingerprint);
            } else {
                self.keys.insert(text.parse().map_err(|_| KnownKeysError(line))?);
            }
        }
        Ok(())
    }

    /// How many keys are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.moduli.len() + self.keys.len()
    }

    /// Whether no key is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether this key is known.
    #[must_use]
    pub fn holds(&self, key: &SubjectKey) -> bool {
        let by_modulus =
            || key.rsa_modulus().is_some_and(|modulus| self.moduli.contains(&fingerprint(&modulus)));
        self.keys.contains(&key.id()) || (!self.moduli.is_empty() && by_modulus())
    }
}

/// The last half of the hash of what `openssl rsa -modulus` prints, its line end included.
fn fingerprint(modulus: &[u8]) -> Fingerprint {
    let printed = format!("Modulus={}\n", hex::encode_upper(modulus));
    let mut fingerprint = Fingerprint::default();
    let digest = sha1_identifier(printed.as_bytes());
    fingerprint.copy_from_slice(&digest.as_ref()[10..20]);
    fingerprint
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::{KeyKind, Signer};

    fn key(kind: KeyKind) -> SubjectKey {
        SubjectKey::from_der(Signer::generate(kind).unwrap().public_key_der()).unwrap()
    }

    /// The line that Debian's `openssl-vulnkey` would look for, made by OpenSSL and sha1sum.
    fn line(key: &SubjectKey) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key.der");
        std::fs::write(&file, key.der()).unwrap();
        let script = "openssl rsa -pubin -inform DER -in \"$0\" -noout -modulus | sha1sum | cut -c 21-40";
        let output = Command::new("sh").args(["-c", script]).arg(&file).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// [R839-6.P10]
    #[test]
    fn a_key_of_a_list_is_known_by_its_modulus_or_its_id_and_no_other_is() {
        let (weak, leaked, good) = (key(KeyKind::Rsa2048), key(KeyKind::EcP256), key(KeyKind::Rsa2048));
        let mut known = KnownKeys::default();
        assert!(known.is_empty() && !known.holds(&weak));
        let list = format!("# RSA-2048, little endian\n{}\n\n{}  # published\n", line(&weak), leaked.id());
        known.add(&list).unwrap();
        assert_eq!(known.len(), 2);
        assert!(known.holds(&weak) && known.holds(&leaked));
        assert!(!known.holds(&good) && !known.holds(&key(KeyKind::EcP256)));
    }

    #[test]
    fn a_list_that_is_not_one_is_refused_with_its_line() {
        for list in ["00112233445566778899\nweak", "# x\n001122", "0011223344556677889g"] {
            let line = list.lines().count();
            assert_eq!(KnownKeys::default().add(list), Err(KnownKeysError(line)), "{list}");
        }
    }
}
