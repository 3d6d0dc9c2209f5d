//! Results by their unique numbers [R74-3.3].

use jiff::Timestamp;
use qyzmet_domain::{AccountId, CaseId, DocumentId, EntryId, ResultNumber, ServiceId};

use crate::{Row, StoreError, Tx, shard, sql};

/// A result: its number is taken first, its documents come when it is signed.
#[derive(Clone, Debug)]
pub struct ResultRow {
    /// Its number.
    pub number: ResultNumber,
    /// Whose it is.
    pub account: AccountId,
    /// From which case.
    pub case: CaseId,
    /// Which service.
    pub service: ServiceId,
    /// Which version of its regulation.
    pub version: String,
    /// `issued` or `refused`.
    pub kind: String,
    /// When it was issued: part of what is signed.
    pub issued_at: Timestamp,
    /// The signed bytes.
    pub document: Option<DocumentId>,
    /// The employee's signature over them.
    pub signature: Option<DocumentId>,
    /// The portal's seal over them.
    pub seal: Option<DocumentId>,
    /// The rendering, once somebody has asked for it.
    pub pdf: Option<DocumentId>,
    /// The journal entry of the issue.
    pub entry: Option<EntryId>,
}

sql! {
    INSERT = "INSERT INTO results (number, shard, account, case_id, service, version, kind, issued_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    COMPLETE = "UPDATE results SET document = $2, signature = $3, seal = $4, entry = $5 WHERE number = $1 AND document IS NULL";
    SET_PDF = "UPDATE results SET pdf = $2 WHERE number = $1";
    BY_NUMBER = "SELECT number, account, case_id, service, version, kind, issued_at, document, signature, seal, pdf, entry FROM results WHERE number = $1";
    BY_CASE = "SELECT number, account, case_id, service, version, kind, issued_at, document, signature, seal, pdf, entry FROM results WHERE case_id = $1";
    OF_ACCOUNT = "SELECT number, account, case_id, service, version, kind, issued_at, document, signature, seal, pdf, entry FROM results WHERE shard = $1 AND account = $2 AND document IS NOT NULL ORDER BY issued_at DESC LIMIT $3";
}

/// Takes a number for the result of a case.
///
/// # Errors
/// [`StoreError::Conflict`] when the case has a result already.
pub fn insert(tx: &mut Tx, result: &ResultRow) -> Result<(), StoreError> {
    tx.execute(
        &INSERT,
        &[
            result.number.to_string().into(),
            shard::of_account(result.account).into(),
            result.account.into(),
            result.case.into(),
            result.service.as_str().into(),
            result.version.as_str().into(),
            result.kind.as_str().into(),
            result.issued_at.into(),
        ],
    )?;
    Ok(())
}

/// Adds the documents of a signed result; `false` when they are there already.
///
/// # Errors
/// Those of the store.
pub fn complete(
    tx: &mut Tx,
    number: &ResultNumber,
    documents: [DocumentId; 3],
    entry: EntryId,
) -> Result<bool, StoreError> {
    let [document, signature, seal] = documents;
    let changed = tx.execute(
        &COMPLETE,
        &[
            number.to_string().into(),
            document.to_string().into(),
            signature.to_string().into(),
            seal.to_string().into(),
            entry.into(),
        ],
    )?;
    Ok(changed == 1)
}

/// Remembers the rendering of a result.
///
/// # Errors
/// Those of the store.
pub fn set_pdf(tx: &mut Tx, number: &ResultNumber, pdf: DocumentId) -> Result<(), StoreError> {
    tx.execute(&SET_PDF, &[number.to_string().into(), pdf.to_string().into()])?;
    Ok(())
}

/// The result with this number.
///
/// # Errors
/// Those of the store.
pub fn by_number(tx: &mut Tx, number: &ResultNumber) -> Result<Option<ResultRow>, StoreError> {
    tx.one(&BY_NUMBER, &[number.to_string().into()])?.map(|row| read(&row)).transpose()
}

/// The result of this case.
///
/// # Errors
/// Those of the store.
pub fn by_case(tx: &mut Tx, case: CaseId) -> Result<Option<ResultRow>, StoreError> {
    tx.one(&BY_CASE, &[case.into()])?.map(|row| read(&row)).transpose()
}

/// The latest results of an account.
///
/// # Errors
/// Those of the store.
pub fn of_account(tx: &mut Tx, account: AccountId, most: i64) -> Result<Vec<ResultRow>, StoreError> {
    tx.rows(&OF_ACCOUNT, &[shard::of_account(account).into(), account.into(), most.into()])?
        .iter()
        .map(read)
        .collect()
}

fn read(row: &Row) -> Result<ResultRow, StoreError> {
    Ok(ResultRow {
        number: row.parsed(0)?,
        account: row.parsed(1)?,
        case: row.parsed(2)?,
        service: row.parsed(3)?,
        version: row.text(4)?,
        kind: row.text(5)?,
        issued_at: row.time(6)?,
        document: row.opt_parsed(7)?,
        signature: row.opt_parsed(8)?,
        seal: row.opt_parsed(9)?,
        pdf: row.opt_parsed(10)?,
        entry: row.opt_parsed(11)?,
    })
}
