//! Figures that an operator's alarm looks at: how much work waits, and since when.

use qyzmet_store::jobs::{self, Count, State};

use super::{KINDS, KINDS_OF_AUTHORITY};
use crate::{Access, Cx, Error, UseCase};

/// States that matter to an alarm, with their labels.
const STATES: [(State, &str); 3] =
    [(State::Ready, "ready"), (State::Leased, "leased"), (State::Dead, "dead")];

/// Reports the queue of jobs and of writes as metrics.
pub(super) struct ReportGauges;

impl UseCase for ReportGauges {
    type Output = ();
    const NAME: &'static str = "report-gauges";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let counts = cx.read(|tx| Ok(jobs::counts(tx)?)).await?;
        for kind in KINDS.into_iter().chain(KINDS_OF_AUTHORITY) {
            for (state, label) in STATES {
                let found = counts.iter().find(|count| count.kind == kind && count.state == state);
                report(&cx, kind, label, found);
            }
        }
        metrics::gauge!("qyzmet_store_waiting").set(cx.app.store.waiting() as f64);
        Ok(())
    }
}

/// A kind of which there is none is reported as none, so that an alarm can end.
fn report(cx: &Cx, kind: &'static str, state: &'static str, found: Option<&Count>) {
    let age = found.map_or(0.0, |count| cx.now.duration_since(count.oldest).as_secs_f64().max(0.0));
    let jobs = found.map_or(0, |count| count.jobs);
    metrics::gauge!("qyzmet_jobs", "kind" => kind, "state" => state).set(jobs as f64);
    metrics::gauge!("qyzmet_jobs_oldest_seconds", "kind" => kind, "state" => state).set(age);
}
