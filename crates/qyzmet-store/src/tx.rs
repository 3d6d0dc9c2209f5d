//! One transaction, as a unit of work sees it: two kinds of questions to the database, and nothing else.

use crate::{Row, Statement, StoreError, Value};

/// The transaction in which a unit of work runs.
///
/// A statement that fails dooms the whole unit, even if its closure goes on and answers `Ok`: PostgreSQL could not
/// commit it, and SQLite behaves the same so that code proved on one engine holds on the other.
pub struct Tx<'session> {
    session: &'session mut dyn Session,
    doom: Option<StoreError>,
}

/// A connection to one of the engines.
pub(crate) trait Session {
    /// Runs a statement that answers no rows; the number of rows that it changed.
    fn execute(&mut self, statement: &'static Statement, values: &[Value]) -> Result<u64, StoreError>;

    /// Runs a statement and answers its rows.
    fn rows(&mut self, statement: &'static Statement, values: &[Value]) -> Result<Vec<Row>, StoreError>;

    /// Checks a statement against the schema and keeps it prepared.
    fn check(&mut self, statement: &'static Statement) -> Result<(), StoreError>;
}

impl<'session> Tx<'session> {
    pub(crate) fn new(session: &'session mut dyn Session) -> Self {
        Self { session, doom: None }
    }

    /// Runs a statement that answers no rows; the number of rows that it changed.
    pub fn execute(&mut self, statement: &'static Statement, values: &[Value]) -> Result<u64, StoreError> {
        let outcome = self.session.execute(statement, values);
        self.remember(outcome)
    }

    /// Runs a statement and answers all its rows: the statement itself bounds their number.
    pub fn rows(&mut self, statement: &'static Statement, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let outcome = self.session.rows(statement, values);
        self.remember(outcome)
    }

    /// Runs a statement that answers one row or none; a second row is an error, for the key is then not a key.
    pub fn one(
        &mut self,
        statement: &'static Statement,
        values: &[Value],
    ) -> Result<Option<Row>, StoreError> {
        let mut rows = self.rows(statement, values)?.into_iter();
        let first = rows.next();
        if rows.next().is_some() {
            return self.remember(Err(StoreError::Corrupt(format!("{} found two rows", statement.name()))));
        }
        Ok(first)
    }

    /// Dooms the unit from outside: its closure panicked.
    pub(crate) fn doom(&mut self, error: StoreError) {
        self.doom.get_or_insert(error);
    }

    pub(crate) fn take_doom(&mut self) -> Option<StoreError> {
        self.doom.take()
    }

    fn remember<T>(&mut self, outcome: Result<T, StoreError>) -> Result<T, StoreError> {
        if let Err(error) = &outcome {
            self.doom.get_or_insert_with(|| error.clone());
        }
        outcome
    }
}
