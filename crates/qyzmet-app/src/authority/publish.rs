//! Publishing: what has changed, or is about to end, is signed anew, kept, written down and trusted by the portal itself.

use jiff::Timestamp;
use qyzmet_domain::Caller;
use qyzmet_store::{
    Tx,
    documents::Prepared,
    jobs::{self, Job},
    repositories::{
        certificates,
        lists::{self, ListRow, Series},
    },
};
use serde::Deserialize;
use serde_json::json;

use super::{keep, state::order_lists};
use crate::{
    Access, App, Cx, Draw, Error, UseCase,
    ports::{ListBase, ListOrder, SignedList},
    record::Record,
    run,
    work::Failure,
};

/// What the job knows.
#[derive(Deserialize)]
struct Wanted {
    issuer: String,
}

/// Carries the job out.
pub(crate) async fn publish(app: &App, job: &Job) -> Result<(), Failure> {
    let wanted: Wanted =
        serde_json::from_value(job.payload.clone()).map_err(|_| Failure::for_good("unreadable job"))?;
    run(app, &Caller::System, PublishLists { issuer: wanted.issuer, job: Some(job.clone()) }).await?;
    Ok(())
}

/// Publishes all lists of an issuer that are due.
pub(super) struct PublishLists {
    pub(super) issuer: String,
    /// The job that asked for it; nothing when the clock did.
    pub(super) job: Option<Job>,
}

impl UseCase for PublishLists {
    /// How many lists were published.
    type Output = usize;
    const NAME: &'static str = "publish-lists";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<usize, Error> {
        let Self { issuer, job } = self;
        let orders = orders(&cx, &issuer).await?;
        let mut made = Vec::with_capacity(orders.len());
        for order in orders {
            made.push(sign(&cx.app, order).await?);
        }
        let count = made.len();
        let rows: Vec<ListRow> = made.iter().map(|(row, ..)| row.clone()).collect();
        let full = made.iter().find(|(row, ..)| row.series == Series::Full).map(|(.., bytes)| bytes.clone());
        cx.write(move |tx, draw| keep_made(tx, draw, &issuer, &made, job.as_ref())).await?;
        if let Some(full) = full {
            keep::trust(&cx.app, &full);
        }
        for row in rows {
            metrics::counter!("qyzmet_lists_total", "series" => word(row.series)).increment(1);
        }
        Ok(count)
    }
}

/// Lists that are due, each with a number of its own, taken before it is signed: a crash leaves a gap, never two lists with
/// one number.
async fn orders(cx: &Cx, issuer: &str) -> Result<Vec<ListOrder>, Error> {
    let authority = cx.app.authority()?;
    let known = authority.issuer(issuer)?;
    if !known.publishes {
        return Ok(Vec::new());
    }
    let (period, parts, founded) = (authority.periods.list, known.parts, known.founded_list);
    let next_update = cx.now.checked_add(period).map_err(Error::fault)?;
    let renew_before = cx.now.checked_add(period / 2).map_err(Error::fault)?;
    let issuer = issuer.to_owned();
    cx.write(move |tx, draw| {
        let due = due(tx, &issuer, parts, renew_before)?;
        let base = lists::oldest_in_use(tx, &issuer, draw.now())?;
        let mut orders = Vec::new();
        let mut order = |series, number, base| {
            let issuer = issuer.clone();
            orders.push(ListOrder { issuer, series, number, base, this_update: draw.now(), next_update });
        };
        if due.whole {
            let number = lists::next_number(tx, &issuer, Series::Full, founded)?;
            order(Series::Full, number, None);
            // Until a full list was there before this one, no delta could begin with any.
            if let Some(base) = base {
                order(Series::Delta, number, Some(ListBase { number: base.number, seen: base.seen }));
            }
        }
        for part in due.parts {
            let series = Series::Part(part);
            order(series, lists::next_number(tx, &issuer, series, 0)?, None);
        }
        Ok(orders)
    })
    .await
}

/// What has to be signed anew.
pub(super) struct Due {
    pub(super) whole: bool,
    pub(super) parts: Vec<u32>,
}

/// What has changed since it was last published, was never published, or ends before `renew_before`.
pub(super) fn due(tx: &mut Tx<'_>, issuer: &str, parts: u32, renew_before: Timestamp) -> Result<Due, Error> {
    let old = |list: &ListRow| list.next_update <= renew_before;
    let change = certificates::latest_change(tx, issuer)?;
    let mut whole = false;
    for series in [Series::Full, Series::Delta] {
        let list = lists::latest(tx, issuer, series)?;
        whole |= list.is_none_or(|list| list.seen < change || old(&list));
    }
    let mut known: Vec<u32> = lists::parts(tx, issuer)?;
    known.extend(0..parts);
    known.sort_unstable();
    known.dedup();
    let latest: Vec<Option<ListRow>> =
        known.iter().map(|part| lists::latest(tx, issuer, Series::Part(*part))).collect::<Result<_, _>>()?;
    let oldest = latest.iter().flatten().map(|list| list.seen).min().unwrap_or(0);
    let changed = certificates::changed_parts(tx, issuer, oldest)?;
    let stale = |part: u32, list: &ListRow| {
        old(list) || changed.iter().any(|(other, change)| *other == part && *change > list.seen)
    };
    let parts = known.into_iter().zip(latest);
    let parts = parts.filter(|(part, list)| list.as_ref().is_none_or(|list| stale(*part, list)));
    Ok(Due { whole, parts: parts.map(|(part, _)| part).collect() })
}

type Made = (ListRow, Prepared, Vec<u8>);

async fn sign(app: &App, order: ListOrder) -> Result<Made, Error> {
    let authority = app.authority()?;
    let SignedList { bytes, entries, seen } =
        authority.signing.list(order.clone()).await.map_err(Error::fault)?;
    let document = app.documents.prepare(&bytes).await?;
    let row = ListRow {
        issuer: order.issuer,
        series: order.series,
        number: order.number,
        seen,
        entries,
        document: qyzmet_domain::DocumentId::of(&bytes),
        this_update: order.this_update,
        next_update: order.next_update,
    };
    Ok((row, document, bytes))
}

/// Keeps what was signed, ends the job, and leaves a new one when something has changed while it was being signed.
fn keep_made(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    issuer: &str,
    made: &[Made],
    job: Option<&Job>,
) -> Result<(), Error> {
    for (row, document, _) in made {
        document.write(tx)?;
        lists::insert(tx, row)?;
    }
    let told: Vec<_> = made.iter().map(|(row, ..)| told(row)).collect();
    if !told.is_empty() {
        let entry = Record::of("system".to_owned(), "lists-published").clause("839-2012:T3.4");
        entry.payload(json!({ "issuer": issuer, "lists": told })).write(tx, draw)?;
    }
    if let Some(job) = job
        && !jobs::complete(tx, job, draw.now())?
    {
        return Err(Error::Late);
    }
    let seen = lists::latest(tx, issuer, Series::Full)?.map_or(0, |list| list.seen);
    if certificates::latest_change(tx, issuer)? > seen {
        order_lists(tx, draw, issuer)?;
    }
    Ok(())
}

fn told(row: &ListRow) -> serde_json::Value {
    json!({
        "series": row.series.to_string(),
        "number": row.number,
        "entries": row.entries,
        "document": row.document.to_string(),
    })
}

fn word(series: Series) -> &'static str {
    match series {
        Series::Full => "full",
        Series::Delta => "delta",
        Series::Part(_) => "part",
    }
}
