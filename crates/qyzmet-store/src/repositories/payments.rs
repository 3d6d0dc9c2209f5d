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
    /// `new`, `ordered`, `paid`, `cancelled`.
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
}

sql! {
    INSERT = "INSERT INTO payments (id, shard, account, case_id, action, visit, amount, state, created_at, look_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'new', $8, NULL) ON CONFLICT (case_id, action, visit) DO NOTHING";
    OF_CASE = "SELECT id, account, case_id, action, visit, amount, state, gateway_id, pay_url, receipt, created_at, look_at FROM payments WHERE case_id = $1 AND action = $2 AND visit = $3";
    ORDERED = "UPDATE payments SET state = 'ordered', gateway_id = $2, pay_url = $3, look_at = $4 WHERE id = $1 AND state IN ('new', 'ordered')";
    PAID = "UPDATE payments SET state = 'paid', receipt = $2, look_at = NULL WHERE id = $1 AND state IN ('new', 'ordered')";
    CANCEL = "UPDATE payments SET state = 'cancelled', look_at = NULL WHERE case_id = $1 AND action = $2 AND visit = $3 AND state IN ('new', 'ordered')";
    LOOK_LATER = "UPDATE payments SET look_at = $2 WHERE id = $1 AND state = 'ordered'";
    TO_LOOK_AT = "SELECT id, account, case_id, action, visit, amount, state, gateway_id, pay_url, receipt, created_at, look_at FROM payments WHERE look_at <= $1 ORDER BY look_at LIMIT $2";
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

/// Writes down that it was paid; `false` when that is known already.
///
/// # Errors
/// Those of the store.
pub fn paid(tx: &mut Tx, id: &str, receipt: &str) -> Result<bool, StoreError> {
    Ok(tx.execute(&PAID, &[id.into(), receipt.into()])? == 1)
}

/// Gives up the order of a case that no longer waits for it.
///
/// # Errors
/// Those of the store.
pub fn cancel(tx: &mut Tx, case: CaseId, action: u32, visit: u32) -> Result<(), StoreError> {
    tx.execute(&CANCEL, &[case.into(), action.into(), visit.into()])?;
    Ok(())
}

/// Puts off asking the gateway about an order.
///
/// # Errors
/// Those of the store.
pub fn look_later(tx: &mut Tx, id: &str, look_at: Timestamp) -> Result<(), StoreError> {
    tx.execute(&LOOK_LATER, &[id.into(), look_at.into()])?;
    Ok(())
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
    })
}
