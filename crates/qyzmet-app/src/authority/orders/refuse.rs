//! An order that can never become certificates: it ends as refused, and its case in the reasoned refusal of its table
//! [R839-6.P10, R839-7.P7, R839-9.P9]. Intents that were written stay written, and the keys stay used: nobody can say of a key
//! that was sent whether it is still fresh.

use qyzmet_engine::{Command, Denial};
use qyzmet_store::{
    Tx,
    jobs::{self, Job},
    repositories::{
        order_problems,
        orders::{self, OrderRow},
    },
};
use serde_json::json;

use super::{approve::entry, finish::answer_case};
use crate::{Access, Cx, Draw, Error, UseCase, ports::OrderRefusal};

/// Who found it.
#[derive(Clone, Copy)]
pub(crate) enum By {
    /// The portal, before anything was handed to the signer.
    Portal,
    /// The signer, of what the portal had let pass: either the operator may not act any more, or the portal is in strange hands.
    Signer,
}

/// Keeps why, ends the order and journals it, in the unit of the case; the case itself is not moved.
pub(crate) fn refuse_order(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    order: &OrderRow,
    (by, refusal): (By, &OrderRefusal),
) -> Result<(), Error> {
    let (number, ground) = (&order.number, refusal.ground.as_str());
    order_problems::put(tx, number, ground, draw.now())?;
    orders::refuse(tx, number, draw.now())?;
    let by = match by {
        By::Portal => "portal",
        By::Signer => "signer",
    };
    let details = json!({ "number": number, "by": by, "ground": ground, "why": refusal.why });
    entry(order, "certificates-refused", "839-2012:6.P10").payload(details).write(tx, draw)?;
    Ok(())
}

/// Refuses an order at the end of its job.
pub(super) struct RefuseOrder {
    pub(super) job: Job,
    pub(super) order: OrderRow,
    pub(super) by: By,
    pub(super) refusal: OrderRefusal,
}

impl UseCase for RefuseOrder {
    type Output = ();
    const NAME: &'static str = "refuse-order";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (app, case) = (cx.app.clone(), self.order.case.map(|(case, _)| case));
        cx.write(move |tx, draw| {
            refuse_order(tx, draw, &self.order, (self.by, &self.refusal))?;
            let deny = |action, visit| Command::Deny { action, visit, reason: Denial::NotAllowed };
            answer_case(tx, draw, &app, &self.order, &deny)?;
            if jobs::complete(tx, &self.job, draw.now())? { Ok(()) } else { Err(Error::Late) }
        })
        .await?;
        if let Some(case) = case {
            cx.app.tell(case);
        }
        Ok(())
    }
}
