//! The only SQL of the platform: one body of code for SQLite and PostgreSQL, one durable way to change anything.
//!
//! [`Store::write`] takes a synchronous closure over [`Tx`], runs it in one transaction and answers only when the
//! result is on the disk. The closure may be run more than once, so it has no effect but SQL. That is what makes
//! group commit on SQLite and re-runs after a conflict or a failover on PostgreSQL possible.

pub mod counters;
mod dialect;
pub mod documents;
mod error;
pub mod jobs;
pub mod journal;
pub mod limits;
mod migrations;
mod postgres;
mod queue;
pub mod repositories;
mod row;
mod shard;
mod sqlite;
mod statement;
mod statements;
mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod tx;
mod unit;
mod value;

pub use error::StoreError;
pub use row::Row;
pub use statement::Statement;
pub use store::{Store, StoreConfig};
pub use tx::Tx;
pub use value::Value;
