//! What the conduct of an operator does to the operator's certificates: the one place through which it goes.

use qyzmet_domain::{AccountId, conduct::Carrier};
use qyzmet_store::{
    Tx,
    jobs::{self, Job, NewJob},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    Access, App, Cx, Draw, Error, UseCase,
    record::Record,
    run,
    work::{CHANGE_CERTIFICATES, Failure},
};
use qyzmet_domain::Caller;

/// What becomes of all certificates of an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Change {
    Revoke,
    Hold,
    Release,
}

/// Revokes the certificates of an operator who leaves or whose key is in other hands [R839-15.1f].
pub(crate) fn revoke_of_operator(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    account: AccountId,
    reason: &'static str,
) -> Result<(), Error> {
    ask(tx, draw, (account, Change::Revoke), reason)
}

/// Puts the certificates of an operator on hold: a key is lost, or the operator is away for long.
pub(crate) fn hold_of_operator(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    account: AccountId,
    reason: &'static str,
) -> Result<(), Error> {
    ask(tx, draw, (account, Change::Hold), reason)
}

/// Releases the certificates of an operator from their hold.
pub(crate) fn release_of_operator(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    account: AccountId,
    reason: &'static str,
) -> Result<(), Error> {
    ask(tx, draw, (account, Change::Release), reason)
}

/// Orders certificates for an operator. It takes a carrier, and a file is none: so no order can name a file [R839-15.1e].
pub(crate) fn order_of_operator(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    account: AccountId,
    carrier: &Carrier,
) -> Result<(), Error> {
    let payload =
        json!({ "profile": "operator", "storage": carrier.kind.storage(), "carrier": carrier.serial() });
    Record::of("system".to_owned(), "operator-order")
        .clause("839-2012:15.1")
        .subject(account)
        .payload(payload)
        .write(tx, draw)?;
    Ok(())
}

fn ask(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    (account, change): (AccountId, Change),
    reason: &'static str,
) -> Result<(), Error> {
    let asked = json!({ "account": account, "change": change, "reason": reason });
    Record::of("system".to_owned(), "operator-certificates")
        .clause("839-2012:15.1")
        .subject(account)
        .payload(asked.clone())
        .write(tx, draw)?;
    let (id, kind, due_at) = (draw.job(), CHANGE_CERTIFICATES.to_owned(), draw.now());
    jobs::enqueue(tx, &NewJob { id, kind, key: None, payload: asked, case: None, due_at })?;
    Ok(())
}

/// What a job asks for.
#[derive(Clone, Copy, Deserialize)]
struct Asked {
    account: AccountId,
    change: Change,
}

/// Carries the job out.
pub(crate) async fn change(app: &App, job: &Job) -> Result<(), Failure> {
    let asked = serde_json::from_value(job.payload.clone());
    let asked: Asked = asked.map_err(|_| Failure::for_good("a job without its operator"))?;
    run(app, &Caller::System, ChangeCertificates { job: job.clone(), asked }).await?;
    Ok(())
}

/// Changes every certificate of an operator. As long as this portal keeps no certificates of its own authority, there are
/// none to change, and the entry says so.
struct ChangeCertificates {
    job: Job,
    asked: Asked,
}

impl UseCase for ChangeCertificates {
    type Output = ();
    const NAME: &'static str = "change-certificates";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        cx.write(move |tx, draw| {
            let Asked { account, change } = self.asked;
            Record::of("system".to_owned(), "operator-certificates-changed")
                .subject(account)
                .payload(json!({ "change": change, "certificates": 0 }))
                .write(tx, draw)?;
            if jobs::complete(tx, &self.job, draw.now())? { Ok(()) } else { Err(Error::Late) }
        })
        .await
    }
}
