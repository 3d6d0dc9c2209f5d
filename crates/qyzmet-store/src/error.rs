//! What can go wrong in the store, as far as a caller would act differently.

/// Why the store did not do what was asked. Texts name tables and constraints, never values of a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// More work waits than the queue holds: answer 503 and let the client come back.
    #[error("the store has more work than it can queue")]
    Overloaded,
    /// The unit kept colliding with others until its attempts were used up: it may simply be tried again.
    #[error("the change collided with others too often")]
    Conflict,
    /// A row with the same unique key exists; the text names the constraint.
    #[error("a row with this key exists: {0}")]
    Duplicate(String),
    /// The database cannot be reached. When a change gets this answer, the connection broke and stayed broken: in rare
    /// cases the change was committed just before, so it must be repeatable (a key, a sequence) to be tried again.
    #[error("the database cannot be reached")]
    Unavailable,
    /// There is no space for the change; reading still works.
    #[error("the disk of the database is full")]
    DiskFull,
    /// What was read is not what was once written.
    #[error("damaged data: {0}")]
    Corrupt(String),
    /// The tables are not those of this program: `qyzmet migrate` has to be run, or the program is too old.
    #[error("the schema is not current: {0}")]
    Schema(String),
    /// The store has been closed.
    #[error("the store is closed")]
    Closed,
    /// Anything else: a programming mistake or an unknown failure of the engine.
    #[error("database: {0}")]
    Database(String),
}
