//! How work came to the officer who has it: who gave it, and why.

use qyzmet_domain::AccountId;
use qyzmet_engine::Event;
use qyzmet_store::{Tx, journal};

use super::{assign::TAKEN, load::Loaded, queue::name_of, views::GivenView};
use crate::Error;

/// The last giving of the work, while somebody has it; none when they took it themselves.
pub(super) fn given(
    tx: &mut Tx<'_>,
    loaded: &Loaded,
    names: &[(AccountId, String)],
) -> Result<Option<GivenView>, Error> {
    if loaded.wait.officer.is_none() {
        return Ok(None);
    }
    let entries = journal::of_case(tx, loaded.case.id)?.into_iter().rev();
    let mut assigned = entries.filter(|entry| entry.what == "case.assigned").filter_map(|entry| {
        let event = serde_json::from_value(entry.payload?).ok()?;
        let Event::Assigned { head, by, reason, .. } = event else { return None };
        (head.action == loaded.wait.action).then_some((by.id, reason, entry.at))
    });
    let last = assigned.next().filter(|(_, reason, _)| reason != TAKEN);
    Ok(last.map(|(by, reason, at)| GivenView { by: name_of(names, by), reason, at }))
}
