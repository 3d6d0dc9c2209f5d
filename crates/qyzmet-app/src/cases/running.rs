//! Which cases of a service run, by the version that each began with: whom a new version does not concern.

use qyzmet_domain::{CaseId, ServiceId};
use qyzmet_store::repositories::cases;

use crate::{Access, Cx, Error, UseCase};

/// How many cases of one version are named; the others are counted.
const NAMED: i64 = 1000;

/// Lists the running cases of a service.
pub struct ListRunning {
    /// Which service.
    pub service: ServiceId,
}

/// The running cases of one version.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RunningVersion {
    /// The version.
    pub version: String,
    /// How many run.
    pub count: u64,
    /// Their ids, the oldest first; not all when there are very many.
    pub cases: Vec<CaseId>,
}

impl UseCase for ListRunning {
    type Output = Vec<RunningVersion>;
    const NAME: &'static str = "list-running";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<Vec<RunningVersion>, Error> {
        cx.read(move |tx| {
            let mut running = Vec::new();
            for (version, count) in cases::running_versions(tx, &self.service)? {
                let cases = cases::running_of_version(tx, &self.service, &version, NAMED)?;
                running.push(RunningVersion { version, count, cases });
            }
            Ok(running)
        })
        .await
    }
}
