//! Fees: ordered at the payment gateway, paid there, and brought into the case when the gateway says so [R1116-7.9].

mod late;
mod look;
mod order;
mod rejected;

pub use look::{CheckPayment, LookAtPayments};
pub use order::OrderPayment;
pub use rejected::RejectedFee;
pub(crate) use rejected::rejected_fees;

use qyzmet_domain::{AccountId, CaseId};
use qyzmet_store::{
    Tx,
    repositories::{
        payments::{self, PaymentRow},
        waits,
    },
};

use crate::{Error, cases::waits::PAYMENT};

/// The order of the fee that a case waits for.
fn waiting_order(tx: &mut Tx<'_>, account: AccountId, case: CaseId) -> Result<PaymentRow, Error> {
    let open = waits::open_of_case(tx, account, case)?;
    let wait = open.iter().find(|wait| wait.task == PAYMENT).ok_or(Error::Late)?;
    payments::of_case(tx, case, wait.action, wait.visit)?
        .ok_or_else(|| Error::fault("a fee without its order"))
}
