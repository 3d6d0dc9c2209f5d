//! The journal as a whole: sealed by a timer, verified by whoever doubts it.

mod freeze;
mod numbers;
mod seal;
mod verify;

pub use seal::SealJournal;
pub use verify::{JournalReport, VerifyJournal};

use qyzmet_store::journal::NoteKey;

use crate::{App, Error};

/// The public half of the journal's key, under the journal's name.
fn note_key(app: &App) -> Result<NoteKey, Error> {
    // The SubjectPublicKeyInfo of an Ed25519 key ends with the 32 bytes of the key itself.
    let public = app
        .keys
        .journal
        .public_key_der()
        .last_chunk::<32>()
        .ok_or_else(|| Error::fault("the journal's key is not Ed25519"))?;
    Ok(NoteKey { name: app.settings.journal_origin.clone(), public: *public })
}
