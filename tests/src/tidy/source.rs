//! The files that the rules look at, read once and, where they are Rust, parsed once.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{TidyError, sizes::is_for_tests};

/// Folders that hold nothing of ours, or nothing for people to read.
const SKIPPED: [&str; 6] = ["target", "node_modules", "dist", "var", ".git", "vendor"];

/// One file of the repository.
pub struct Source {
    /// Path relative to the repository, with forward slashes.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Its syntax tree, for a Rust file that parses.
    pub tree: Option<syn::File>,
    /// Whether its parent compiles it for tests only (`#[cfg(test)] mod ...;`).
    pub for_tests: bool,
}

impl Source {
    /// A file with the given text; Rust is parsed by the ending of the name.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let (path, text) = (path.into(), text.into());
        let tree = if path.ends_with(".rs") { syn::parse_file(&text).ok() } else { None };
        Self { path, text, tree, for_tests: false }
    }

    /// The crate that the file belongs to: the folder under `crates/`, or `tests`, or `xtask`.
    #[must_use]
    pub fn owner(&self) -> &str {
        let mut parts = self.path.split('/');
        match parts.next() {
            Some("crates") => parts.next().unwrap_or(""),
            Some(top) => top,
            None => "",
        }
    }

    /// Whether the file ends with `.ending`.
    #[must_use]
    pub fn is(&self, ending: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == ending)
    }

    /// Whether it is Rust that goes into the product: neither the test crate, nor xtask, nor a test file beside the code.
    #[must_use]
    pub fn is_product(&self) -> bool {
        self.is("rs") && self.path.starts_with("crates/") && !self.is_test_file()
    }

    /// Whether the whole file is for tests: `tests.rs`, `tests/...`, `testing/...` or `*_tests.rs`.
    #[must_use]
    pub fn is_test_file(&self) -> bool {
        if self.for_tests {
            return true;
        }
        let inside = self.path.split_once('/').map_or("", |(_, rest)| rest);
        inside.split('/').any(|part| {
            let stem = part.strip_suffix(".rs").unwrap_or(part);
            ["tests", "testing", "benches", "examples", "fuzz"].contains(&stem) || stem.ends_with("_tests")
        })
    }
}

/// Reads every text file of ours under `root`.
///
/// # Errors
/// When a folder or a file cannot be read.
pub(super) fn collect(root: &Path) -> Result<Vec<Source>, TidyError> {
    let mut sources = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|fault| unreadable(&folder, fault))? {
            let path = entry.map_err(|fault| unreadable(&folder, fault))?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
            if SKIPPED.contains(&name) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if is_read(name) {
                let text = fs::read_to_string(&path).map_err(|fault| unreadable(&path, fault))?;
                let relative = path.strip_prefix(root).unwrap_or(&path).to_string_lossy();
                sources.push(Source::new(relative, text));
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    mark_test_modules(&mut sources);
    Ok(sources)
}

fn mark_test_modules(sources: &mut [Source]) {
    let modules: Vec<String> = sources.iter().flat_map(test_modules).collect();
    for source in sources {
        let belongs = |module: &String| {
            source
                .path
                .strip_prefix(module.as_str())
                .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        };
        source.for_tests = modules.iter().any(belongs);
    }
}

/// Modules that this file compiles for tests only, as paths without an ending.
fn test_modules(source: &Source) -> Vec<String> {
    let Some(tree) = &source.tree else { return Vec::new() };
    let (folder, name) = source.path.rsplit_once('/').unwrap_or(("", &source.path));
    let stem = name.trim_end_matches(".rs");
    let folder =
        if ["mod", "lib", "main"].contains(&stem) { folder.to_owned() } else { format!("{folder}/{stem}") };
    let modules = tree.items.iter().filter_map(|item| match item {
        syn::Item::Mod(module) if module.content.is_none() && is_for_tests(&module.attrs) => {
            Some(&module.ident)
        }
        _ => None,
    });
    modules.map(|name| format!("{folder}/{name}")).collect()
}

fn is_read(name: &str) -> bool {
    name == "run"
        || ["rs", "toml", "md", "html", "ts", "js", "mjs", "scss", "sql", "ftl", "typ"]
            .iter()
            .any(|ending| name.rsplit_once('.').is_some_and(|(_, found)| found == *ending))
}

fn unreadable(path: &Path, fault: std::io::Error) -> TidyError {
    TidyError::Unreadable(PathBuf::from(path), fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_that_is_compiled_for_tests_is_no_product() {
        let parent =
            Source::new("crates/qyzmet-app/src/lib.rs", "//! A.\n#[cfg(test)]\nmod samples;\nmod run;\n");
        let child = |name: &str| Source::new(format!("crates/qyzmet-app/src/{name}.rs"), "//! B.\n");
        let mut sources = vec![parent, child("samples"), child("samples/more"), child("run")];
        mark_test_modules(&mut sources);
        assert_eq!(sources.iter().map(Source::is_product).collect::<Vec<_>>(), [true, false, false, true]);
    }
}
