//! An operator's signature over exactly the registered order makes it binding [R839-6.P9, R839-6.C3].

use qyzmet_pki::authority::{OrderRefused, SignedOrder};
use qyzmet_store::{
    Tx,
    repositories::{
        order_problems,
        orders::{self, OrderRow, OrderState},
    },
};
use serde_json::json;

use super::{Judge, OrderProblem};
use crate::{Access, App, Cx, DeskProblem, Draw, Error, UseCase, record::Record};

/// Checks the operator's CMS over the order and keeps it, in the unit of the case. A refusal is journalled; an order that is
/// approved stays so.
///
/// # Errors
/// Those of the store, [`Error::Busy`] when whether the signature holds cannot be said now, and [`DeskProblem::NoAuthority`]
/// when nobody here can judge it; a refusal is a value.
pub fn check_approval(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    number: &str,
    signature: &[u8],
) -> Result<Result<(), OrderProblem>, Error> {
    let Some(order) = orders::by_number(tx, number)? else { return Ok(Err(OrderProblem::NotWaiting)) };
    if order.state != OrderState::Registered {
        return Ok(Ok(()));
    }
    let signed = SignedOrder { order: &order.text, signature };
    let judged = judge(app)?.judge(tx, &signed, draw.now()).map_err(Error::fault)?;
    match judged {
        Ok(confirmed) => {
            let operator = confirmed.operator.fingerprint();
            orders::approve(tx, number, signature, &operator, draw.now())?;
            let details = json!({ "number": number, "operator": operator });
            entry(&order, "certificates-approved", "839-2012:6.P9").payload(details).write(tx, draw)?;
            Ok(Ok(()))
        }
        Err(OrderRefused::Undetermined(_)) => Err(Error::Busy),
        Err(refused) => {
            let problem = OrderProblem::from(refused);
            let details = json!({ "number": number, "why": problem.key() });
            order_problems::put(tx, number, problem.key(), draw.now())?;
            entry(&order, "certificates-refused", "839-2012:6.P10").payload(details).write(tx, draw)?;
            Ok(Err(problem))
        }
    }
}

/// Who judges here: by the authorities of this deployment.
fn judge(app: &App) -> Result<Judge, Error> {
    let authority = app.authority().map_err(|_| Error::Desk(DeskProblem::NoAuthority))?;
    let known = authority.issuers.iter();
    Ok(Judge::new(known.map(|issuer| (issuer.name.clone(), issuer.certificate.clone())).collect()))
}

/// An entry about an order. It names nobody but the person; entries of a case are its events alone.
pub(super) fn entry(order: &OrderRow, what: &str, clause: &str) -> Record {
    let mut entry = Record::of("system".to_owned(), what).clause(clause);
    if let Some(account) = order.account {
        entry = entry.subject(account);
    }
    entry
}

/// Approves an order that no case asks for.
pub struct ApproveOrder {
    /// Its number.
    pub number: String,
    /// The operator's CMS over its canonical form.
    pub signature: Vec<u8>,
}

impl UseCase for ApproveOrder {
    type Output = Result<(), OrderProblem>;
    const NAME: &'static str = "approve-order";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<Self::Output, Error> {
        let app = cx.app.clone();
        cx.write(move |tx, draw| check_approval(tx, draw, &app, &self.number, &self.signature)).await
    }
}
