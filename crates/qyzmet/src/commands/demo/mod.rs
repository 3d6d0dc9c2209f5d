//! `qyzmet demo-seed`: everything that a demonstration needs, made once: authorities, keys, people, services.

mod authority;
mod crowd;
mod officers;
mod people;
mod places;
mod register;

use std::path::PathBuf;

use jiff::Timestamp;
use qyzmet_app::Clock;

pub(super) use people::KEY_PASSWORD;
pub(super) use places::Places;

use super::{At, Failure, publish::publish, say};
use crate::wire::wire;

/// Prepares a demonstration.
#[derive(Debug, clap::Args)]
pub struct Seed {
    /// Folder to fill with keys, certificates and people.
    #[arg(long)]
    pub out: PathBuf,
    /// Folder with the services to publish.
    #[arg(long, default_value = "services")]
    pub services: PathBuf,
    /// How many accounts besides those of the known demo people, for benchmarks: without passwords and with one key.
    #[arg(long, default_value_t = 0)]
    pub accounts: u32,
    /// Configuration.
    #[command(flatten)]
    pub at: At,
}

impl Seed {
    /// Makes keys and certificates, then accounts and services in the store.
    pub(super) async fn run(&self) -> Result<(), Failure> {
        let now: Timestamp = Clock::default().now();
        let places = Places::new(&self.out);
        if places.nca().root().exists() {
            return Err(format!(
                "{} is seeded already, in part at least: remove it first",
                self.out.display()
            )
            .into());
        }
        places.make()?;
        authority::draw(&places)?;
        let authority = authority::found(&places, now)?;
        authority::equip(&places, &authority, now)?;
        let wired = wire(&self.at.load()?).await?;
        let mut list = people::settle(&wired.app, &places, &authority).await?;
        if self.accounts > 0 {
            crowd::gather(&wired.app, &places, &authority, self.accounts).await?;
        }
        let mut services: Vec<PathBuf> = std::fs::read_dir(&self.services)?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_, std::io::Error>>()?;
        services.sort();
        for service in services.iter().filter(|path| path.is_dir()) {
            publish(&wired.app, service).await?;
        }
        list.extend(officers::appoint(&wired.app, &places, &authority).await?);
        register::register(&wired.app, &places).await?;
        std::fs::write(places.list(), serde_json::to_vec_pretty(&list)?)?;
        wired.app.store.clone().close().await;
        say(&format!("the demonstration is ready in {}", self.out.display()));
        Ok(())
    }
}
