//! Runs the sample cases of a folder and tells the way that each one takes.

use qyzmet_engine::{Path, Regulation, run_example};

use super::say;

/// One line for each example. One that fails has its finding already; here it is told beside those that hold.
pub(super) fn tell(regulation: &Regulation) {
    for example in &regulation.examples {
        match run_example(regulation, example) {
            Ok(path) => say(&format!("ok      {}: {}", example.name, way(&path))),
            Err(mismatch) => say(&format!("failed  {}: {mismatch}", example.name)),
        }
    }
}

fn way(path: &Path) -> String {
    let actions: Vec<_> = path.actions.iter().map(ToString::to_string).collect();
    format!("{}, {}, {:#}", actions.join(" → "), path.outcome, path.took)
}
