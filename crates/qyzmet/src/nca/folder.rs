//! The folder of an authority: what lies where, and how it is written so that a crash leaves either all of a file or nothing.
//!
//! ```text
//! ceremony.toml   the file that was approved     certificates/<name>.pem
//! approvals/      the signatures                 lists/<name>.crl
//! begun.json      what the ceremony has drawn    keys/<name>.pem   encrypted; keys in tokens are not here
//! record.json     what was made: its presence    state.json        numbers that go on: of revocation lists
//!                 says that all is done          report.<lang>.pdf
//! ```

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, ErrorKind, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use super::NcaError;

/// The approved file.
pub const CEREMONY: &str = "ceremony.toml";
/// What the ceremony has drawn.
pub const BEGUN: &str = "begun.json";
/// What was made.
pub const RECORD: &str = "record.json";
/// Numbers that go on.
pub const STATE: &str = "state.json";
/// Held by the process that is at work.
const LOCK: &str = ".lock";
/// Folders inside, each for the owner's eyes only.
pub(super) const INNER: [&str; 4] = ["keys", "certificates", "lists", "approvals"];

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// The owner alone.
    Owner,
    /// Everybody who may enter the folder.
    All,
}

/// What writes the content of a file.
pub type Writing<'a> = dyn FnMut(&mut File) -> io::Result<()> + 'a;

/// The folder of an authority.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

/// Held while a process is at work; other processes are refused meanwhile.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "the file is locked as long as it is open")] File);

impl Folder {
    /// The folder at a path, whether it exists or not.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// Its path.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A file in it.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The encrypted key of a name.
    #[must_use]
    pub fn key(&self, name: &str) -> PathBuf {
        self.root.join(format!("keys/{name}.pem"))
    }

    /// The certificate of a name.
    #[must_use]
    pub fn certificate(&self, name: &str) -> PathBuf {
        self.root.join(format!("certificates/{name}.pem"))
    }

    /// The revocation list of an authority.
    #[must_use]
    pub fn list(&self, name: &str) -> PathBuf {
        self.root.join(format!("lists/{name}.crl"))
    }

    /// Makes the folder with its inner folders, and holds it for this process.
    ///
    /// # Errors
    /// [`NcaError::Locked`] while another process holds it.
    pub fn make(&self) -> Result<Lock, NcaError> {
        for folder in INNER.map(|name| self.root.join(name)) {
            let made = DirBuilder::new().recursive(true).mode(0o700).create(&folder);
            made.map_err(|why| NcaError::file(&folder, why))?;
        }
        let path = self.file(LOCK);
        let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&path);
        let file = file.map_err(|why| NcaError::file(&path, why))?;
        match file.try_lock() {
            Ok(()) => self.sweep().map(|()| Lock(file)),
            Err(fs::TryLockError::WouldBlock) => Err(NcaError::Locked(self.root.clone())),
            Err(fs::TryLockError::Error(why)) => Err(NcaError::file(&path, why)),
        }
    }

    /// Removes what was cut off while it was written: nothing of it was ever used.
    fn sweep(&self) -> Result<(), NcaError> {
        for folder in [&[""], &INNER[..]].concat().into_iter().map(|name| self.root.join(name)) {
            let failed = |why| NcaError::file(&folder, why);
            for entry in fs::read_dir(&folder).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                if entry.file_name().to_str().is_some_and(is_rest) {
                    fs::remove_file(entry.path()).map_err(failed)?;
                }
            }
        }
        Ok(())
    }

    /// Whether anything lies in it besides what [`Folder::make`] makes.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn holds_something(&self) -> Result<bool, NcaError> {
        let failed = |why| NcaError::file(&self.root, why);
        for entry in fs::read_dir(&self.root).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let ours = entry.file_name() == LOCK;
            let empty = || fs::read_dir(entry.path()).is_ok_and(|mut inner| inner.next().is_none());
            if !ours && !empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Whether the name is that of a file whose writing was cut off.
fn is_rest(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(".new")
}

/// Writes a file that must not be there yet: all of it or nothing, durable when this returns.
///
/// # Errors
/// When a file of this name is there, or the disk refuses.
pub fn put_new(path: &Path, bytes: &[u8], readers: Readers) -> Result<(), NcaError> {
    put_new_with(path, readers, &mut |file| file.write_all(bytes))
}

/// As [`put_new`], for what is too long to be held in memory.
///
/// # Errors
/// As [`put_new`], and what `write` says.
pub fn put_new_with(path: &Path, readers: Readers, write: &mut Writing<'_>) -> Result<(), NcaError> {
    let failed = |why: io::Error| NcaError::file(path, why);
    let rest = write_beside(path, readers, write).map_err(failed)?;
    // A second name for the file: unlike renaming, it fails where a file is.
    fs::hard_link(&rest, path).map_err(failed)?;
    fs::remove_file(&rest).map_err(failed)?;
    sync_folder(path).map_err(failed)
}

/// Writes a file, or finds it as it should be: a step that was done before a crash is not done twice.
///
/// # Errors
/// When a file with other content is there, or the disk refuses.
pub fn ensure(path: &Path, bytes: &[u8], readers: Readers) -> Result<(), NcaError> {
    match fs::read(path) {
        Ok(found) if found == bytes => Ok(()),
        Ok(_) => Err(NcaError::file(path, "is there already, with another content")),
        Err(why) if why.kind() == ErrorKind::NotFound => put_new(path, bytes, readers),
        Err(why) => Err(NcaError::file(path, why)),
    }
}

/// Writes a file over what may be there: readers see the old one or the new one.
///
/// # Errors
/// When the disk refuses.
pub fn replace(path: &Path, bytes: &[u8], readers: Readers) -> Result<(), NcaError> {
    let failed = |why: io::Error| NcaError::file(path, why);
    let rest = write_beside(path, readers, &mut |file| file.write_all(bytes)).map_err(failed)?;
    fs::rename(&rest, path).map_err(failed)?;
    sync_folder(path).map_err(failed)
}

fn write_beside(path: &Path, readers: Readers, write: &mut Writing<'_>) -> io::Result<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let rest = path.with_file_name(format!(".{name}.new"));
    match fs::remove_file(&rest) {
        Err(why) if why.kind() != ErrorKind::NotFound => return Err(why),
        _ => {}
    }
    let mode = if readers == Readers::Owner { 0o600 } else { 0o644 };
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(&rest)?;
    write(&mut file)?;
    file.sync_all()?;
    Ok(rest)
}

pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder_of(path))?.sync_all()
}

/// The folder of a file; a bare name lies where we are.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_key_is_for_its_owner_and_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.pem");
        put_new(&path, b"first", Readers::Owner).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(put_new(&path, b"second", Readers::Owner).is_err());
        assert!(ensure(&path, b"second", Readers::Owner).is_err());
        ensure(&path, b"first", Readers::Owner).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"first");
    }

    #[test]
    fn what_a_crash_left_half_written_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let nca = Folder::new(folder.path());
        fs::create_dir(folder.path().join("keys")).unwrap();
        let rest = folder.path().join("keys/.root.pem.new");
        fs::write(&rest, b"hal").unwrap();
        let path = nca.key("root");
        put_new(&path, b"whole", Readers::Owner).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert!(!rest.exists());

        fs::remove_file(&path).unwrap();
        fs::write(&rest, b"hal").unwrap();
        let held = nca.make().unwrap();
        assert!(!rest.exists() && !nca.holds_something().unwrap());
        put_new(&path, b"whole", Readers::Owner).unwrap();
        assert!(nca.holds_something().unwrap());
        drop(held);
    }

    #[test]
    fn a_bare_name_lies_in_this_folder() {
        assert_eq!(folder_of(Path::new("nca.archive")), Path::new("."));
        assert_eq!(folder_of(Path::new("var/nca.archive")), Path::new("var"));
    }

    #[test]
    fn one_process_works_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let nca = Folder::new(folder.path());
        let held = nca.make().unwrap();
        assert!(matches!(nca.make(), Err(NcaError::Locked(_))));
        drop(held);
        assert!(nca.make().is_ok());
    }
}
