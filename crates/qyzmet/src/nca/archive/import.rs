//! Taking an archive in: into a folder beside, which gets its name only when everything is proved.

use std::{
    fs::{self, File},
    io::BufReader,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use qyzmet_pki::{
    Certificate, PathRules, Revocation, Trust, Verdict,
    cms::{self, Expect},
};
use secrecy::SecretString;

use super::{
    super::{
        NcaError,
        folder::{Folder, Readers, put_new, sync_folder},
        open::Nca,
        sha256,
    },
    ArchiveError,
    cipher::Opener,
    manifest::{Entry, FORMAT, LONGEST, LONGEST_SIGNATURE, Manifest},
};

/// Takes the authority of an archive into a new folder. `exporter` is the certificate of the person who must have signed the
/// archive; it must be valid at `now`.
///
/// # Errors
/// [`NcaError::Archive`] when the archive is refused or the folder is taken; nothing is left of it then.
pub fn import(
    from: &Path,
    folder: &Folder,
    passphrase: &SecretString,
    exporter: &Certificate,
    now: Timestamp,
) -> Result<Nca, NcaError> {
    let taken = fs::read_dir(folder.root()).is_ok_and(|mut inner| inner.next().is_some());
    if taken || folder.root().is_file() {
        return Err(ArchiveError::Exists.into());
    }
    let beside = beside(folder.root());
    if beside.exists() {
        fs::remove_dir_all(&beside).map_err(|why| NcaError::file(&beside, why))?;
    }
    let moved = unpack(from, &Folder::new(&beside), passphrase, exporter, now)
        .and_then(|()| fs::rename(&beside, folder.root()).map_err(|why| NcaError::file(folder.root(), why)));
    if moved.is_err() {
        // The refusal is what matters; what cannot be removed is removed by the next attempt.
        let _ = fs::remove_dir_all(&beside);
    }
    moved?;
    sync_folder(folder.root()).map_err(|why| NcaError::file(folder.root(), why))?;
    Nca::open(folder)
}

fn beside(root: &Path) -> PathBuf {
    let name = root.file_name().unwrap_or_default().to_string_lossy();
    root.with_file_name(format!(".{name}.importing"))
}

fn unpack(
    from: &Path,
    folder: &Folder,
    passphrase: &SecretString,
    exporter: &Certificate,
    now: Timestamp,
) -> Result<(), NcaError> {
    let file = File::open(from).map_err(|why| NcaError::file(from, why))?;
    let mut opener = Opener::new(passphrase, BufReader::new(file))?;
    let bytes = take_part(&mut opener, LONGEST)?;
    let signature = take_part(&mut opener, LONGEST_SIGNATURE)?;
    check_signature(&bytes, &signature, exporter, now)?;
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|_| ArchiveError::NotAnArchive)?;
    if manifest.format != FORMAT {
        return Err(ArchiveError::NotAnArchive.into());
    }
    let _lock = folder.make()?;
    for entry in &manifest.entries {
        take_entry(&mut opener, entry, folder)?;
    }
    opener.finish()?;
    Nca::open(folder).map(drop)
}

fn take_part(opener: &mut Opener<BufReader<File>>, longest: usize) -> Result<Vec<u8>, ArchiveError> {
    let mut length = Vec::new();
    opener.take(4, &mut length)?;
    let length = <[u8; 4]>::try_from(length).map_err(|_| ArchiveError::Damaged)?;
    let length = usize::try_from(u32::from_be_bytes(length)).map_err(|_| ArchiveError::Damaged)?;
    if length > longest {
        return Err(ArchiveError::Damaged);
    }
    let mut part = Vec::new();
    opener.take(length, &mut part)?;
    Ok(part)
}

/// The certificate is pinned by whoever imports, so it vouches for itself; its time and purpose are checked.
fn check_signature(
    manifest: &[u8],
    signature: &[u8],
    exporter: &Certificate,
    now: Timestamp,
) -> Result<(), ArchiveError> {
    if cms::claimed_signer(signature).as_ref() != Some(exporter) {
        return Err(ArchiveError::Signature("another certificate".to_owned()));
    }
    let rules = PathRules { revocation: Revocation::NotChecked, ..PathRules::default() };
    let trust = Trust::new(vec![exporter.clone()], Vec::new()).with_rules(rules);
    match cms::verify(manifest, signature, &trust, Expect::sign(), now) {
        Verdict::Valid(_) => Ok(()),
        Verdict::Invalid(why) => Err(ArchiveError::Signature(why.to_string())),
        Verdict::Undetermined(why) => Err(ArchiveError::Signature(why.to_string())),
    }
}

fn take_entry(opener: &mut Opener<BufReader<File>>, entry: &Entry, folder: &Folder) -> Result<(), NcaError> {
    let refused = || ArchiveError::Entry(entry.path.clone());
    if !entry.has_a_place() {
        return Err(refused().into());
    }
    let mut bytes = Vec::new();
    opener.take(entry.bytes, &mut bytes)?;
    if sha256(&bytes) != entry.sha256 {
        return Err(refused().into());
    }
    let readers = if entry.path.starts_with("keys/") { Readers::Owner } else { Readers::All };
    put_new(&folder.file(&entry.path), &bytes, readers)
}
