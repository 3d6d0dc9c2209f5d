//! The certificates of an order are there: rows, journal, the end of the job, and the case that waited goes on; all at once.

use qyzmet_domain::Locale;
use qyzmet_engine::Command;
use qyzmet_pki::Certificate;
use qyzmet_store::{
    Tx,
    jobs::{self, Job},
    repositories::{
        accounts, cases,
        certificates::{self, CertificateRow, Standing},
        orders::{self, OrderRow, RequestRow},
    },
};
use serde_json::json;

use super::approve::entry;
use crate::{
    Access, App, Cx, Draw, Error, UseCase,
    cases::{Work, advance, parse, regulation_of},
};

/// Keeps the certificates of an order.
pub(super) struct FinishOrder {
    pub(super) job: Job,
    pub(super) number: String,
    /// DER, in the places of the requests.
    pub(super) certificates: Vec<Vec<u8>>,
}

impl UseCase for FinishOrder {
    type Output = ();
    const NAME: &'static str = "finish-order";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let app = cx.app.clone();
        let case = cx
            .write(move |tx, draw| {
                let order = orders::by_number(tx, &self.number)?.ok_or(Error::NotFound)?;
                let requests = orders::requests(tx, &self.number)?;
                if requests.len() != self.certificates.len() {
                    return Err(Error::fault("the signer has not answered for each request"));
                }
                for (request, der) in requests.iter().zip(&self.certificates) {
                    keep(tx, draw, &order, (request, der))?;
                }
                if orders::issued(tx, &self.number, draw.now())? {
                    let facts = || [("order".to_owned(), order.number.clone())].into();
                    let done = |action, _| Command::Done { action, facts: facts() };
                    answer_case(tx, draw, &app, &order, &done)?;
                }
                let in_hand = jobs::complete(tx, &self.job, draw.now())?;
                if in_hand { Ok(order.case.map(|(case, _)| case)) } else { Err(Error::Late) }
            })
            .await?;
        if let Some(case) = case {
            cx.app.tell(case);
        }
        Ok(())
    }
}

/// Keeps a certificate and journals it, once.
fn keep(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    order: &OrderRow,
    (request, der): (&RequestRow, &[u8]),
) -> Result<(), Error> {
    let row = row(order, request, der)?;
    if !certificates::insert(tx, &row)? {
        let kept = certificates::by_key(tx, &request.key_id)?;
        let same = kept.is_some_and(|kept| kept.der == der);
        return if same { Ok(()) } else { Err(Error::fault("another certificate stands for this key")) };
    }
    let details = json!({
        "number": order.number,
        "issuer": row.issuer,
        "serial": hex::encode(&row.serial),
        "profile": row.profile,
        "certificate-sha256": Certificate::from_der(der).map_err(Error::fault)?.fingerprint(),
    });
    entry(order, "certificate-issued", "839-2012:6.P11").payload(details).write(tx, draw)?;
    Ok(())
}

/// The row of a certificate that is exactly the intended one.
fn row(order: &OrderRow, request: &RequestRow, der: &[u8]) -> Result<CertificateRow, Error> {
    let certificate = Certificate::from_der(der).map_err(Error::fault)?;
    let intent = request.intent.clone().ok_or_else(|| Error::fault("nothing was intended for this key"))?;
    if certificate.body_fingerprint() != hex::encode(&intent.body_sha256) {
        return Err(Error::fault("the signer has signed something else than was intended"));
    }
    Ok(CertificateRow {
        issuer: intent.issuer,
        serial: certificate.serial_number().as_bytes().to_vec(),
        part: u32::from(intent.part),
        account: order.account,
        holder: Some(order.holder.clone()),
        profile: request.profile.clone(),
        order_number: Some(order.number.clone()),
        key_id: request.key_id.clone(),
        not_before: intent.not_before,
        not_after: intent.not_after,
        der: der.to_vec(),
        standing: Standing::GOOD,
    })
}

/// Gives the case that waits for an order its answer, made of the action and the visit; a case that no longer waits is left
/// alone.
pub(super) fn answer_case(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    order: &OrderRow,
    answer: &dyn Fn(u32, u32) -> Command,
) -> Result<(), Error> {
    let (Some(account), Some((case, action))) = (order.account, order.case) else { return Ok(()) };
    let row = cases::find(tx, account, case)?.ok_or(Error::NotFound)?;
    let regulation = regulation_of(app, &row)?;
    let locale = accounts::by_id(tx, account)?.map_or(Locale::Kk, |account| account.locale);
    let work = Work { app, regulation: &regulation, actor: "system", locale, above: 0 };
    let case = parse(&row)?;
    let waits = case.current.contains(&action);
    match advance(tx, draw, &work, row, answer(action, case.visit(action))) {
        Ok(_) => Ok(()),
        Err(Error::Late) if !waits => Ok(()),
        // Its table has no way for such an answer: the job stays, and the administrator sees it.
        Err(error) => Err(error),
    }
}
