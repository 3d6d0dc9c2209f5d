//! The intent: what exactly will be signed stands in rows and journal before anything is signed [R839-6.P11].

use jiff::SignedDuration;
use qyzmet_pki::{
    authority::{Draft, Order, Profiles, Validity, written_serial},
    request::SubjectKey,
};
use qyzmet_store::{
    Tx,
    jobs::{self, NewJob},
    repositories::orders::{self, Intent, OrderRow, OrderState, RequestRow},
};
use serde_json::json;

use super::{
    OrderProblem,
    approve::entry,
    refuse::{By, refuse_order},
    register::{issuer, part_of, writer},
};
use crate::{Access, App, Cx, Draw, Error, UseCase, ports::OrderRefusal, work::SIGN_CERTIFICATES};

/// Clocks of others may be behind ours by so much.
const BEFORE: SignedDuration = SignedDuration::from_mins(5);

/// Writes the intents of an approved order and leaves the job that has them signed, in the unit of the case. `action` is the
/// one with which the case goes on when all certificates are there.
///
/// # Errors
/// Those of the store; a refusal is a value.
pub fn intend_certificates(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    number: &str,
    action: Option<u32>,
) -> Result<Result<(), OrderProblem>, Error> {
    let order = match orders::by_number(tx, number)? {
        Some(order) if order.state == OrderState::Approved => order,
        Some(order) if order.state != OrderState::Registered => return Ok(Ok(())),
        _ => return Ok(Err(OrderProblem::NotWaiting)),
    };
    let mut intents = Vec::new();
    for request in orders::requests(tx, number)? {
        match intent(draw, app, &order, &request) {
            Ok(intent) => intents.push((request, intent)),
            Err(problem) => return Ok(Err(problem)),
        }
    }
    for (request, intent) in &intents {
        orders::intend(tx, &request.key_id, intent)?;
        let details = json!({
            "number": number,
            "issuer": intent.issuer,
            "serial": hex::encode(&intent.serial),
            "body-sha256": hex::encode(&intent.body_sha256),
            "key": hex::encode(&request.key_id),
            "profile": request.profile,
        });
        entry(&order, "certificate-intended", "839-2012:6.P11").payload(details).write(tx, draw)?;
    }
    orders::intended(tx, number, action, draw.now())?;
    leave_job(tx, draw, &order, action)?;
    Ok(Ok(()))
}

/// Leaves the job of an order, once: it writes the intents where they could not be written yet, and has them signed.
fn leave_job(tx: &mut Tx<'_>, draw: &mut Draw, order: &OrderRow, action: Option<u32>) -> Result<(), Error> {
    let number = &order.number;
    let job = NewJob {
        id: draw.job(),
        kind: SIGN_CERTIFICATES.to_owned(),
        key: Some(format!("{SIGN_CERTIFICATES}/{number}")),
        payload: json!({ "number": number, "action": action }),
        case: order.case.map(|(case, _)| case),
        due_at: draw.now(),
    };
    jobs::enqueue(tx, &job)?;
    Ok(())
}

/// The same for the case that asks for them. What stands in the way and may pass is waited for; what never will ends the
/// order, and the answer is `false`.
///
/// # Errors
/// Those of the store, and a fault when the order was not approved.
pub(crate) fn intend_for_case(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    (number, action): (&str, u32),
) -> Result<bool, Error> {
    let problem = match intend_certificates(tx, draw, app, number, Some(action))? {
        Ok(()) => return Ok(true),
        Err(OrderProblem::NotWaiting) => return Err(Error::fault("certificates without an approved order")),
        Err(problem) => problem,
    };
    let order = orders::by_number(tx, number)?.ok_or(Error::NotFound)?;
    if problem.may_pass() {
        leave_job(tx, draw, &order, Some(action))?;
        return Ok(true);
    }
    refuse_order(tx, draw, &order, (By::Portal, &OrderRefusal::from(&problem)))?;
    Ok(false)
}

/// What is to be signed over the key of a request.
fn intent(
    draw: &mut Draw,
    app: &App,
    order: &OrderRow,
    request: &RequestRow,
) -> Result<Intent, OrderProblem> {
    let wrong = |error: &dyn std::fmt::Display| OrderProblem::Profile(error.to_string());
    let profile = Profiles::nca().and_then(|all| all.get(&request.profile)).map_err(|error| wrong(&error))?;
    let facts = Order::from_bytes(&order.text).map_err(|error| wrong(&error))?.facts().clone();
    let asked = qyzmet_pki::request::Request::from_der(&request.request)?;
    let key: &SubjectKey = asked.key();
    let issuer = issuer(app, (profile, key), draw.now())?;
    let serial = written_serial(draw.bytes());
    // Not before the order was registered, and not beyond the end of the issuer.
    let from = draw.now().checked_sub(BEFORE).map_err(|error| wrong(&error))?;
    let whole = profile.validity(from)?;
    let not_after = whole.not_after.min(issuer.certificate.not_after());
    let validity = Validity { not_after, ..whole };
    let shard = part_of(issuer, &serial);
    let body =
        writer(app, issuer)?.prepare(&Draft { profile, facts: &facts, key, serial, validity, shard })?;
    Ok(Intent {
        issuer: issuer.name.clone(),
        serial: serial.to_vec(),
        part: shard,
        not_before: validity.not_before,
        not_after,
        body_sha256: hex::decode(body.fingerprint()).map_err(|error| wrong(&error))?,
    })
}

/// Writes the intents of an approved order outside the unit of a case.
pub struct IntendCertificates {
    /// Its number.
    pub number: String,
    /// The action with which a case goes on, where one waits.
    pub action: Option<u32>,
}

impl UseCase for IntendCertificates {
    type Output = Result<(), OrderProblem>;
    const NAME: &'static str = "intend-certificates";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<Self::Output, Error> {
        let app = cx.app.clone();
        let done =
            cx.write(move |tx, draw| intend_certificates(tx, draw, &app, &self.number, self.action)).await;
        cx.app.work.notify_one();
        done
    }
}
