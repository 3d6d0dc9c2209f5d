//! `qyzmet publish`: a version of a regulation goes to all nodes.

use std::path::{Path, PathBuf};

use qyzmet_app::{App, PublishError, PublishService, run};
use qyzmet_domain::Caller;

use super::{At, Failure, check::read_folder, say};
use crate::wire::wire;

/// Publishes the folder of a service.
#[derive(Debug, clap::Args)]
pub struct Publish {
    /// The folder.
    pub path: PathBuf,
    /// Configuration.
    #[command(flatten)]
    pub at: At,
}

impl Publish {
    /// Publishes, or says what keeps it from being published.
    pub(super) async fn run(&self) -> Result<(), Failure> {
        let wired = wire(&self.at.load()?).await?;
        publish(&wired.app, &self.path).await?;
        wired.app.store.clone().close().await;
        Ok(())
    }
}

/// Publishes one folder.
pub(super) async fn publish(app: &App, path: &Path) -> Result<(), Failure> {
    let folder = read_folder(path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match run(app, &Caller::System, PublishService { name, folder }).await? {
        Ok((service, version)) => {
            say(&format!("published {service}, version {version}"));
            Ok(())
        }
        Err(PublishError::NoKey { owner }) => {
            Err(format!("no key of an authorised employee of {owner}").into())
        }
        Err(PublishError::Findings(findings)) => {
            for finding in &findings {
                say(&format!("{}/{finding}", path.display()));
            }
            Err(format!("{} is not published", path.display()).into())
        }
    }
}
