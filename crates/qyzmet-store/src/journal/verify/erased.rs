//! Each payload that was erased has an entry that says who asked for it.

use super::{Finding, Report};
use crate::journal::append::ERASED;
use crate::journal::read::of_kind;
use crate::{StoreError, Tx};

const PAGE: u32 = 512;

/// Looks through all reasons, when there is something to explain at all.
pub(super) fn check(tx: &mut Tx<'_>, report: &mut Report) -> Result<(), StoreError> {
    let mut after = None;
    while !report.unexplained.is_empty() {
        let reasons = of_kind(tx, ERASED, after, PAGE)?;
        let Some(last) = reasons.last() else { break };
        after = Some(last.id);
        for reason in &reasons {
            let erased = reason.payload.as_ref().and_then(|payload| payload.get("entry")?.as_str());
            if let Some(entry) = erased {
                report.unexplained.remove(entry);
            }
        }
    }
    for entry in std::mem::take(&mut report.unexplained) {
        report.find(Finding::Unexplained { entry });
    }
    Ok(())
}
