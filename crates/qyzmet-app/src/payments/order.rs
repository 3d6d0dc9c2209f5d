//! A person wants to pay: the fee is ordered at the gateway, whose page takes the money.

use jiff::SignedDuration;
use qyzmet_domain::{CaseId, Locale};
use qyzmet_store::repositories::payments;
use serde_json::json;

use super::waiting_order;
use crate::{
    Access, Cx, Error, UseCase,
    cases::{owned, parse, regulation_of},
    ports::PaymentOrder,
    record::Record,
};

/// How soon the gateway is asked what became of an order.
const SOON: SignedDuration = SignedDuration::from_secs(5);

/// Orders the fee of a case.
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
        let regulation = regulation_of(&cx.app, &row)?;
        let wish = PaymentOrder {
            id: order.id.clone(),
            at: cx.now,
            payer: parse(&row)?.recipient.identifier,
            amount: order.amount,
            purpose: regulation.title(self.locale).to_owned(),
            back: format!("{}/requests/{id}/paid", cx.app.origin()),
        };
        let place = cx.app.ports.payments.order(wish).await.map_err(|_| Error::Busy)?;
        let actor = cx.caller.actor();
        cx.write(move |tx, draw| {
            let look_at = draw.now().checked_add(SOON).map_err(Error::fault)?;
            if !payments::ordered(tx, &order.id, (&place.gateway_id, &place.pay_url), look_at)? {
                return Err(Error::Late);
            }
            Record::of(actor.clone(), "payment-ordered")
                .subject(account)
                .payload(json!({ "case": id, "payment": order.id, "amount": order.amount }))
                .write(tx, draw)?;
            Ok(())
        })
        .await
    }
}
