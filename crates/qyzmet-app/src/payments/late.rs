//! A fee that was paid when its case no longer waited for it: it is written down, and the gateway is asked to give it back.

use jiff::SignedDuration;
use qyzmet_store::{
    Tx,
    repositories::payments::{self, PaymentRow},
};
use serde_json::json;

use crate::{Cx, Draw, Error, ports::RefundWish, record::Record};

/// How soon a gateway that did not answer is asked for the refund again.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// Writes down a payment that came late; the answer is the order for which a refund is to be asked. Nothing when that is
/// known already.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    order: &PaymentRow,
    (receipt, amount): (&str, u32),
) -> Result<Option<PaymentRow>, Error> {
    // Should the portal stop before the refund is asked, it is asked by the timer.
    if !payments::paid_late(tx, &order.id, (receipt, amount), draw.now())? {
        return Ok(None);
    }
    Record::of("system".to_owned(), "payment-late")
        .subject(order.account)
        .payload(json!({ "case": order.case, "payment": order.id, "amount": amount, "receipt": receipt }))
        .write(tx, draw)?;
    Ok(payments::by_id(tx, &order.id)?)
}

/// Asks the gateway to give a late payment back. The gateway gives it back once, however often it is asked.
///
/// # Errors
/// Those of the store; a gateway that does not answer is asked again later.
pub(super) async fn give_back(cx: &Cx, order: PaymentRow) -> Result<(), Error> {
    let (Some(receipt), Some(amount)) = (order.receipt.clone(), order.paid_amount) else {
        return Err(Error::fault("a late payment without its receipt"));
    };
    let wish = RefundWish { id: order.id.clone(), at: cx.now, receipt, amount };
    let answer = cx.app.ports.payments.refund(wish).await;
    let case = order.case;
    cx.write(move |tx, draw| match &answer {
        Ok(refund) => refunded(tx, draw, &order, refund),
        Err(fault) => {
            tracing::warn!(case = %order.case, %fault, "a refund was not taken and will be asked again");
            let again = draw.now().checked_add(AGAIN).map_err(Error::fault)?;
            Ok(payments::look_later(tx, &order.id, Some(again))?)
        }
    })
    .await?;
    cx.app.tell(case);
    Ok(())
}

fn refunded(tx: &mut Tx<'_>, draw: &mut Draw, order: &PaymentRow, refund: &str) -> Result<(), Error> {
    if !payments::refunded(tx, &order.id, refund)? {
        return Ok(());
    }
    Record::of("system".to_owned(), "payment-refunded")
        .subject(order.account)
        .payload(json!({
            "case": order.case,
            "payment": order.id,
            "amount": order.paid_amount,
            "refund": refund,
        }))
        .write(tx, draw)?;
    Ok(())
}
