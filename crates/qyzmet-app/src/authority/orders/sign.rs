//! The job: what is intended goes to the signing role, and what comes back is kept.

use qyzmet_domain::Caller;
use qyzmet_store::{
    jobs::Job,
    repositories::orders::{self, OrderRow, RequestRow},
};
use serde::Deserialize;

use serde_json::json;

use super::{approve::entry, finish::FinishOrder};
use crate::{
    Access, App, Cx, Error, UseCase,
    ports::{CertificateWish, CertificatesOrder, Fault},
    run,
    work::Failure,
};

/// What the job knows.
#[derive(Deserialize)]
struct Wanted {
    number: String,
}

/// Carries the job out. The signing role gives the same certificates however often it is asked, so a crash at any point is
/// mended by doing all of it again.
pub(crate) async fn sign(app: &App, job: &Job) -> Result<(), Failure> {
    let wanted: Wanted =
        serde_json::from_value(job.payload.clone()).map_err(|_| Failure::for_good("unreadable job"))?;
    let number = wanted.number;
    let (order, requests) = run(app, &Caller::System, FindIntents { number: number.clone() }).await?;
    let wishes = requests.iter().map(wish).collect::<Option<Vec<_>>>();
    let (Some(wishes), Some(signature)) = (wishes, order.signature) else {
        return Err(Failure::for_good("nothing is intended for this order"));
    };
    let order = CertificatesOrder { order: order.text, signature, wishes };
    let certificates = match app.authority()?.signing.certificates(order).await {
        Ok(certificates) => certificates,
        Err(fault) => {
            if let Fault::Rejected(why) = &fault {
                let (number, why) = (number.clone(), why.clone());
                run(app, &Caller::System, NoteRefusal { number, why }).await?;
            }
            return Err(fault.into());
        }
    };
    run(app, &Caller::System, FinishOrder { job: job.clone(), number, certificates }).await?;
    Ok(())
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

/// Journals that the signer refused what the portal had let pass. The order rests until somebody has looked at it: either the
/// operator may not act, or the portal is in strange hands.
struct NoteRefusal {
    number: String,
    why: String,
}

impl UseCase for NoteRefusal {
    type Output = ();
    const NAME: &'static str = "note-signer-refusal";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        cx.write(move |tx, draw| {
            let order = orders::by_number(tx, &self.number)?.ok_or(Error::NotFound)?;
            let details = json!({ "number": self.number, "by": "signer", "why": self.why });
            entry(&order, "certificates-refused", "839-2012:6.P10").payload(details).write(tx, draw)?;
            Ok(())
        })
        .await
    }
}

/// Finds what is intended.
struct FindIntents {
    number: String,
}

impl UseCase for FindIntents {
    type Output = (OrderRow, Vec<RequestRow>);
    const NAME: &'static str = "find-intents";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<Self::Output, Error> {
        cx.read(move |tx| {
            let order = orders::by_number(tx, &self.number)?.ok_or(Error::NotFound)?;
            Ok((order, orders::requests(tx, &self.number)?))
        })
        .await
    }
}
