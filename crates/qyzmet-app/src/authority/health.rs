//! How the services of the authority are: the age of what is published, how long their own certificates hold, the clock.

use jiff::Timestamp;
use qyzmet_store::repositories::{
    certificates,
    lists::{self, ListRow, Series},
};
use serde::Serialize;

pub use super::signer::SignerHealth;
use super::{Authorities, Issuer, signer};
use crate::{Access, Cx, Error, UseCase};

/// Seconds after a change in which lists are to say so: our own target, far below the statutory one.
const TARGET: i64 = 60;
/// Seconds before the end of a certificate of a service from which on it is not well.
const ENDING: i64 = 7 * 24 * 3600;

/// How everything is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Health {
    /// Whether everything is as it should be.
    pub well: bool,
    /// The clock.
    pub clock: Clockwork,
    /// The signing role, without which orders and lists wait.
    pub signer: SignerHealth,
    /// By authority.
    pub issuers: Vec<IssuerHealth>,
    /// Last moment of the certificate with which time is stamped; nothing where no time is stamped.
    pub stamps_until: Option<Timestamp>,
}

/// The clock.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Clockwork {
    /// What it shows.
    pub now: Timestamp,
    /// Whether nothing is known that came later.
    pub well: bool,
}

/// One authority.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct IssuerHealth {
    /// Its name.
    pub name: String,
    /// Whether its lists are fresh.
    pub well: bool,
    /// Whether its lists are published from here.
    pub publishes: bool,
    /// Latest full list.
    pub full: Option<ListHealth>,
    /// Latest delta list.
    pub delta: Option<ListHealth>,
    /// Changes of state that the latest full list has not seen yet.
    pub unpublished: u64,
    /// Last moment of the responder's certificate; nothing where nobody answers.
    pub answers_until: Option<Timestamp>,
}

/// One list.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ListHealth {
    /// Its number.
    pub number: u64,
    /// Its entries.
    pub entries: u64,
    /// When it was made.
    pub this_update: Timestamp,
    /// When the next one is there at the latest.
    pub next_update: Timestamp,
    /// Seconds since it was made.
    pub age: i64,
}

/// Shows how the services are.
pub struct ShowHealth;

impl UseCase for ShowHealth {
    type Output = Health;
    const NAME: &'static str = "show-authority-health";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<Health, Error> {
        let authority = cx.app.authority()?;
        let signer = signer::health(&cx, authority).await?;
        let mut issuers = Vec::new();
        for issuer in &authority.issuers {
            issuers.push(of_issuer(&cx, issuer).await?);
        }
        let lists = issuers.iter().filter_map(|issuer| issuer.full.as_ref());
        let latest = lists.map(|list| list.this_update).max();
        let clock = Clockwork {
            now: cx.now,
            well: latest.is_none_or(|latest| latest <= cx.now) && authority.watermark.admits(cx.now),
        };
        let stamps_until = stamps_until(authority);
        let stamps = stamps_until.is_none_or(|end| holds(end, cx.now));
        let well = clock.well && stamps && signer.well && issuers.iter().all(|issuer| issuer.well);
        Ok(Health { well, clock, signer, issuers, stamps_until })
    }
}

fn stamps_until(authority: &Authorities) -> Option<Timestamp> {
    authority.stamper.as_ref()?.certificate().map(qyzmet_pki::Certificate::not_after)
}

async fn of_issuer(cx: &Cx, issuer: &Issuer) -> Result<IssuerHealth, Error> {
    let name = issuer.name.clone();
    let (full, delta, change) = cx
        .read(move |tx| {
            let full = lists::latest(tx, &name, Series::Full)?;
            let delta = lists::latest(tx, &name, Series::Delta)?;
            Ok((full, delta, certificates::latest_change(tx, &name)?))
        })
        .await?;
    let seen = full.as_ref().map_or(0, |list| list.seen);
    let unpublished = change.saturating_sub(seen);
    let answers_until = issuer.responder_certificate.as_ref().map(qyzmet_pki::Certificate::not_after);
    let fresh = full.as_ref().is_some_and(|list| list.next_update > cx.now);
    let told = unpublished == 0 || full.as_ref().is_some_and(|list| age(list, cx.now) <= TARGET);
    let answers = answers_until.is_none_or(|end| holds(end, cx.now));
    Ok(IssuerHealth {
        name: issuer.name.clone(),
        well: fresh && (told || !issuer.publishes) && answers,
        publishes: issuer.publishes,
        full: full.map(|list| of_list(&list, cx.now)),
        delta: delta.map(|list| of_list(&list, cx.now)),
        unpublished,
        answers_until,
    })
}

fn holds(end: Timestamp, now: Timestamp) -> bool {
    end.as_second() - now.as_second() > ENDING
}

fn age(list: &ListRow, now: Timestamp) -> i64 {
    now.as_second() - list.this_update.as_second()
}

fn of_list(list: &ListRow, now: Timestamp) -> ListHealth {
    ListHealth {
        number: list.number,
        entries: list.entries,
        this_update: list.this_update,
        next_update: list.next_update,
        age: age(list, now),
    }
}
