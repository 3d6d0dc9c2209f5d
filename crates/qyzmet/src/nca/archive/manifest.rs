//! The list of what an archive holds.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::super::folder::INNER;

/// Form of the manifest.
pub(super) const FORMAT: u32 = 1;
/// A longer manifest is no manifest.
pub(super) const LONGEST: usize = 16 << 20;
/// A longer signature is no signature.
pub(super) const LONGEST_SIGNATURE: usize = 1 << 20;

/// What the person who exports signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// [`FORMAT`].
    pub(super) format: u32,
    /// When the archive was made.
    pub(super) made_at: Timestamp,
    /// Version of the product that made it.
    pub(super) product: String,
    /// Title of the ceremony that founded the authority.
    pub(super) title: String,
    /// In the order of their bytes.
    pub(super) entries: Vec<Entry>,
}

/// One part of the authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// What it is.
    pub(super) kind: Kind,
    /// Where it lies in the folder.
    pub(super) path: String,
    /// Length in bytes.
    pub(super) bytes: usize,
    /// SHA-256 of the bytes.
    pub(super) sha256: String,
}

/// The kinds of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// A file of the folder.
    File,
}

impl Entry {
    /// Whether the path is that of a file in an authority's folder, and leads nowhere else.
    pub(super) fn has_a_place(&self) -> bool {
        let is_name = |name: &str| {
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
            !name.starts_with('.') && !name.is_empty() && name.bytes().all(allowed)
        };
        match self.path.split_once('/') {
            Some((folder, name)) => INNER.contains(&folder) && is_name(name),
            None => is_name(&self.path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_inside_the_folder_have_a_place() {
        let entry = |path: &str| {
            Entry { kind: Kind::File, path: path.to_owned(), bytes: 0, sha256: String::new() }.has_a_place()
        };
        for good in ["state.json", "keys/root.pem", "report.kk.pdf"] {
            assert!(entry(good), "{good}");
        }
        for bad in
            ["", "/etc/passwd", "../x", "keys/../../x", "keys/", "other/x", "keys/.lock", ".lock", "a/b/c"]
        {
            assert!(!entry(bad), "{bad}");
        }
    }
}
