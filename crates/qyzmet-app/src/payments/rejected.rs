//! Fees that the payment gateway refuses for good: for the administrator, who can mend what is wrong with the orders.

use jiff::Timestamp;
use qyzmet_domain::{CaseId, Locale};
use qyzmet_store::{
    Tx,
    repositories::{
        cases,
        payments::{self, PaymentRow},
    },
};

use crate::{App, Error, cases::regulation_of};

/// How many are listed.
const MOST: u32 = 50;

/// A fee that the gateway refuses. Without the person: whoever mends the orders need not know whose they are.
pub struct RejectedFee {
    /// The case that asks for it.
    pub case: CaseId,
    /// Number of the request, which the person knows too.
    pub request_number: Option<String>,
    /// The service, in words.
    pub title: String,
    /// How much, in tenge.
    pub amount: u32,
    /// What the gateway answered.
    pub why: String,
    /// When.
    pub at: Timestamp,
    /// Whether the case still waits for it; else it went on without.
    pub waiting: bool,
}

/// All of them, the newest first.
pub(crate) fn rejected_fees(tx: &mut Tx<'_>, app: &App, locale: Locale) -> Result<Vec<RejectedFee>, Error> {
    let rows = payments::all_rejected(tx, MOST)?;
    let fees = rows.into_iter().map(|row| fee(tx, app, row, locale)).collect::<Result<Vec<_>, _>>()?;
    Ok(fees.into_iter().flatten().collect())
}

fn fee(tx: &mut Tx<'_>, app: &App, order: PaymentRow, locale: Locale) -> Result<Option<RejectedFee>, Error> {
    let Some(at) = order.rejected_at else { return Ok(None) };
    let case = cases::find(tx, order.account, order.case)?.ok_or(Error::NotFound)?;
    // A version that cannot be read any more has no words; its id names the service well enough.
    let title = regulation_of(app, &case)
        .map_or_else(|_| case.service.to_string(), |regulation| regulation.title(locale).to_owned());
    Ok(Some(RejectedFee {
        case: order.case,
        request_number: case.request_number,
        title,
        amount: order.amount,
        why: order.rejection.unwrap_or_default(),
        at,
        waiting: order.state == "rejected",
    }))
}
