//! What became of a payment: the gateway is asked when the person comes back, and by a timer in case nobody does.

use jiff::{SignedDuration, Timestamp};
use qyzmet_domain::{CaseId, Locale};
use qyzmet_engine::{Command, Payment};
use qyzmet_store::repositories::{
    accounts, cases,
    payments::{self, PaymentRow},
};

use super::waiting_order;
use crate::{
    Access, Cx, Error, UseCase,
    cases::{Work, advance, owned, regulation_of},
    ports::PaymentState,
};

/// How many orders are looked at in one go.
const MOST: u32 = 50;
/// While a person is likely to be paying.
const AT_FIRST: SignedDuration = SignedDuration::from_secs(5);
/// And later.
const LATER: SignedDuration = SignedDuration::from_mins(1);

/// A person has come back from the gateway's page.
pub struct CheckPayment {
    /// Which case.
    pub case: CaseId,
}

impl UseCase for CheckPayment {
    /// Whether it is paid.
    type Output = bool;
    const NAME: &'static str = "check-payment";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<bool, Error> {
        let (account, id) = (cx.account()?, self.case);
        let order = cx
            .read(move |tx| {
                owned(tx, account, id)?;
                waiting_order(tx, account, id)
            })
            .await?;
        look(&cx, order).await
    }
}

/// Asks the gateway about all orders that are due to be asked about.
pub struct LookAtPayments;

impl UseCase for LookAtPayments {
    /// How many were paid.
    type Output = usize;
    const NAME: &'static str = "look-at-payments";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<usize, Error> {
        let now = cx.now;
        let due = cx.read(move |tx| Ok(payments::to_look_at(tx, now, MOST)?)).await?;
        let mut paid = 0;
        for order in due {
            match look(&cx, order).await {
                Ok(is_paid) => paid += usize::from(is_paid),
                Err(error) => tracing::warn!(%error, "a payment was not looked at and will be again"),
            }
        }
        Ok(paid)
    }
}

/// Asks the gateway about one order, and lets the case go on when it is paid.
async fn look(cx: &Cx, order: PaymentRow) -> Result<bool, Error> {
    let app = cx.app.clone();
    let case = order.case;
    let state = app.ports.payments.state(&order.id, cx.now).await;
    let (receipt, amount, at) = match state {
        Ok(PaymentState::Paid { receipt, amount, at }) => (receipt, amount, at),
        Ok(PaymentState::Open) | Err(_) => {
            let later = later(&order, cx.now);
            cx.write(move |tx, _| Ok(payments::look_later(tx, &order.id, later)?)).await?;
            return Ok(false);
        }
    };
    let (id, put_off) = (order.id.clone(), later(&order, cx.now));
    let taken = cx.write(move |tx, draw| {
        if !payments::paid(tx, &order.id, &receipt)? {
            return Ok(());
        }
        let row = cases::find(tx, order.account, order.case)?.ok_or(Error::NotFound)?;
        let regulation = regulation_of(&app, &row)?;
        let locale = accounts::by_id(tx, order.account)?.map_or(Locale::Kk, |account| account.locale);
        let work = Work { app: &app, regulation: &regulation, actor: "system", locale, above: 0 };
        let (action, visit) = (order.action, order.visit);
        let payment = Payment { id: receipt.clone(), amount, at };
        advance(tx, draw, &work, row, Command::Pay { action, visit, payment })?;
        Ok(())
    });
    match taken.await {
        // The gateway keeps the payment; it is asked again while the case rests.
        Err(Error::Frozen) => {
            cx.write(move |tx, _| Ok(payments::look_later(tx, &id, put_off)?)).await?;
            Ok(false)
        }
        Err(error) => Err(error),
        Ok(()) => {
            cx.app.tell(case);
            Ok(true)
        }
    }
}

fn later(order: &PaymentRow, now: Timestamp) -> Timestamp {
    let pause =
        if now.duration_since(order.created_at) < SignedDuration::from_mins(10) { AT_FIRST } else { LATER };
    now.saturating_add(pause).unwrap_or(now)
}
