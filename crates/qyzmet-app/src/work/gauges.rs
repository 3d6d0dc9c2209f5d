//! Figures that an operator's alarm looks at: how much work waits, and since when.

use qyzmet_store::jobs::{self, State};

use crate::{Access, Cx, Error, UseCase};

/// Reports the queue of jobs and of writes as metrics.
pub(super) struct ReportGauges;

impl UseCase for ReportGauges {
    type Output = ();
    const NAME: &'static str = "report-gauges";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let counts = cx.read(|tx| Ok(jobs::counts(tx)?)).await?;
        for count in counts {
            let state = match count.state {
                State::Ready => "ready",
                State::Leased => "leased",
                State::Done => continue,
                State::Dead => "dead",
            };
            let labels = [("kind", count.kind.clone()), ("state", state.to_owned())];
            metrics::gauge!("qyzmet_jobs", &labels).set(count.jobs as f64);
            let age = cx.now.duration_since(count.oldest).as_secs_f64().max(0.0);
            metrics::gauge!("qyzmet_jobs_oldest_seconds", &labels).set(age);
        }
        metrics::gauge!("qyzmet_store_waiting").set(cx.app.store.waiting() as f64);
        Ok(())
    }
}
