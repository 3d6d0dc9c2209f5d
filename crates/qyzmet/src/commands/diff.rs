//! `qyzmet diff`: what another version of a regulation changes in passport, class, form, texts, table and diagram, and
//! which cases run under which version.

use std::path::{Path, PathBuf};

use qyzmet_app::{ListRunning, RunningVersion, run};
use qyzmet_domain::{Caller, Locale, ServiceId};
use qyzmet_engine::{Change, Difference, Folder, PartChange, Regulation};
use serde_json::json;

use super::{At, Failure, check::read_folder, say};
use crate::wire::wire;

/// Compares two versions of a service folder.
#[derive(Debug, clap::Args)]
pub struct Diff {
    /// The folder as it was.
    pub old: PathBuf,
    /// The folder as it shall be.
    pub new: PathBuf,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
    /// Language of standard, table and diagram: kk, ru or en.
    #[arg(long, default_value = "kk")]
    pub lang: Locale,
    /// The configuration of a portal: lists its running cases of this service too, by version.
    #[arg(long)]
    pub config: Option<PathBuf>,
}

impl Diff {
    /// Prints what changes.
    pub(super) async fn run(self) -> Result<(), Failure> {
        let (old, new) = (draft(&self.old)?, draft(&self.new)?);
        let difference = old.difference(&new, self.lang);
        let running = match self.config {
            Some(config) => Some(running(At { config }, new.id()).await?),
            None => None,
        };
        if self.json {
            let versions = json!({ "service": new.id().to_string(), "old": old.version, "new": new.version });
            say(&json!({ "versions": versions, "changes": difference, "running": running }).to_string());
        } else {
            print(&difference);
            running.iter().flatten().for_each(|of| print_running(of, &old, &new));
        }
        Ok(())
    }
}

/// A folder with faults can be compared too, so long as it can be read.
fn draft(path: &Path) -> Result<Regulation, Failure> {
    let read = qyzmet_engine::read_draft(&Folder(read_folder(path)?));
    read.ok_or_else(|| format!("{0} cannot be read; `qyzmet check {0}` says why", path.display()).into())
}

/// Running cases keep the version that they began with: these stay as they are.
async fn running(at: At, service: &ServiceId) -> Result<Vec<RunningVersion>, Failure> {
    let wired = wire(&at.load()?).await?;
    let running = run(&wired.app, &Caller::System, ListRunning { service: service.clone() }).await?;
    wired.app.store.clone().close().await;
    Ok(running)
}

fn print(difference: &Difference) {
    if difference.is_empty() {
        say("no difference");
    }
    for change in &difference.passport {
        tell(&format!("standard {} {}", change.number, change.row), &change.change);
    }
    for change in &difference.class {
        tell(&format!("class {}", change.what), &change.change);
    }
    for (file, parts) in [
        ("service.toml", &difference.service),
        ("form.toml", &difference.form),
        ("process.toml", &difference.units),
    ] {
        parts.iter().for_each(|part| print_part(file, part));
    }
    for change in &difference.texts {
        tell(&format!("text {} {}", change.locale, change.key), &change.change);
    }
    for change in &difference.table {
        tell(&format!("table {} {}", change.action, change.row), &change.change);
    }
    for change in &difference.diagram {
        tell(&format!("diagram {}", change.symbol), &change.change);
    }
}

fn print_part(file: &str, part: &PartChange) {
    let key = part.key.iter().map(|key| format!(" {key}")).collect::<String>();
    tell(&format!("{file} {}{key}", part.part), &part.change);
}

fn print_running(of: &RunningVersion, old: &Regulation, new: &Regulation) {
    let which = match of.version.as_str() {
        version if version == new.version.as_str() => " (new)",
        version if version == old.version.as_str() => " (old)",
        _ => "",
    };
    say(&format!("running under version {}{which}: {}", of.version, of.count));
    of.cases.iter().for_each(|case| say(&format!("  {case}")));
}

fn tell(place: &str, change: &Change) {
    say(place);
    for (sign, words) in [("-", &change.old), ("+", &change.new)] {
        for line in words.iter().flat_map(|words| words.lines()) {
            say(&format!("  {sign} {line}"));
        }
    }
}
