//! Where a demonstration keeps its files.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{
    config::{KeyFile, Trust},
    nca::folder::Folder,
};

/// The folder of a demonstration.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    root: PathBuf,
}

impl Places {
    /// The places inside a folder.
    #[must_use]
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// Makes the folders; the one with keys is for its owner's eyes only.
    pub(super) fn make(&self) -> io::Result<()> {
        for folder in ["pki", "keys", "people", "documents"] {
            std::fs::create_dir_all(self.root.join(folder))?;
        }
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(self.root.join("keys"), std::fs::Permissions::from_mode(0o700))
    }

    /// A file with a certificate or a list.
    pub(super) fn pki(&self, name: &str) -> PathBuf {
        self.root.join("pki").join(name)
    }

    /// A file with a key or a secret.
    pub(super) fn keys(&self, name: &str) -> PathBuf {
        self.root.join("keys").join(name)
    }

    /// The ceremony file of the demonstration's authority.
    pub(super) fn ceremony(&self) -> PathBuf {
        self.root.join("ceremony.toml")
    }

    /// The demonstration's authority.
    pub(super) fn nca(&self) -> Folder {
        Folder::new(&self.root.join("nca"))
    }

    /// A file of a person.
    pub(super) fn people(&self, name: &str) -> PathBuf {
        self.root.join("people").join(name)
    }

    /// The list of people.
    pub(super) fn list(&self) -> PathBuf {
        self.root.join("people.json")
    }

    /// A key with its certificates.
    #[must_use]
    pub(crate) fn key_file(&self, name: &str) -> KeyFile {
        KeyFile {
            key: self.keys(&format!("{name}.pem")),
            password_file: self.keys("password"),
            certificates: vec![self.pki(&format!("{name}.pem")), self.pki("ca.pem")],
            token: None,
        }
    }

    /// Whom the demonstration trusts.
    #[must_use]
    pub(crate) fn trust(&self) -> Trust {
        Trust {
            anchors: vec![self.pki("root.pem")],
            intermediates: vec![self.pki("ca.pem")],
            crls: vec![self.pki("root.crl"), self.pki("ca.crl")],
        }
    }
}
