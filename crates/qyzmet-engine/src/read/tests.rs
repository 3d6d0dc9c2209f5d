//! The folder of the showcase service reads well; damaged ones are told where and why.

use super::*;
use crate::finding::FindingKind;
use crate::samples::{edited, number_link};

#[test]
fn the_folder_of_the_service_is_without_fault() {
    let findings = check(&number_link());
    assert!(findings.is_empty(), "{}", findings.iter().map(|f| format!("{f}\n")).collect::<String>());
}
