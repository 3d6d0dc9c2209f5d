//! Orders at the payment gateway [R1116-7.9].

use jiff::Timestamp;
use qyzmet_domain::{AccountId, CaseId};

use crate::{Row, StoreError, Tx, shard, sql};

/// An order: what is to be paid, and what the gateway has said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRow {
    /// Our number of it: the same number is ordered once.
    pub id: String,
    /// Who pays.
    pub account: AccountId,
    /// For which case.
    pub case: CaseId,
    /// Which action asks for it.
    pub action: u32,
    /// How often the case has left this action before.
    pub visit: u32,
    /// How much, in tenge.
    pub amount: u32,
    /// `new`, `ordered`, `paid`; `rejected` when the gateway refuses it for good; `cancelled` when the case no longer waits for it, `late` when it was paid all the same, and
    /// `refunded` once the gateway gives that back.
    pub state: String,
    /// The gateway's number of it.
    pub gateway_id: Option<String>,
    /// Where the person pays.
    pub pay_url: Option<String>,
    /// The bank's number of its receipt.
    pub receipt: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the gateway is asked next.
    pub look_at: Option<Timestamp>,
    /// When it last said that nothing was paid.
    pub asked_at: Option<Timestamp>,
    /// How much was paid late, in tenge.
    pub paid_amount: Option<u32>,
    /// The gateway's number of the refund.
    pub refund: Option<String>,
    /// What the gateway said when it refused the order for good.
    pub rejection: Option<String>,
    /// When it did.
    pub rejected_at: Option<Timestamp>,
}

sql! {
    INSERT = "INSERT INTO payments (id, shard, account, case_id, action, visit, amount, state, created_at, look_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'new', $8, NULL) ON CONFLICT (case_id, action, visit) DO NOTHING";
    OF_CASE = "SELECT id, account, case_id, action, visit, amount, state, gateway_id, pay_url, receipt, created_at, look_at, asked_at, paid_amount, refund, rejection, rejected_at FROM payments WHERE case_id = $1 AND action = $2 AND visit = $3";
    ORDERED = "UPDATE payments SET state = 'ordered', gateway_id = $2, pay_url = $3, look_at = $4, rejection = NULL, rejected_at = NULL WHERE id = $1 AND state IN ('new', 'ordered')";
    PAID = "UPDATE payments SET state = 'paid', receipt = $2, look_at = NULL WHERE id = $1 AND state IN ('new', 'ordered')";
    CANCEL = "UPDATE payments SET state = 'cancelled' WHERE case_id = $1 AND action = $2 AND visit = $3 AND state IN ('new', 'ordered', 'rejected')";
    REJECTED = "UPDATE payments SET state = 'rejected', rejection = $2, rejected_at = $3 WHERE id = $1 AND state = 'new'";
    RENEW = "UPDATE payments SET id = $2, state = 'new' WHERE id = $1 AND state = 'rejected'";
    PAID_LATE = "UPDATE payments SET state = 'late', receipt = $2, paid_amount = $3, look_at = $4 WHERE id = $1 AND state = 'cancelled'";
    REFUNDED = "UPDATE payments SET state = 'refunded', refund = $2, look_at = NULL WHERE id = $1 AND state = 'late'";
    STILL_OPEN = "UPDATE payments SET asked_at = $2, look_at = $3 WHERE id = $1 AND state IN ('ordered', 'cancelled')";
    LOOK_LATER = "UPDATE payments SET look_at = $2 WHERE id = $1 AND state IN ('ordered', 'cancelled', 'late')";
    GIVEN_UP = "SELECT id, account, case_id, action, visit, amount, state, gateway_id, pay_url, receipt, created_at, look_at, asked_at, paid_amount, refund, rejection, rejected_at FROM payments WHERE case_id = $1 AND gateway_id IS NOT NULL AND state IN ('cancelled', 'late', 'refunded') ORDER BY created_at DESC, id DESC LIMIT 1";
    BY_ID = "SELECT id, account, case_id, action, visit, amount, state, gateway_id, pay_url, receipt, created_at, look_at, asked_at, paid_amount, refund, rejection, rejected_at FROM payments WHERE id = $1";
    ALL_REJECTED = "SELECT id, account, case_id, action, visit, amount, state, gateway_id, pay_url, receipt, created_at, look_at, asked_at, paid_amount, refund, rejection, rejected_at FROM payments WHERE rejected_at IS NOT NULL ORDER BY rejected_at DESC LIMIT $1";
    LAST_OF_CASE = "SELECT id, account, case_id, action, visit, amount, state, gateway_id, pay_url, receipt, created_at, look_at, asked_at, paid_amount, refund, rejection, rejected_at FROM payments WHERE case_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1";
    TO_LOOK_AT = "SELECT id, account, case_id, action, visit, amount, state, gateway_id, pay_url, receipt, created_at, look_at, asked_at, paid_amount, refund, rejection, rejected_at FROM payments WHERE look_at <= $1 ORDER BY look_at LIMIT $2";
}

/// Keeps an order; `false` when there is one for this coming of the case already.
///
/// # Errors
/// Those of the store.
pub fn insert(tx: &mut Tx, payment: &PaymentRow) -> Result<bool, StoreError> {
    let changed = tx.execute(
        &INSERT,
        &[
            payment.id.as_str().into(),
            shard::of_account(payment.account).into(),
            payment.account.into(),
            payment.case.into(),
            payment.action.into(),
            payment.visit.into(),
            payment.amount.into(),
            payment.created_at.into(),
        ],
    )?;
    Ok(changed == 1)
}

/// The order for one coming of a case to an action.
///
/// # Errors
/// Those of the store.
pub fn of_case(tx: &mut Tx, case: CaseId, action: u32, visit: u32) -> Result<Option<PaymentRow>, StoreError> {
    tx.one(&OF_CASE, &[case.into(), action.into(), visit.into()])?.map(|row| read(&row)).transpose()
}

/// Writes down that the gateway has taken the order.
///
/// # Errors
/// Those of the store.
pub fn ordered(
    tx: &mut Tx,
    id: &str,
    (gateway_id, pay_url): (&str, &str),
    look_at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(&ORDERED, &[id.into(), gateway_id.into(), pay_url.into(), look_at.into()])? == 1)
}

/// Writes down that the gateway refuses the order for good; `false` when another process knows more.
///
/// # Errors
/// Those of the store.
pub fn rejected(tx: &mut Tx, id: &str, why: &str, at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(&REJECTED, &[id.into(), why.into(), at.into()])? == 1)
}

/// Gives a refused order a new number, under which it can be sent once more; `false` when it is not refused.
///
/// # Errors
/// Those of the store.
pub fn renew(tx: &mut Tx, id: &str, number: &str) -> Result<bool, StoreError> {
    Ok(tx.execute(&RENEW, &[id.into(), number.into()])? == 1)
}

/// Orders that the gateway refuses for good, those too whose case has gone on without them, the newest first.
///
/// # Errors
/// Those of the store.
pub fn all_rejected(tx: &mut Tx, most: u32) -> Result<Vec<PaymentRow>, StoreError> {
    tx.rows(&ALL_REJECTED, &[most.into()])?.iter().map(read).collect()
}

/// The last order of a case, whatever became of it.
///
/// # Errors
/// Those of the store.
pub fn last_of_case(tx: &mut Tx, case: CaseId) -> Result<Option<PaymentRow>, StoreError> {
    tx.one(&LAST_OF_CASE, &[case.into()])?.map(|row| read(&row)).transpose()
}

/// Writes down that it was paid; `false` when that is known already.
///
/// # Errors
/// Those of the store.
pub fn paid(tx: &mut Tx, id: &str, receipt: &str) -> Result<bool, StoreError> {
    Ok(tx.execute(&PAID, &[id.into(), receipt.into()])? == 1)
}

/// Writes down that it was paid although the case no longer waited for it; `false` when that is known already.
///
/// # Errors
/// Those of the store.
pub fn paid_late(
    tx: &mut Tx,
    id: &str,
    (receipt, amount): (&str, u32),
    look_at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(&PAID_LATE, &[id.into(), receipt.into(), amount.into(), look_at.into()])? == 1)
}

/// Writes down the gateway's number of the refund; `false` when that is known already.
///
/// # Errors
/// Those of the store.
pub fn refunded(tx: &mut Tx, id: &str, refund: &str) -> Result<bool, StoreError> {
    Ok(tx.execute(&REFUNDED, &[id.into(), refund.into()])? == 1)
}

/// Gives up the order of a case that no longer waits for it. Its page at the gateway is still there, so the gateway is asked
/// further whether somebody pays on it.
///
/// # Errors
/// Those of the store.
pub fn cancel(tx: &mut Tx, case: CaseId, action: u32, visit: u32) -> Result<(), StoreError> {
    tx.execute(&CANCEL, &[case.into(), action.into(), visit.into()])?;
    Ok(())
}

/// Writes down that the gateway has said at a moment that nothing was paid, and when it is asked again.
///
/// # Errors
/// Those of the store.
pub fn still_open(
    tx: &mut Tx,
    id: &str,
    asked_at: Timestamp,
    look_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    tx.execute(&STILL_OPEN, &[id.into(), asked_at.into(), look_at.into()])?;
    Ok(())
}

/// Sets when the gateway is asked about an order next; nothing to ask it no more.
///
/// # Errors
/// Those of the store.
pub fn look_later(tx: &mut Tx, id: &str, look_at: Option<Timestamp>) -> Result<(), StoreError> {
    tx.execute(&LOOK_LATER, &[id.into(), look_at.into()])?;
    Ok(())
}

/// The last order that a case no longer waits for although somebody may have paid it: the gateway has a page for it.
///
/// # Errors
/// Those of the store.
pub fn given_up(tx: &mut Tx, case: CaseId) -> Result<Option<PaymentRow>, StoreError> {
    tx.one(&GIVEN_UP, &[case.into()])?.map(|row| read(&row)).transpose()
}

/// The order with this number.
///
/// # Errors
/// Those of the store.
pub fn by_id(tx: &mut Tx, id: &str) -> Result<Option<PaymentRow>, StoreError> {
    tx.one(&BY_ID, &[id.into()])?.map(|row| read(&row)).transpose()
}

/// Orders about which the gateway is to be asked now.
///
/// # Errors
/// Those of the store.
pub fn to_look_at(tx: &mut Tx, now: Timestamp, most: u32) -> Result<Vec<PaymentRow>, StoreError> {
    tx.rows(&TO_LOOK_AT, &[now.into(), most.into()])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<PaymentRow, StoreError> {
    let small = |column: usize| {
        u32::try_from(row.count(column)?)
            .map_err(|_| StoreError::Corrupt(format!("column {column} is too large")))
    };
    Ok(PaymentRow {
        id: row.text(0)?,
        account: row.parsed(1)?,
        case: row.parsed(2)?,
        action: small(3)?,
        visit: small(4)?,
        amount: small(5)?,
        state: row.text(6)?,
        gateway_id: row.opt_text(7)?,
        pay_url: row.opt_text(8)?,
        receipt: row.opt_text(9)?,
        created_at: row.time(10)?,
        look_at: row.opt_time(11)?,
        asked_at: row.opt_time(12)?,
        paid_amount: row.opt_int(13)?.map(|_| small(13)).transpose()?,
        refund: row.opt_text(14)?,
        rejection: row.opt_text(15)?,
        rejected_at: row.opt_time(16)?,
    })
}
