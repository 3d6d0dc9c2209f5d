//! Making an archive.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::Path,
};

use jiff::Timestamp;
use qyzmet_pki::{Identity, cms};
use secrecy::SecretString;

use super::{
    super::{
        NcaError,
        folder::{Folder, INNER, Readers, put_new_with},
        open::Nca,
        sha256,
    },
    cipher::Sealer,
    manifest::{Entry, FORMAT, Kind, Manifest},
};

/// Writes the founded authority of a folder into a new archive. Keys in files stay encrypted under their own passphrases; a key
/// in a token is not in the archive, only which one it is. `drawn` are random bytes.
///
/// # Errors
/// When the folder holds no founded authority, another process is at work in it, or the archive cannot be written.
pub fn export(
    folder: &Folder,
    to: &Path,
    passphrase: &SecretString,
    signer: &Identity,
    drawn: &[u8; 23],
    now: Timestamp,
) -> Result<(), NcaError> {
    let nca = Nca::open(folder)?;
    let _lock = folder.make()?;
    let entries = entries(folder)?;
    let manifest = Manifest {
        format: FORMAT,
        made_at: now,
        product: env!("CARGO_PKG_VERSION").to_owned(),
        title: nca.record().title.clone(),
        entries,
    };
    let bytes = serde_json::to_vec(&manifest).map_err(|why| NcaError::file(to, why))?;
    let signature = cms::sign(&bytes, signer, now).map_err(|why| NcaError::file(to, why))?;
    put_new_with(to, Readers::Owner, &mut |file| {
        let mut sealer = Sealer::new(passphrase, drawn, BufWriter::new(file))?;
        for part in [&bytes, &signature] {
            let length = u32::try_from(part.len()).map_err(io::Error::other)?;
            sealer.write_all(&length.to_be_bytes())?;
            sealer.write_all(part)?;
        }
        for entry in &manifest.entries {
            io::copy(&mut fs::File::open(folder.file(&entry.path))?, &mut sealer)?;
        }
        sealer.finish()
    })
}

/// Everything that lies in the folder, in the order of the paths.
fn entries(folder: &Folder) -> Result<Vec<Entry>, NcaError> {
    let mut paths = Vec::new();
    for inner in [&[""], &INNER[..]].concat() {
        let path = folder.file(inner);
        for found in fs::read_dir(&path).map_err(|why| NcaError::file(&path, why))? {
            let found = found.map_err(|why| NcaError::file(&path, why))?;
            let name = found.file_name().to_string_lossy().into_owned();
            if found.path().is_file() && !name.starts_with('.') {
                paths.push(if inner.is_empty() { name } else { format!("{inner}/{name}") });
            }
        }
    }
    paths.sort();
    paths.into_iter().map(|path| entry(folder, path)).collect()
}

fn entry(folder: &Folder, path: String) -> Result<Entry, NcaError> {
    let file = folder.file(&path);
    let bytes = fs::read(&file).map_err(|why| NcaError::file(&file, why))?;
    let entry = Entry { kind: Kind::File, bytes: bytes.len(), sha256: sha256(&bytes), path };
    if entry.has_a_place() {
        Ok(entry)
    } else {
        Err(NcaError::file(&file, "does not belong to an authority"))
    }
}
