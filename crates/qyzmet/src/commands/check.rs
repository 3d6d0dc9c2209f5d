//! `qyzmet check`: what is wrong in the folder of a service, its class and its method.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use qyzmet_engine::{Finding, Folder, Severity};
use serde_json::json;

use super::{Failure, say};

/// Checks the folder of a service.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// The folder.
    pub path: PathBuf,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

impl Check {
    /// Prints findings; errors among them make the exit code 1.
    pub(super) fn run(&self) -> Result<(), Failure> {
        let folder = Folder(read_folder(&self.path)?);
        let regulation = qyzmet_engine::read(&folder);
        let (class, findings) = match &regulation {
            Ok(regulation) => (Some(regulation.classification()), qyzmet_engine::check(regulation)),
            Err(findings) => (None, findings.clone()),
        };
        let id = regulation.as_ref().ok().map(|regulation| regulation.id().to_string());
        let (score, method) = (class.map(|class| class.score), class.map(|class| class.method.as_str()));
        if self.json {
            say(&json!({ "service": id, "score": score, "method": method, "findings": findings }).to_string());
        } else {
            self.print(score, method, &findings);
        }
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        if errors == 0 { Ok(()) } else { Err(format!("{errors} errors in {}", self.path.display()).into()) }
    }

    fn print(&self, score: Option<u8>, method: Option<&str>, findings: &[Finding]) {
        for finding in findings {
            say(&format!("{}/{finding}", self.path.display()));
        }
        if let (Some(score), Some(method)) = (score, method) {
            say(&format!("score {score}, method {method}, {} findings", findings.len()));
        }
    }
}

/// All files of a folder, by their path inside it.
///
/// # Errors
/// When the folder or a file cannot be read.
pub(super) fn read_folder(root: &Path) -> Result<BTreeMap<String, Vec<u8>>, std::io::Error> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(name) = path.strip_prefix(root) {
                files.insert(name.to_string_lossy().replace('\\', "/"), std::fs::read(&path)?);
            }
        }
    }
    Ok(files)
}
