//! Checkpoints as signed notes (C2SP tlog-checkpoint and signed-note, Ed25519).

use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use super::merkle::Head;

/// The journal's key as a verifier knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteKey {
    /// Name of the journal, also the origin line of its checkpoints: a host name with a path, without spaces or `+`.
    pub name: String,
    /// Ed25519 public key.
    pub public: [u8; 32],
}

/// Why a checkpoint cannot be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// The text is not a checkpoint.
    #[error("not a checkpoint")]
    Malformed,
    /// It is a checkpoint of another journal.
    #[error("a checkpoint of another journal")]
    OtherOrigin,
    /// No signature of this key.
    #[error("not signed by the journal's key")]
    NotSigned,
    /// The signature does not fit the text.
    #[error("the signature of the checkpoint is wrong")]
    WrongSignature,
}

impl NoteKey {
    /// The first bytes of a signature line, by which a verifier finds the signatures of its key.
    fn id(&self) -> [u8; 4] {
        let hash = Sha256::new()
            .chain_update(&self.name)
            .chain_update([b'\n', 0x01])
            .chain_update(self.public)
            .finalize();
        [hash[0], hash[1], hash[2], hash[3]]
    }

    /// The verifier key in the form that other tools take: `name+hash+base64`.
    #[must_use]
    pub fn verifier(&self) -> String {
        let key = [&[0x01], self.public.as_slice()].concat();
        format!("{}+{}+{}", self.name, hex::encode(self.id()), STANDARD.encode(key))
    }

    /// The text of a checkpoint, which is signed.
    pub(super) fn text(&self, head: &Head) -> String {
        format!("{}\n{}\n{}\n", self.name, head.size, STANDARD.encode(head.root))
    }

    /// The note: the text and its signature.
    pub(super) fn note(&self, text: &str, signature: &[u8]) -> String {
        let line = STANDARD.encode([self.id().as_slice(), signature].concat());
        format!("{text}\n\u{2014} {} {line}\n", self.name)
    }

    /// Reads a note and checks that this key signed it.
    pub fn open(&self, note: &str) -> Result<Head, NoteError> {
        let (text, signatures) = note.split_once("\n\n").ok_or(NoteError::Malformed)?;
        let text = format!("{text}\n");
        let head = self.read(&text)?;
        let prefix = format!("\u{2014} {} ", self.name);
        let mut found = NoteError::NotSigned;
        for line in signatures.lines().filter_map(|line| line.strip_prefix(&prefix)) {
            let bytes = STANDARD.decode(line).map_err(|_| NoteError::Malformed)?;
            let Some(signature) = bytes.strip_prefix(&self.id()) else { continue };
            let key = UnparsedPublicKey::new(&ED25519, self.public);
            if key.verify(text.as_bytes(), signature).is_ok() {
                return Ok(head);
            }
            found = NoteError::WrongSignature;
        }
        Err(found)
    }

    fn read(&self, text: &str) -> Result<Head, NoteError> {
        let mut lines = text.lines();
        if lines.next() != Some(self.name.as_str()) {
            return Err(NoteError::OtherOrigin);
        }
        let size = lines.next().and_then(|line| line.parse().ok()).ok_or(NoteError::Malformed)?;
        let root = lines.next().and_then(|line| STANDARD.decode(line).ok());
        let root = root.and_then(|root| root.try_into().ok()).ok_or(NoteError::Malformed)?;
        Ok(Head { size, root })
    }
}
