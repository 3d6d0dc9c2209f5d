//! `qyzmet new-service`: a folder to begin with, after one of the two templates of decree 1116 [R1116-6.1, R1116-7.1].

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::ValueEnum;
use qyzmet_domain::ServiceId;
use qyzmet_engine::{Folder, Severity};

use super::{Failure, check::read_folder, say};

/// The skeletons, inside the binary.
#[derive(rust_embed::Embed)]
#[folder = "templates"]
struct Skeletons;

/// Stands in a skeleton where the id of the service belongs.
const ID: &str = "@ID@";

/// Begins a service: copies a template into a folder of its own.
#[derive(Debug, clap::Args)]
pub struct NewService {
    /// The id of the service: small Latin letters, digits and hyphens; also the name of its folder.
    pub id: ServiceId,
    /// The template: paragraph 6 of decree 1116 (full) or paragraph 7 (partial).
    #[arg(long)]
    pub template: Template,
    /// The folder of folders.
    #[arg(long, default_value = "services")]
    pub services: PathBuf,
}

/// Degree of automation that the template is for [R1116-3].
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Template {
    /// No person takes part on the provider's side.
    Full,
    /// With a payment and an officer's decision.
    Partial,
}

impl Template {
    fn folder(self) -> &'static str {
        match self {
            Self::Full => "full/",
            Self::Partial => "partial/",
        }
    }
}

impl NewService {
    /// Copies, and says what the author must fill in. A folder that is there already is left alone.
    pub(super) fn run(&self) -> Result<(), Failure> {
        let folder = self.services.join(self.id.as_str());
        if folder.exists() {
            return Err(format!("{} is there already", folder.display()).into());
        }
        for name in Skeletons::iter() {
            if let Some(file) = name.strip_prefix(self.template.folder()) {
                self.copy(&name, &folder.join(file))?;
            }
        }
        tell(&folder)
    }

    fn copy(&self, name: &str, to: &Path) -> Result<(), Failure> {
        let file = Skeletons::get(name).ok_or_else(|| format!("the skeleton {name} is missing"))?;
        let text = std::str::from_utf8(&file.data)?.replace(ID, self.id.as_str());
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(to, text)?;
        Ok(())
    }
}

/// What stands between the copy and a service.
fn tell(folder: &Path) -> Result<(), Failure> {
    let findings = qyzmet_engine::inspect(&Folder(read_folder(folder)?)).findings;
    let open = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let path = folder.display();
    say(&format!("{path}: {open} places to fill in; `qyzmet check {path}` names each with its line"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin(template: Template, services: &Path) -> Result<(), Failure> {
        let id = "my-service".parse().unwrap();
        NewService { id, template, services: services.to_owned() }.run()
    }

    /// [R1116-6.1] [R1116-7.1]
    #[test]
    fn a_copy_has_its_id_and_every_file_of_a_service() {
        for template in [Template::Full, Template::Partial] {
            let services =
                std::env::temp_dir().join(format!("qyzmet-new-{}-{template:?}", std::process::id()));
            begin(template, &services).unwrap();
            let folder = Folder(read_folder(&services.join("my-service")).unwrap());
            let seen = qyzmet_engine::inspect(&folder);
            let missing = seen
                .findings
                .iter()
                .filter(|finding| finding.kind == qyzmet_engine::FindingKind::MissingFile);
            assert_eq!(missing.count(), 0);
            assert_eq!(seen.service.unwrap().as_str(), "my-service");
            assert!(begin(template, &services).is_err(), "a folder that is there is left alone");
            fs::remove_dir_all(services).unwrap();
        }
    }
}
