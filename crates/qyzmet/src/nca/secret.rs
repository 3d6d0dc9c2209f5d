//! Where a passphrase or a PIN comes from: a file, a variable, or a descriptor that the caller has opened; never the plan itself.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use secrecy::{SecretString, zeroize::Zeroizing};
use serde::{Deserialize, Serialize};

use super::NcaError;

/// A longer secret is a wrong file.
const LONGEST: usize = 4096;

/// The source of a secret.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A file; a relative path starts at the folder of the ceremony file.
    File(PathBuf),
    /// A variable of the environment.
    Env(String),
    /// A descriptor, for example of a pipe from a program that keeps secrets. It can be read once.
    Fd(u32),
}

impl Source {
    /// Reads the secret; the end of its line does not belong to it.
    ///
    /// # Errors
    /// When there is none, or it is empty; the error names the source, never the content.
    pub fn read(&self, folder: &Path) -> Result<SecretString, NcaError> {
        let path = match self {
            Self::File(path) => folder.join(path),
            Self::Fd(number) => PathBuf::from(format!("/proc/self/fd/{number}")),
            Self::Env(name) => PathBuf::from(name),
        };
        let bytes = match self {
            Self::Env(name) => {
                let text =
                    std::env::var(name).map_err(|_| NcaError::file(&path, "the variable is not set"))?;
                Zeroizing::new(text.into_bytes())
            }
            Self::File(_) | Self::Fd(_) => {
                Zeroizing::new(fs::read(&path).map_err(|why| NcaError::file(&path, why))?)
            }
        };
        let text = std::str::from_utf8(&bytes).map_err(|_| NcaError::file(&path, "is not text"))?;
        let secret = text.trim_end_matches(['\r', '\n']);
        if secret.is_empty() || secret.len() > LONGEST {
            return Err(NcaError::file(&path, "holds no secret"));
        }
        Ok(SecretString::from(secret))
    }
}

/// Secrets that were read once: several keys may share a source, and a pipe gives its content a single time.
#[derive(Debug)]
pub struct Secrets<'a> {
    folder: &'a Path,
    read: BTreeMap<Source, SecretString>,
}

impl<'a> Secrets<'a> {
    /// Relative paths start at the folder.
    #[must_use]
    pub fn at(folder: &'a Path) -> Self {
        Self { folder, read: BTreeMap::new() }
    }

    /// The secret of a source.
    ///
    /// # Errors
    /// As [`Source::read`].
    pub fn get(&mut self, source: &Source) -> Result<SecretString, NcaError> {
        if let Some(secret) = self.read.get(source) {
            return Ok(secret.clone());
        }
        let secret = source.read(self.folder)?;
        self.read.insert(source.clone(), secret.clone());
        Ok(secret)
    }
}

#[cfg(test)]
mod tests {
    use std::os::fd::AsRawFd;

    use secrecy::ExposeSecret;

    use super::*;

    fn read(source: &Source, folder: &Path) -> Option<String> {
        source.read(folder).ok().map(|secret| secret.expose_secret().to_owned())
    }

    #[test]
    fn a_secret_comes_from_a_file_a_descriptor_or_a_variable() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("words"), "Құпия сөз \r\n").unwrap();
        assert_eq!(read(&Source::File("words".into()), folder.path()).unwrap(), "Құпия сөз ");
        let open = fs::File::open(folder.path().join("words")).unwrap();
        let number = u32::try_from(open.as_raw_fd()).unwrap();
        assert_eq!(read(&Source::Fd(number), Path::new("")).unwrap(), "Құпия сөз ");
        assert_eq!(read(&Source::Env("CARGO_PKG_NAME".to_owned()), Path::new("")).unwrap(), "qyzmet");
    }

    #[test]
    fn what_is_no_secret_is_refused_and_never_shown() {
        let folder = tempfile::tempdir().unwrap();
        for bad in ["", "\n", &"x".repeat(LONGEST + 1)] {
            fs::write(folder.path().join("words"), bad).unwrap();
            assert_eq!(read(&Source::File("words".into()), folder.path()), None, "{} bytes", bad.len());
        }
        fs::write(folder.path().join("words"), b"secret \xff").unwrap();
        let refusal = Source::File("words".into()).read(folder.path()).unwrap_err().to_string();
        assert!(refusal.contains("words") && !refusal.contains("secret"), "{refusal}");
        assert_eq!(read(&Source::Env("NO_SUCH_VARIABLE_HERE".to_owned()), Path::new("")), None);
    }

    #[test]
    fn a_source_that_can_be_read_once_serves_several_keys() {
        let folder = tempfile::tempdir().unwrap();
        let source = Source::File("words".into());
        fs::write(folder.path().join("words"), "one").unwrap();
        let mut secrets = Secrets::at(folder.path());
        secrets.get(&source).unwrap();
        fs::remove_file(folder.path().join("words")).unwrap();
        assert_eq!(secrets.get(&source).unwrap().expose_secret(), "one");
    }
}
