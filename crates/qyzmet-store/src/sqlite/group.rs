//! Units that are committed together: one transaction, one fsync.

use super::answers::Member;
use super::connection::Connection;
use crate::StoreError;
use crate::unit::{Ran, Unit};

/// A transaction under way with the units that have run in it.
///
/// Savepoints copy every page that a unit touches, and nearly no unit has to be undone. So units run without; when one
/// that has changed something is not to be kept, the transaction begins anew and all its units run again, each under
/// a savepoint. A unit has no effect but SQL, so nobody can tell.
pub(super) struct Group<'c> {
    connection: &'c mut Connection,
    units: Vec<Member>,
    savepoints: bool,
    /// The error for which the whole transaction is gone.
    lost: Option<StoreError>,
}

impl<'c> Group<'c> {
    /// Begins the transaction.
    pub(super) fn begin(connection: &'c mut Connection) -> Self {
        let lost = connection.control("BEGIN IMMEDIATE").err();
        Self { connection, units: Vec::new(), savepoints: false, lost }
    }

    pub(super) fn len(&self) -> usize {
        self.units.len()
    }

    /// Runs a unit; it is answered when the group is committed.
    pub(super) fn run(&mut self, unit: Box<dyn Unit>) {
        self.units.push(Member { unit, fate: Ok(()) });
        if self.lost.is_none() {
            self.lost = self.run_last().err();
        }
    }

    /// Commits; the units are to be answered now. When that cannot be done, everybody gets that error, also those whose closure
    /// refused: what they refused for may have been an uncommitted change of a neighbour in the same group.
    pub(super) fn commit(mut self) -> Vec<Member> {
        let committed = self.lost.take().map_or_else(|| self.connection.control("COMMIT"), Err);
        if let Err(error) = committed {
            tracing::error!(%error, units = self.units.len(), "a group of changes was not committed");
            self.abandon();
            self.units.iter_mut().for_each(|member| member.fate = Err(error.clone()));
        }
        self.units
    }

    /// The error means that the whole transaction is gone, here and below.
    fn run_last(&mut self) -> Result<(), StoreError> {
        let Some(Member { unit, fate }) = self.units.last_mut() else { return Ok(()) };
        if self.savepoints {
            *fate = run_under_savepoint(self.connection, unit.as_mut())?;
            return Ok(());
        }
        let before = self.connection.changes();
        let ran = run(self.connection, unit.as_mut())?;
        let undo = match ran {
            Ran::Keep => false,
            Ran::Refused(None) => self.connection.changes() != before,
            Ran::Refused(Some(_)) | Ran::Doomed(_) => true,
        };
        if undo { self.run_all_again() } else { Ok(()) }
    }

    fn run_all_again(&mut self) -> Result<(), StoreError> {
        self.savepoints = true;
        self.connection.control("ROLLBACK")?;
        self.connection.control("BEGIN IMMEDIATE")?;
        for Member { unit, fate } in &mut self.units {
            *fate = run_under_savepoint(self.connection, unit.as_mut())?;
        }
        Ok(())
    }

    fn abandon(&self) {
        if self.connection.in_transaction()
            && let Err(error) = self.connection.batch("ROLLBACK")
        {
            tracing::error!(%error, "a failed transaction could not be rolled back");
        }
    }
}

fn run_under_savepoint(
    connection: &mut Connection,
    unit: &mut dyn Unit,
) -> Result<Result<(), StoreError>, StoreError> {
    connection.control("SAVEPOINT unit")?;
    let ran = run(connection, unit)?;
    if !matches!(ran, Ran::Keep) {
        connection.control("ROLLBACK TO unit")?;
    }
    connection.control("RELEASE unit")?;
    Ok(ran.fate())
}

/// SQLite ends the transaction by itself after some failures, a full disk among them.
fn run(connection: &mut Connection, unit: &mut dyn Unit) -> Result<Ran, StoreError> {
    let ran = unit.run(connection);
    if connection.in_transaction() {
        return Ok(ran);
    }
    Err(ran.failure().cloned().unwrap_or(StoreError::Conflict))
}
