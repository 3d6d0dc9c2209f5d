//! What became of a payment: the gateway is asked when the person comes back, and by a timer in case nobody does.

use jiff::{SignedDuration, Timestamp};
use qyzmet_domain::{CaseId, Locale};
use qyzmet_engine::{Command, Payment};
use qyzmet_store::{
    Tx,
    repositories::{
        accounts, cases,
        payments::{self, PaymentRow},
    },
};

use super::{
    late::{self, give_back},
    waiting_order,
};
use crate::{
    Access, App, Cx, Draw, Error, UseCase,
    cases::{Work, advance, owned, regulation_of},
    ports::PaymentState,
};

/// How many orders are looked at in one go.
const MOST: u32 = 50;
/// While a person is likely to be paying.
const AT_FIRST: SignedDuration = SignedDuration::from_secs(5);
/// And later.
const LATER: SignedDuration = SignedDuration::from_mins(1);
/// The longest pause about an order that was given up.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// So old is an order that was given up when nobody is expected to pay it any more; whoever does and comes back is still
/// looked after.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 90);

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
                match waiting_order(tx, account, id) {
                    Err(Error::Late) => given_up(tx, id),
                    found => found,
                }
            })
            .await?;
        look(&cx, order).await
    }
}

/// The order of a case that no longer waits for it, on whose page somebody may have paid all the same.
fn given_up(tx: &mut Tx<'_>, case: CaseId) -> Result<PaymentRow, Error> {
    payments::given_up(tx, case)?.filter(|order| order.state != "refunded").ok_or(Error::Late)
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

/// Asks the gateway about one order. Paid in time it lets the case go on; paid when the case no longer waits it is given
/// back. Whether the case has gone on.
async fn look(cx: &Cx, order: PaymentRow) -> Result<bool, Error> {
    if order.state == "late" {
        give_back(cx, order).await?;
        return Ok(false);
    }
    let (case, now, next) = (order.case, cx.now, later(&order, cx.now));
    let payment = match cx.app.ports.payments.state(&order.id, now).await {
        Ok(PaymentState::Paid { receipt, amount, at }) => Payment { id: receipt, amount, at },
        Ok(PaymentState::Open) => {
            cx.write(move |tx, _| Ok(payments::still_open(tx, &order.id, now, next)?)).await?;
            return Ok(false);
        }
        Err(_) => {
            cx.write(move |tx, _| Ok(payments::look_later(tx, &order.id, next)?)).await?;
            return Ok(false);
        }
    };
    let app = cx.app.clone();
    let (id, put_off) = (order.id.clone(), later(&order, cx.now));
    let taken = cx.write(move |tx, draw| take_in(tx, draw, &app, (&order.id, &payment))).await;
    match taken {
        // The gateway keeps the payment; it is asked again while the case rests.
        Err(Error::Frozen) => {
            cx.write(move |tx, _| Ok(payments::look_later(tx, &id, put_off)?)).await?;
            Ok(false)
        }
        Err(error) => Err(error),
        Ok(late) => {
            cx.app.tell(case);
            match late {
                Some(order) => give_back(cx, order).await.map(|()| false),
                None => Ok(true),
            }
        }
    }
}

/// Brings a payment into its case; the answer is the order when the case no longer waits for it. What is known already
/// changes nothing.
fn take_in(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    (id, payment): (&str, &Payment),
) -> Result<Option<PaymentRow>, Error> {
    let order = payments::by_id(tx, id)?.ok_or(Error::NotFound)?;
    if order.state == "cancelled" {
        return late::keep(tx, draw, &order, (&payment.id, payment.amount));
    }
    if !payments::paid(tx, id, &payment.id)? {
        return Ok(None);
    }
    let row = cases::find(tx, order.account, order.case)?.ok_or(Error::NotFound)?;
    let regulation = regulation_of(app, &row)?;
    let locale = accounts::by_id(tx, order.account)?.map_or(Locale::Kk, |account| account.locale);
    let work = Work { app, regulation: &regulation, actor: "system", locale, above: 0 };
    let pay = Command::Pay { action: order.action, visit: order.visit, payment: payment.clone() };
    advance(tx, draw, &work, row, pay)?;
    Ok(None)
}

/// When the gateway is asked again: soon while a person is likely to be paying; ever more rarely, and at last no more, about
/// an order for which no case waits.
fn later(order: &PaymentRow, now: Timestamp) -> Option<Timestamp> {
    let age = now.duration_since(order.created_at);
    let pause = match order.state.as_str() {
        "cancelled" if age > LONGEST => return None,
        "cancelled" => (age / 20).clamp(LATER, DAY),
        _ if age < SignedDuration::from_mins(10) => AT_FIRST,
        _ => LATER,
    };
    Some(now.saturating_add(pause).unwrap_or(now))
}
