//! The one door: every use case, reading or writing, is let in, traced, measured and run here.

use std::{future::Future, time::Instant};

use jiff::Timestamp;
use qyzmet_domain::{AccountId, Caller, OfficerSession};
use qyzmet_store::Tx;

use crate::{Access, App, Draw, Error, work::Left};

/// One thing that a person or a timer does.
pub trait UseCase: Send + 'static {
    /// The view that it gives.
    type Output: Send;
    /// Its name in traces and metrics.
    const NAME: &'static str;
    /// Whom it is for.
    const ACCESS: Access;

    /// Does it. Signatures are verified before the write; the write loads, decides and stores in one unit.
    fn run(self, cx: Cx) -> impl Future<Output = Result<Self::Output, Error>> + Send;
}

/// What a use case gets once it has been let in; it cannot be made outside this file.
pub struct Cx {
    /// The application.
    pub app: App,
    /// Who asks.
    pub caller: Caller,
    /// When; the same moment for everything that this use case does.
    pub now: Timestamp,
}

impl Cx {
    /// The account that asks.
    ///
    /// # Errors
    /// [`Error::SignInNeeded`] when nobody is signed in.
    pub fn account(&self) -> Result<AccountId, Error> {
        match &self.caller {
            Caller::Person(session) => Ok(session.account),
            _ => Err(Error::SignInNeeded),
        }
    }

    /// The officer who asks.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the caller is none.
    pub fn officer(&self) -> Result<OfficerSession, Error> {
        match &self.caller {
            Caller::Officer(officer) => Ok(officer.clone()),
            _ => Err(Error::NotFound),
        }
    }

    /// Runs one unit of work durably: the answer comes after the commit. The unit may run again, so it has no effect but SQL.
    ///
    /// # Errors
    /// What the unit answers, or [`Error::Busy`] and [`Error::Fault`] of the store.
    pub async fn write<T: Send + 'static>(
        &self,
        unit: impl Fn(&mut Tx<'_>, &mut Draw) -> Result<T, Error> + Send + Sync + 'static,
    ) -> Result<T, Error> {
        let (seed, now, app) = (self.app.entropy.seed().map_err(Error::fault)?, self.now, self.app.clone());
        let left = Left::for_worker(app.hands());
        // On a task of its own: a caller who goes away takes nothing from the worker.
        let written = tokio::spawn(async move {
            let unit = move |tx: &mut Tx<'_>| {
                let mut draw = Draw::new(seed, now).leaving(left.clone());
                let answer = unit(tx, &mut draw)?;
                Ok::<_, Error>((answer, draw.left))
            };
            let (answer, left) = app.store.write(unit).await?;
            left.hand_over(&app).await;
            Ok(answer)
        });
        written.await.map_err(Error::fault)?
    }

    /// Runs one reading unit on a consistent view of the store.
    ///
    /// # Errors
    /// As [`Cx::write`].
    pub async fn read<T: Send + 'static>(
        &self,
        unit: impl Fn(&mut Tx<'_>) -> Result<T, Error> + Send + Sync + 'static,
    ) -> Result<T, Error> {
        self.app.store.read(unit).await
    }
}

/// Lets a caller in and runs the use case.
///
/// # Errors
/// What [`Access::check`] or the use case answers.
pub async fn run<U: UseCase>(app: &App, caller: &Caller, use_case: U) -> Result<U::Output, Error> {
    let started = Instant::now();
    let outcome = match U::ACCESS.check(caller) {
        Ok(()) => {
            let caller = U::ACCESS.acting(caller);
            use_case.run(Cx { app: app.clone(), caller, now: app.now() }).await
        }
        Err(error) => Err(error),
    };
    let word = outcome.as_ref().map_or_else(Error::kind, |_| "ok");
    metrics::histogram!("qyzmet_use_case_seconds", "name" => U::NAME, "outcome" => word)
        .record(started.elapsed());
    if let Err(error @ (Error::Fault(_) | Error::Nested)) = &outcome {
        tracing::error!(use_case = U::NAME, detail = %error, "a use case failed");
    }
    outcome
}
