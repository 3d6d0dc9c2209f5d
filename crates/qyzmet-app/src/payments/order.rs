//! A person wants to pay: the fee is ordered at the gateway, whose page takes the money.

use jiff::SignedDuration;
use qyzmet_domain::{AccountId, CaseId, Locale};
use qyzmet_store::{
    Tx,
    repositories::payments::{self, PaymentRow},
};
use serde_json::json;

use super::waiting_order;
use crate::{
    Access, Cx, Draw, Error, UseCase,
    cases::{owned, parse, regulation_of},
    ports::{Fault, PaymentOrder, PaymentPlace},
    record::Record,
};

/// How soon the gateway is asked what became of an order.
const SOON: SignedDuration = SignedDuration::from_secs(5);

/// Orders the fee of a case. A gateway that refuses it for good is an answer too: the page of the case then says so, and the
/// person may order once more, as whatever was wrong may have been mended.
pub struct OrderPayment {
    /// Which case.
    pub case: CaseId,
    /// In which language the payer reads what it is for.
    pub locale: Locale,
}

impl UseCase for OrderPayment {
    type Output = ();
    const NAME: &'static str = "order-payment";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (account, id) = (cx.account()?, self.case);
        let (row, order) = cx
            .read(move |tx| {
                let row = owned(tx, account, id)?;
                Ok((row, waiting_order(tx, account, id)?))
            })
            .await?;
        if order.pay_url.is_some() {
            return Ok(());
        }
        let order = if order.state == "rejected" { renewed(&cx, order).await? } else { order };
        let regulation = regulation_of(&cx.app, &row)?;
        let wish = PaymentOrder {
            id: order.id.clone(),
            at: cx.now,
            payer: parse(&row)?.recipient.identifier,
            amount: order.amount,
            purpose: regulation.title(self.locale).to_owned(),
            back: format!("{}/requests/{id}/paid", cx.app.origin()),
        };
        let answer = cx.app.ports.payments.order(wish).await;
        let sent = Sent { actor: cx.caller.actor(), account, order };
        match answer {
            Ok(place) => cx.write(move |tx, draw| sent.taken(tx, draw, &place)).await,
            Err(Fault::Rejected(why)) => {
                tracing::error!(case = %id, payment = sent.order.id, why, "the payment gateway refuses a fee for good");
                cx.write(move |tx, draw| sent.rejected(tx, draw, &why)).await
            }
            Err(_) => Err(Error::Busy),
        }
    }
}

/// The order under a number that the gateway has not refused yet.
async fn renewed(cx: &Cx, order: PaymentRow) -> Result<PaymentRow, Error> {
    cx.write(move |tx, draw| {
        let number = draw.message().to_string();
        let renewed = payments::renew(tx, &order.id, &number)?;
        if renewed { Ok(PaymentRow { id: number, ..order.clone() }) } else { Err(Error::Late) }
    })
    .await
}

/// An order that was sent.
#[derive(Clone)]
struct Sent {
    actor: String,
    account: AccountId,
    order: PaymentRow,
}

impl Sent {
    fn taken(&self, tx: &mut Tx<'_>, draw: &mut Draw, place: &PaymentPlace) -> Result<(), Error> {
        let look_at = draw.now().checked_add(SOON).map_err(Error::fault)?;
        if !payments::ordered(tx, &self.order.id, (&place.gateway_id, &place.pay_url), look_at)? {
            return Err(Error::Late);
        }
        self.record(tx, draw, "payment-ordered", None)
    }

    fn rejected(&self, tx: &mut Tx<'_>, draw: &mut Draw, why: &str) -> Result<(), Error> {
        if !payments::rejected(tx, &self.order.id, why, draw.now())? {
            return Err(Error::Late);
        }
        self.record(tx, draw, "payment-rejected", Some(why))
    }

    fn record(
        &self,
        tx: &mut Tx<'_>,
        draw: &mut Draw,
        kind: &'static str,
        why: Option<&str>,
    ) -> Result<(), Error> {
        let PaymentRow { id, case, amount, .. } = &self.order;
        let mut payload = json!({ "case": case, "payment": id, "amount": amount });
        if let Some(why) = why {
            payload["why"] = why.into();
        }
        Record::of(self.actor.clone(), kind).subject(self.account).payload(payload).write(tx, draw)?;
        Ok(())
    }
}
