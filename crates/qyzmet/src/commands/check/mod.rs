//! `qyzmet check`: what is wrong in the folder of a service, its class and its method.

mod acts;
mod examples;
mod folders;
mod outputs;

use std::path::{Path, PathBuf};

use qyzmet_engine::{Acts, Finding, Folder, Inspection, Regulation, Severity};
use serde_json::json;

pub(super) use folders::read_folder;

use super::{Failure, say};

/// Checks the folder of a service, or every service in a folder of folders.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// The folder of a service, or a folder with such folders.
    pub path: PathBuf,
    /// Prints JSON: one object for each service, each in a line of its own.
    #[arg(long)]
    pub json: bool,
    /// Runs the sample cases of the folder and tells the way that each one takes.
    #[arg(long)]
    pub examples: bool,
    /// Checks clauses against the acts in this folder (`*.toml`, as in `acts/`) instead of those that come with the program.
    #[arg(long, value_name = "DIR")]
    pub acts: Option<PathBuf>,
    /// What is written besides.
    #[command(flatten)]
    pub outputs: outputs::Outputs,
}

impl Check {
    /// Prints findings; errors among them make the exit code 1.
    pub(super) fn run(&self) -> Result<(), Failure> {
        let folders = folders::services(&self.path)?;
        if self.outputs.any() && folders.len() > 1 {
            return Err("--bpmn, --svg and --print write the files of one service: name its folder".into());
        }
        let own = self.acts.as_deref().map(acts::read).transpose()?;
        let acts = own.as_ref().unwrap_or(Acts::known());
        let mut errors = 0;
        for path in &folders {
            errors += self.one(path, acts)?;
        }
        match errors {
            0 => Ok(()),
            1 => Err(format!("1 error in {}", self.path.display()).into()),
            _ => Err(format!("{errors} errors in {}", self.path.display()).into()),
        }
    }

    /// Checks one folder beside its neighbours and tells how many errors it has.
    fn one(&self, path: &Path, acts: &Acts) -> Result<usize, Failure> {
        let contents = folders::contents(path)?;
        let mut seen = qyzmet_engine::inspect_by(&Folder(contents.files), acts);
        seen.findings.extend(contents.findings);
        if let Some(regulation) = &seen.regulation {
            let neighbours = neighbours(path);
            seen.findings.extend(qyzmet_engine::compare(regulation, &neighbours));
            seen.findings.extend(qyzmet_engine::nesting(regulation, &neighbours));
            seen.findings.extend(qyzmet_app::check_template(regulation));
        }
        seen.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        if self.json {
            say(&as_json(&seen).to_string());
        } else {
            print(path, &seen);
        }
        if let (true, false, Some(regulation)) = (self.examples, self.json, &seen.regulation) {
            examples::tell(regulation);
        }
        if let Some(regulation) = &seen.regulation {
            self.outputs.write(regulation)?;
        }
        Ok(seen.findings.iter().filter(|finding| finding.severity == Severity::Error).count())
    }
}

/// The other services in the folder that holds this one.
fn neighbours(path: &Path) -> Vec<Regulation> {
    let draft = |path: PathBuf| qyzmet_engine::read_draft(&Folder(read_folder(&path).ok()?));
    folders::beside(path).into_iter().filter_map(draft).collect()
}

fn as_json(seen: &Inspection) -> serde_json::Value {
    json!({
        "service": seen.service.as_ref().map(ToString::to_string),
        "score": seen.class.as_ref().map(|class| class.score),
        "method": seen.class.as_ref().map(|class| class.method.as_str()),
        "findings": seen.findings,
    })
}

fn print(path: &Path, seen: &Inspection) {
    for finding in &seen.findings {
        say(&format!("{}/{finding}", path.display()));
    }
    let service = seen.service.as_ref().map_or_else(|| path.display().to_string(), ToString::to_string);
    let class = seen.class.as_ref().map_or_else(String::new, |class| {
        format!("score {}, method {}, ", class.score, class.method.as_str())
    });
    say(&format!("{service}: {class}{}", counted(&seen.findings)));
}

fn counted(findings: &[Finding]) -> String {
    match findings.len() {
        0 => "no findings".to_owned(),
        1 => "1 finding".to_owned(),
        many => format!("{many} findings"),
    }
}
