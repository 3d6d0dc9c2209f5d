//! The job: what is intended goes to the signing role, and what comes back is kept.

use qyzmet_domain::Caller;
use qyzmet_store::{
    jobs::Job,
    repositories::orders::{self, OrderRow, OrderState, RequestRow},
};
use serde::Deserialize;

use super::{
    finish::FinishOrder,
    intend::IntendCertificates,
    refuse::{By, RefuseOrder},
};
use crate::{
    Access, App, Cx, Error, UseCase,
    ports::{CertificateWish, CertificatesOrder, OrderRefusal, Unsigned},
    run,
    work::Failure,
};

/// What the job knows.
#[derive(Deserialize)]
struct Wanted {
    number: String,
    /// The action of the case that waits, where one does.
    #[serde(default)]
    action: Option<u32>,
}

/// Carries the job out. The signing role gives the same certificates however often it is asked, so a crash at any point is
/// mended by doing all of it again. What it will never sign ends the order and its case in a refusal; any fault is tried again.
pub(crate) async fn sign(app: &App, job: &Job) -> Result<(), Failure> {
    let wanted: Wanted =
        serde_json::from_value(job.payload.clone()).map_err(|_| Failure::for_good("unreadable job"))?;
    let (mut order, mut requests) = run(app, &Caller::System, FindIntents::of(&wanted)).await?;
    if order.state == OrderState::Approved {
        if let Some(refusal) = intend(app, &wanted).await? {
            return Ok(run(app, &Caller::System, refused(job, order, By::Portal, refusal)).await?);
        }
        (order, requests) = run(app, &Caller::System, FindIntents::of(&wanted)).await?;
    }
    let wishes = requests.iter().map(wish).collect::<Option<Vec<_>>>();
    let (Some(wishes), Some(signature)) = (wishes, order.signature.clone()) else {
        return Err(Failure::for_good("nothing is intended for this order"));
    };
    let question = CertificatesOrder { order: order.text.clone(), signature, wishes };
    match app.authority()?.signing.certificates(question).await {
        Ok(certificates) => {
            let number = wanted.number;
            Ok(run(app, &Caller::System, FinishOrder { job: job.clone(), number, certificates }).await?)
        }
        Err(Unsigned::Refused(refusal)) => {
            Ok(run(app, &Caller::System, refused(job, order, By::Signer, refusal)).await?)
        }
        Err(Unsigned::Fault(fault)) => Err(fault.into()),
    }
}

/// Writes the intents of an order that was approved while nobody here could issue it; the answer is why they can never be
/// written.
async fn intend(app: &App, wanted: &Wanted) -> Result<Option<OrderRefusal>, Failure> {
    let intend = IntendCertificates { number: wanted.number.clone(), action: wanted.action };
    match run(app, &Caller::System, intend).await? {
        Ok(()) => Ok(None),
        Err(problem) if problem.may_pass() => Err(Failure { reason: problem.to_string(), passing: true }),
        Err(problem) => Ok(Some(OrderRefusal::from(&problem))),
    }
}

fn refused(job: &Job, order: OrderRow, by: By, refusal: OrderRefusal) -> RefuseOrder {
    RefuseOrder { job: job.clone(), order, by, refusal }
}

fn wish(row: &RequestRow) -> Option<CertificateWish> {
    let intent = row.intent.clone()?;
    Some(CertificateWish {
        issuer: intent.issuer,
        request: row.request.clone(),
        serial: intent.serial.try_into().ok()?,
        part: intent.part,
        not_before: intent.not_before,
        not_after: intent.not_after,
        body_sha256: intent.body_sha256,
    })
}

/// Finds what is intended.
struct FindIntents {
    number: String,
    action: Option<u32>,
}

impl FindIntents {
    fn of(wanted: &Wanted) -> Self {
        Self { number: wanted.number.clone(), action: wanted.action }
    }
}

impl UseCase for FindIntents {
    type Output = (OrderRow, Vec<RequestRow>);
    const NAME: &'static str = "find-intents";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<Self::Output, Error> {
        cx.read(move |tx| {
            let mut order = orders::by_number(tx, &self.number)?.ok_or(Error::NotFound)?;
            // The row knows the action only when the intents are written.
            if let (Some((_, known)), Some(action)) = (&mut order.case, self.action) {
                *known = action;
            }
            Ok((order, orders::requests(tx, &self.number)?))
        })
        .await
    }
}
