//! `qyzmet migrate`: brings the database up to date.

use qyzmet_store::Store;

use super::{Failure, say};
use crate::{config::Config, wire::store_config};

/// Applies what is missing and says what it was.
pub(super) async fn migrate(config: Config) -> Result<(), Failure> {
    if let Some(folder) = config.store.path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let applied = Store::migrate(store_config(&config.store)?).await?;
    for name in &applied {
        say(&format!("applied {name}"));
    }
    say(&format!("{} migrations applied, the database is up to date", applied.len()));
    Ok(())
}
