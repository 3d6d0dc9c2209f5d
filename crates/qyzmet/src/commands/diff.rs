//! `qyzmet diff`: what another version of a regulation changes in texts, table and diagram.

use std::path::{Path, PathBuf};

use qyzmet_domain::Locale;
use qyzmet_engine::{Change, Difference, Folder, Regulation};
use serde_json::json;

use super::{Failure, check::read_folder, say};

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
    /// Language of table and diagram: kk, ru or en.
    #[arg(long, default_value = "kk")]
    pub lang: Locale,
}

impl Diff {
    /// Prints what changes.
    pub(super) fn run(&self) -> Result<(), Failure> {
        let (old, new) = (draft(&self.old)?, draft(&self.new)?);
        let difference = old.difference(&new, self.lang);
        if self.json {
            let versions = json!({ "service": new.id().to_string(), "old": old.version, "new": new.version });
            say(&json!({ "versions": versions, "changes": difference }).to_string());
        } else {
            print(&difference);
        }
        Ok(())
    }
}

/// A folder with faults can be compared too, so long as it can be read.
fn draft(path: &Path) -> Result<Regulation, Failure> {
    let read = qyzmet_engine::read_draft(&Folder(read_folder(path)?));
    read.ok_or_else(|| format!("{0} cannot be read; `qyzmet check {0}` says why", path.display()).into())
}

fn print(difference: &Difference) {
    if difference.is_empty() {
        say("no difference in texts, table and diagram");
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

fn tell(place: &str, change: &Change) {
    say(place);
    for (sign, words) in [("-", &change.old), ("+", &change.new)] {
        for line in words.iter().flat_map(|words| words.lines()) {
            say(&format!("  {sign} {line}"));
        }
    }
}
