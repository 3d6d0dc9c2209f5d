//! How the signing role is, seen from the portal: whether it answers, which keys it holds, and what waits for it.

use std::time::Duration;

use qyzmet_store::jobs::{self, State};
use serde::Serialize;
use tokio::time::timeout;

use super::Authorities;
use crate::{
    Access, Cx, Error, UseCase,
    ports::Fault,
    work::{KINDS_OF_AUTHORITY, SIGN_CERTIFICATES},
};

/// How long the signer may think about how it is. It only looks at its stores; longer means that it hangs.
const PATIENCE: Duration = Duration::from_secs(2);

/// The signing role.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SignerHealth {
    /// Whether it answers, holds the key of every authority that publishes from here, and has given no order up.
    pub well: bool,
    /// Whether it answers.
    pub answers: bool,
    /// Orders whose certificates wait to be signed.
    pub waiting: u64,
    /// Orders that the signer refused for good: somebody has to look at them.
    pub given_up: u64,
}

/// Asks the signer how it is and counts what waits for it.
pub(super) async fn health(cx: &Cx, authority: &Authorities) -> Result<SignerHealth, Error> {
    let ready = ask(authority).await;
    let counts = cx.read(|tx| Ok(jobs::counts(tx)?)).await?;
    let of = |wanted: &[State]| -> u64 {
        let mine = counts.iter().filter(|count| count.kind == SIGN_CERTIFICATES);
        mine.filter(|count| wanted.contains(&count.state)).map(|count| count.jobs).sum()
    };
    let given_up = of(&[State::Dead]);
    Ok(SignerHealth {
        well: given_up == 0 && ready.as_ref().is_ok_and(|held| holds_all(authority, held)),
        answers: ready.is_ok(),
        waiting: of(&[State::Ready, State::Leased]),
        given_up,
    })
}

async fn ask(authority: &Authorities) -> Result<Vec<String>, Fault> {
    timeout(PATIENCE, authority.signing.ready()).await.unwrap_or(Err(Fault::Timeout))
}

fn holds_all(authority: &Authorities, held: &[String]) -> bool {
    authority.issuers.iter().filter(|issuer| issuer.publishes).all(|issuer| held.contains(&issuer.name))
}

/// Looks whether the signer answers: a figure for alarms, and when it is back after a time, what waits for it is due at once.
/// The answer is whether it answers; nothing where there is no authority.
pub(crate) struct WatchSigner {
    /// What the look before this one found.
    pub(crate) answered: bool,
}

impl UseCase for WatchSigner {
    type Output = Option<bool>;
    const NAME: &'static str = "watch-signer";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<Option<bool>, Error> {
        let Ok(authority) = cx.app.authority() else { return Ok(None) };
        let ready = ask(authority).await;
        metrics::gauge!("qyzmet_signer_up").set(if ready.is_ok() { 1.0 } else { 0.0 });
        if let (Err(fault), true) = (&ready, self.answered) {
            tracing::warn!(%fault, "the signer does not answer: orders and lists wait for it");
        }
        if ready.is_ok() && !self.answered {
            let hasten = cx.write(|tx, draw| {
                KINDS_OF_AUTHORITY
                    .iter()
                    .try_fold(0, |sum, kind| Ok(sum + jobs::hasten(tx, kind, draw.now())?))
            });
            let waited = hasten.await?;
            tracing::info!(jobs = waited, "the signer answers: what waited for it goes on");
            cx.app.work.notify_one();
        }
        Ok(Some(ready.is_ok()))
    }
}
