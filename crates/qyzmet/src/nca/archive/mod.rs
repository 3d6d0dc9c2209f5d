//! An authority as one file, for moving it to another machine: signed inside, encrypted outside.
//!
//! ```text
//! archive = "qyzmet-nca-archive 1\n" salt[16] iterations[4] prefix[7] chunk*
//! chunk   = AES-256-GCM of at most 64 KiB; nonce = prefix, number of the chunk[4], 1 for the last and 0 for the others[1];
//!           the head is authenticated with each; key = PBKDF2-HMAC-SHA-256 of the passphrase
//! content = length[4] manifest, length[4] signature (CMS, detached, over the manifest), then the bytes of each entry
//!           of the manifest, in its order
//! ```
//! Numbers are big-endian. The manifest names path, length and SHA-256 of each entry. An entry has a kind, so that tables of
//! the store can be added to the files: whoever does not know a kind refuses the archive.

mod cipher;
mod export;
mod import;
mod manifest;

pub use self::{export::export, import::import};

/// Why an archive is not made or not taken in. Nothing of a refused archive is left behind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// It does not begin like one.
    #[error("this is no archive of an authority, or one of a later version")]
    NotAnArchive,
    /// The first chunk does not open.
    #[error("the passphrase does not open the archive, or its beginning is damaged")]
    NotOpened,
    /// A chunk does not open, is missing, or follows where none should.
    #[error("the archive is damaged")]
    Damaged,
    /// The manifest was signed by another key than the expected one, or was changed.
    #[error("the archive is not signed by the expected person: {0}")]
    Signature(String),
    /// An entry is not what the manifest says, or has no place in an authority's folder.
    #[error("the archive's entry {0} is refused")]
    Entry(String),
    /// The key for encrypting cannot be made.
    #[error("the archive cannot be encrypted")]
    Encryption,
    /// Where the authority should go, something is.
    #[error("the folder is there already, and an authority is never overwritten")]
    Exists,
}
