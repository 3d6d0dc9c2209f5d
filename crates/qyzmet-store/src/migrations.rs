//! The numbered changes of the schema, embedded at build; one text serves both engines through the dialect.

use sha2::{Digest, Sha256};

use crate::{StoreError, Tx, sql, statements, tx::Session};

/// A numbered file of `migrations/`. Once released it never changes.
pub(crate) struct Migration {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
}

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(Migration { name: $name, text: include_str!(concat!("../migrations/", $name, ".sql")) }),+]
    };
}

/// All migrations in the order of their numbers: 0001-0099 the store's own, from 0100 the repositories'.
pub(crate) static ALL: &[Migration] = files! {
    "0001_counters",
    "0002_jobs",
    "0003_journal",
    "0004_limits",
    "0005_workers",
    "0006_documents",
    "0100_people",
    "0101_services",
    "0102_receipts",
    "0110_desk",
    "0111_payments",
    "0112_calendar",
    "0113_late_payments",
    "0114_head_notices",
    "0120_rejected",
    "0130_frozen",
    "0140_open_cases",
    "0200_certificates",
    "0210_orders",
    "0220_conduct",
    "0230_order_status",
    "0240_reminders",
    "0250_order_problems",
    "0260_journal_by_subject",
    "0270_order_numbers",
    "0280_rejected_payments",
    "0330_cases_in_order",
    "0340_journal_places",
};

sql! {
    APPLIED = "SELECT name, checksum FROM migration ORDER BY name";
    RECORD = "INSERT INTO migration (name, checksum) VALUES ($1, $2)";
}

/// The table in which applied migrations are recorded; made before anything else.
pub(crate) const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (
  name TEXT PRIMARY KEY,
  checksum TEXT NOT NULL
);";

impl Migration {
    fn checksum(&self) -> String {
        hex::encode(Sha256::digest(self.text.as_bytes()))
    }
}

/// The migrations still to be applied; an error when the database knows one that this program does not, or another
/// text under the same name.
pub(crate) fn pending(tx: &mut Tx) -> Result<Vec<&'static Migration>, StoreError> {
    let mut applied = Vec::new();
    for row in tx.rows(&APPLIED, &[])? {
        let (name, checksum) = (row.text(0)?, row.text(1)?);
        let known = ALL.iter().find(|migration| migration.name == name).ok_or_else(|| {
            StoreError::Schema(format!("migration {name} of the database is unknown to this program"))
        })?;
        if known.checksum() != checksum {
            return Err(StoreError::Schema(format!(
                "migration {name} was changed after it had been applied"
            )));
        }
        applied.push(name);
    }
    Ok(ALL.iter().filter(|migration| !applied.iter().any(|name| name == migration.name)).collect())
}

/// Fails unless every migration has been applied and every statement fits the tables.
pub(crate) fn check(session: &mut dyn Session) -> Result<(), StoreError> {
    let pending = pending(&mut Tx::new(session)).map_err(|error| match error {
        // The table of migrations itself is missing.
        StoreError::Database(text) => StoreError::Schema(format!("run `qyzmet migrate`: {text}")),
        other => other,
    })?;
    if !pending.is_empty() {
        let names: Vec<_> = pending.iter().map(|migration| migration.name).collect();
        return Err(StoreError::Schema(format!("run `qyzmet migrate`; missing: {}", names.join(", "))));
    }
    statements::all().try_for_each(|statement| {
        session.check(statement).map_err(|error| match error {
            StoreError::Database(text) => {
                StoreError::Schema(format!("{}::{}: {text}", statement.module(), statement.name()))
            }
            other => other,
        })
    })
}

/// Notes that a migration has been applied.
pub(crate) fn record(tx: &mut Tx, migration: &Migration) -> Result<(), StoreError> {
    tx.execute(&RECORD, &[migration.name.into(), migration.checksum().into()])?;
    Ok(())
}
