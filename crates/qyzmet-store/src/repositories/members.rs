//! Services that a composite has started, each a case of its own of the same person [R10-2.5].

use qyzmet_domain::CaseId;

use crate::{StoreError, Tx, sql};

sql! {
    INSERT = "INSERT INTO members (case_id, parent_id) VALUES ($1, $2)";
    PARENT = "SELECT parent_id FROM members WHERE case_id = $1";
}

/// Keeps which composite has started a case.
///
/// # Errors
/// Those of the store.
pub fn insert(tx: &mut Tx, member: CaseId, parent: CaseId) -> Result<(), StoreError> {
    tx.execute(&INSERT, &[member.into(), parent.into()])?;
    Ok(())
}

/// The composite that has started a case.
///
/// # Errors
/// Those of the store.
pub fn parent(tx: &mut Tx, member: CaseId) -> Result<Option<CaseId>, StoreError> {
    tx.one(&PARENT, &[member.into()])?.map(|row| row.parsed(0)).transpose()
}
