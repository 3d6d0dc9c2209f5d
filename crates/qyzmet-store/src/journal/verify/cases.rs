//! The entries of each case are numbered without gaps.

use super::{Finding, Report};
use crate::{StoreError, Tx, sql};

const PAGE: i64 = 4096;

sql! {
    NUMBERS = "SELECT case_id, case_sequence FROM journal WHERE (case_id, case_sequence) > ($1, $2)
        ORDER BY case_id, case_sequence LIMIT $3";
}

/// Counts through all cases.
pub(super) fn check(tx: &mut Tx<'_>, report: &mut Report) -> Result<(), StoreError> {
    let (mut case, mut number) = (String::new(), 0);
    loop {
        let rows = tx.rows(&NUMBERS, &[(&case).into(), number.into(), PAGE.into()])?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            let next = row.text(0)?;
            if next != case {
                report.cases += 1;
                (case, number) = (next, 0);
            }
            let found = row.int(1)?;
            if found != number + 1 {
                report.find(Finding::Gap { case: case.clone(), expected: number.unsigned_abs() + 1 });
            }
            number = found;
        }
    }
}
