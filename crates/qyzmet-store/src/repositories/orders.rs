//! Orders for certificates, from their registration until the last certificate of theirs is there.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use qyzmet_domain::{AccountId, CaseId};

use crate::{Row, StoreError, Tx, sql};

/// An order. Without `Debug`: its text names a person.
#[derive(Clone, PartialEq, Eq)]
pub struct OrderRow {
    /// Its unique number.
    pub number: String,
    /// Whose account, if any.
    pub account: Option<AccountId>,
    /// The case that asks for it, and the action with which the case goes on when all certificates are there.
    pub case: Option<(CaseId, u32)>,
    /// IIN or BIN of the holder.
    pub holder: String,
    /// The canonical form: what an operator signs.
    pub text: Vec<u8>,
    /// Where it is.
    pub state: OrderState,
    /// The operator's CMS.
    pub signature: Option<Vec<u8>>,
    /// SHA-256 of the operator's certificate in hexadecimal digits.
    pub operator: Option<String>,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// When it came into its state.
    pub changed_at: Timestamp,
}

/// Where an order is; it goes this way only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderState {
    /// Waits for an operator.
    Registered,
    /// An operator has signed it.
    Approved,
    /// What is to be signed is written down.
    Intended,
    /// All its certificates are there.
    Issued,
    /// It will never become certificates.
    Refused,
}

impl fmt::Display for OrderState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Registered => "registered",
            Self::Approved => "approved",
            Self::Intended => "intended",
            Self::Issued => "issued",
            Self::Refused => "refused",
        })
    }
}

impl FromStr for OrderState {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "registered" => Ok(Self::Registered),
            "approved" => Ok(Self::Approved),
            "intended" => Ok(Self::Intended),
            "issued" => Ok(Self::Issued),
            "refused" => Ok(Self::Refused),
            _ => Err(()),
        }
    }
}

/// A request of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestRow {
    /// SHA-256 of its SubjectPublicKeyInfo.
    pub key_id: Vec<u8>,
    /// The order.
    pub order_number: String,
    /// Its place in the order, from 0.
    pub place: u32,
    /// The profile that is asked for.
    pub profile: String,
    /// PKCS#10, exactly as it came.
    pub request: Vec<u8>,
    /// What is to be signed; nothing before the order was approved.
    pub intent: Option<Intent>,
}

/// What is to be signed over a key: enough to build the same bytes at any time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// The authority, by its name in the ceremony.
    pub issuer: String,
    /// Content of the INTEGER, big-endian.
    pub serial: Vec<u8>,
    /// The part of the revocation lists that the certificate names.
    pub part: u16,
    /// Valid from this moment.
    pub not_before: Timestamp,
    /// Valid until this moment, included.
    pub not_after: Timestamp,
    /// SHA-256 of the exact body.
    pub body_sha256: Vec<u8>,
}

sql! {
    INSERT = "INSERT INTO certificate_orders (number, account, case_id, action, holder, text, state, registered_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, 'registered', $7, $7) ON CONFLICT DO NOTHING";
    BY_NUMBER = "SELECT number, account, case_id, action, holder, text, state, signature, operator, registered_at, changed_at FROM certificate_orders WHERE number = $1";
    OF_CASE = "SELECT number, account, case_id, action, holder, text, state, signature, operator, registered_at, changed_at FROM certificate_orders WHERE case_id = $1 ORDER BY registered_at DESC, number DESC LIMIT 1";
    APPROVE = "UPDATE certificate_orders SET state = 'approved', signature = $2, operator = $3, changed_at = $4 WHERE number = $1 AND state = 'registered'";
    INTENDED = "UPDATE certificate_orders SET state = 'intended', action = $2, changed_at = $3 WHERE number = $1 AND state = 'approved'";
    ISSUED = "UPDATE certificate_orders SET state = 'issued', changed_at = $2 WHERE number = $1 AND state = 'intended'";
    REFUSE = "UPDATE certificate_orders SET state = 'refused', changed_at = $2 WHERE number = $1 AND state IN ('registered', 'approved', 'intended')";
    ADD_REQUEST = "INSERT INTO certificate_requests (key_id, order_number, place, profile, request) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    REQUESTS = "SELECT key_id, order_number, place, profile, request, issuer, serial, part, not_before, not_after, body_sha256 FROM certificate_requests WHERE order_number = $1 ORDER BY place";
    KEY_USED = "SELECT count(*) FROM certificate_requests WHERE key_id = $1";
    INTEND = "UPDATE certificate_requests SET issuer = $2, serial = $3, part = $4, not_before = $5, not_after = $6, body_sha256 = $7 WHERE key_id = $1 AND issuer IS NULL";
}

/// Keeps a new order; `false` when its number is known.
///
/// # Errors
/// Those of the store.
pub fn insert(tx: &mut Tx, order: &OrderRow) -> Result<bool, StoreError> {
    let values = [
        order.number.as_str().into(),
        order.account.into(),
        order.case.map(|(case, _)| case).into(),
        order.case.map(|(_, action)| action).into(),
        order.holder.as_str().into(),
        order.text.as_slice().into(),
        order.registered_at.into(),
    ];
    Ok(tx.execute(&INSERT, &values)? == 1)
}

/// Keeps a request of an order; `false` when its key was ordered before, by whomever.
///
/// # Errors
/// Those of the store.
pub fn add_request(tx: &mut Tx, request: &RequestRow) -> Result<bool, StoreError> {
    let values = [
        request.key_id.as_slice().into(),
        request.order_number.as_str().into(),
        request.place.into(),
        request.profile.as_str().into(),
        request.request.as_slice().into(),
    ];
    Ok(tx.execute(&ADD_REQUEST, &values)? == 1)
}

/// Whether a key was ordered before, by whomever.
///
/// # Errors
/// Those of the store.
pub fn is_key_used(tx: &mut Tx, key_id: &[u8]) -> Result<bool, StoreError> {
    Ok(tx.one(&KEY_USED, &[key_id.into()])?.map_or(Ok(0), |row| row.int(0))? > 0)
}

/// The order of a number.
///
/// # Errors
/// Those of the store.
pub fn by_number(tx: &mut Tx, number: &str) -> Result<Option<OrderRow>, StoreError> {
    tx.one(&BY_NUMBER, &[number.into()])?.map(|row| read(&row)).transpose()
}

/// The latest order of a case.
///
/// # Errors
/// Those of the store.
pub fn of_case(tx: &mut Tx, case: CaseId) -> Result<Option<OrderRow>, StoreError> {
    tx.one(&OF_CASE, &[case.into()])?.map(|row| read(&row)).transpose()
}

/// The requests of an order, in their places.
///
/// # Errors
/// Those of the store.
pub fn requests(tx: &mut Tx, number: &str) -> Result<Vec<RequestRow>, StoreError> {
    tx.rows(&REQUESTS, &[number.into()])?.iter().map(read_request).collect()
}

/// Keeps the operator's signature; `false` when the order does not wait for one.
///
/// # Errors
/// Those of the store.
pub fn approve(
    tx: &mut Tx,
    number: &str,
    signature: &[u8],
    operator: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(&APPROVE, &[number.into(), signature.into(), operator.into(), at.into()])? == 1)
}

/// Writes down what is to be signed over a key; `false` when that was done before, which then stands.
///
/// # Errors
/// Those of the store.
pub fn intend(tx: &mut Tx, key_id: &[u8], intent: &Intent) -> Result<bool, StoreError> {
    let values = [
        key_id.into(),
        intent.issuer.as_str().into(),
        intent.serial.as_slice().into(),
        u32::from(intent.part).into(),
        intent.not_before.into(),
        intent.not_after.into(),
        intent.body_sha256.as_slice().into(),
    ];
    Ok(tx.execute(&INTEND, &values)? == 1)
}

/// All intents of an order are written; `false` when it was not approved, or they were before.
///
/// # Errors
/// Those of the store.
pub fn intended(tx: &mut Tx, number: &str, action: Option<u32>, at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(&INTENDED, &[number.into(), action.into(), at.into()])? == 1)
}

/// All certificates of an order are there; `false` when that was known.
///
/// # Errors
/// Those of the store.
pub fn issued(tx: &mut Tx, number: &str, at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(&ISSUED, &[number.into(), at.into()])? == 1)
}

/// An order will never become certificates; `false` when it has, or when that was known.
///
/// # Errors
/// Those of the store.
pub fn refuse(tx: &mut Tx, number: &str, at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(&REFUSE, &[number.into(), at.into()])? == 1)
}

fn read(row: &Row) -> Result<OrderRow, StoreError> {
    let action = row.opt_int(3)?.and_then(|action| u32::try_from(action).ok());
    Ok(OrderRow {
        number: row.text(0)?,
        account: row.opt_parsed(1)?,
        case: row.opt_parsed(2)?.map(|case| (case, action.unwrap_or(0))),
        holder: row.text(4)?,
        text: row.blob(5)?,
        state: row.parsed(6)?,
        signature: row.opt_blob(7)?,
        operator: row.opt_text(8)?,
        registered_at: row.time(9)?,
        changed_at: row.time(10)?,
    })
}

fn read_request(row: &Row) -> Result<RequestRow, StoreError> {
    Ok(RequestRow {
        key_id: row.blob(0)?,
        order_number: row.text(1)?,
        place: number(row.int(2)?)?,
        profile: row.text(3)?,
        request: row.blob(4)?,
        intent: row.opt_text(5)?.map(|issuer| read_intent(row, issuer)).transpose()?,
    })
}

fn read_intent(row: &Row, issuer: String) -> Result<Intent, StoreError> {
    Ok(Intent {
        issuer,
        serial: row.blob(6)?,
        part: number(row.int(7)?)?,
        not_before: row.time(8)?,
        not_after: row.time(9)?,
        body_sha256: row.blob(10)?,
    })
}

fn number<N: TryFrom<i64>>(value: i64) -> Result<N, StoreError> {
    N::try_from(value).map_err(|_| StoreError::Corrupt("a number of an order is too large".to_owned()))
}
