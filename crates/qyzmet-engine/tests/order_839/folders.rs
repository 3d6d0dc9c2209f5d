//! The folders of this repository, read from disk.

use std::path::{Path, PathBuf};

use qyzmet_engine::{Finding, Folder, Inspection, Regulation, compare, inspect, read, read_draft};

/// The corrected services, by the number of their table.
pub(crate) const CORRECTED: [&str; 5] =
    ["nca-issue-portal", "nca-reissue-portal", "nca-revoke-portal", "nca-issue-card", "nca-revoke-centre"];

/// The folders with the tables as printed, by the number of their table.
const PRINTED: [&str; 5] =
    ["1-issue-portal", "2-reissue-portal", "3-revoke-portal", "4-issue-card", "5-revoke-centre"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn folder(path: &Path) -> Folder {
    let mut folder = Folder::default();
    for (place, prefix) in [(path.to_owned(), ""), (path.join("examples"), "examples/")] {
        for entry in
            std::fs::read_dir(place).into_iter().flatten().flatten().filter(|entry| entry.path().is_file())
        {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            folder.0.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    folder
}

fn corrected_folder(table: usize) -> Folder {
    folder(&root().join("services").join(CORRECTED[table - 1]))
}

fn printed_folder(table: usize) -> Folder {
    folder(&root().join("tests/acts/839-as-printed").join(PRINTED[table - 1]))
}

/// A corrected service, fit to run.
pub(crate) fn corrected(table: usize) -> Regulation {
    read(&corrected_folder(table)).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

/// A printed table, fit to run or not.
pub(crate) fn printed(table: usize) -> Inspection {
    inspect(&printed_folder(table))
}

/// All findings about a folder, also beside the other tables of its kind.
fn findings(seen: Inspection, others: &[Regulation]) -> Vec<Finding> {
    let regulation = seen.regulation.unwrap_or_else(|| panic!("unreadable: {:#?}", seen.findings));
    seen.findings.into_iter().chain(compare(&regulation, others)).collect()
}

/// What the checker says of a corrected table.
pub(crate) fn about_corrected(table: usize) -> Vec<Finding> {
    let others: Vec<_> = (1..=5).filter_map(|table| read_draft(&corrected_folder(table))).collect();
    findings(inspect(&corrected_folder(table)), &others)
}

/// What the checker says of a printed table.
pub(crate) fn about_printed(table: usize) -> Vec<Finding> {
    let others: Vec<_> = (1..=5).filter_map(|table| read_draft(&printed_folder(table))).collect();
    findings(printed(table), &others)
}
