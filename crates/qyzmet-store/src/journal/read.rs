//! Reading entries: of a case, of a person, one by one.

use qyzmet_domain::{AccountId, CaseId, EntryId};

use super::{Entry, leaf::columns};
use crate::{Row, StoreError, Tx, shard, sql};

sql! {
    BY_ID = concat!("SELECT ", columns!(), " FROM journal WHERE id = $1");
    OF_CASE = concat!("SELECT ", columns!(), " FROM journal WHERE case_id = $1 ORDER BY case_sequence");
    // Those that have a place are found by their subject; those that wait for one are few.
    OF_SUBJECT = concat!("SELECT ", columns!(), " FROM journal WHERE id IN (
            SELECT id FROM (SELECT id FROM journal_place WHERE shard = $1 AND subject = $2 AND id < $3
                ORDER BY id DESC LIMIT $4) AS latest
            UNION ALL SELECT id FROM journal_waiting WHERE shard = $1 AND subject = $2 AND id < $3)
        ORDER BY id DESC LIMIT $4");
    CASES = "SELECT DISTINCT case_id FROM journal WHERE case_id > $1 ORDER BY case_id LIMIT $2";
    LAST_ABOUT = concat!("SELECT ", columns!(), " FROM journal WHERE what IN ($3, $4) AND id IN (
            SELECT id FROM journal_place WHERE shard = $1 AND subject = $2
            UNION ALL SELECT id FROM journal_waiting WHERE shard = $1 AND subject = $2)
        ORDER BY at DESC, what LIMIT 1");
    OF_KIND = concat!("SELECT ", columns!(), " FROM journal WHERE what = $1 AND id > $2 ORDER BY id LIMIT $3");
    CASE_OF = "SELECT case_id, case_sequence FROM journal WHERE id = $1";
    LENGTH = "SELECT count(*) FROM journal WHERE case_id = $1";
}

/// Text after every identifier.
const LAST: &str = "~";

/// One entry.
pub fn entry(tx: &mut Tx, id: EntryId) -> Result<Option<Entry>, StoreError> {
    tx.one(&BY_ID, &[id.into()])?.map(|row| read(&row)).transpose()
}

/// All entries of a case in their order.
pub fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Entry>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?.iter().map(read).collect()
}

/// The case of an entry, and the number of the entry in it. Reads nothing else, so that it serves for a damaged entry.
pub fn case_of(tx: &mut Tx, entry: &str) -> Result<Option<(CaseId, u64)>, StoreError> {
    let Some(row) = tx.one(&CASE_OF, &[entry.into()])? else { return Ok(None) };
    let case: Option<CaseId> = row.opt_parsed(0)?;
    Ok(case.zip(row.opt_int(1)?.map(i64::unsigned_abs)))
}

/// How many entries a case has: its next entry gets the number after.
pub fn case_length(tx: &mut Tx, case: CaseId) -> Result<u64, StoreError> {
    tx.one(&LENGTH, &[case.into()])?.map_or(Ok(0), |row| row.count(0))
}

/// A page of the entries about a person, newest first, older than the entry named.
pub fn of_subject(
    tx: &mut Tx,
    account: AccountId,
    before: Option<EntryId>,
    most: u32,
) -> Result<Vec<Entry>, StoreError> {
    let before = before.map_or_else(|| LAST.to_owned(), |id| id.to_string());
    let values = [shard::of_account(account).into(), account.into(), before.into(), most.into()];
    tx.rows(&OF_SUBJECT, &values)?.iter().map(read).collect()
}

/// The last entry about a person that is of one of two kinds; of two in one moment the kind that comes first in the
/// alphabet.
pub fn last_about(tx: &mut Tx, account: AccountId, kinds: (&str, &str)) -> Result<Option<Entry>, StoreError> {
    let values = [shard::of_account(account).into(), account.into(), kinds.0.into(), kinds.1.into()];
    tx.one(&LAST_ABOUT, &values)?.map(|row| read(&row)).transpose()
}

/// A page of the entries of one kind in the order of their numbers, after the one named. It looks through the whole
/// journal: for checking, not for pages of people.
pub fn of_kind(tx: &mut Tx, what: &str, after: Option<EntryId>, most: u32) -> Result<Vec<Entry>, StoreError> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    tx.rows(&OF_KIND, &[what.into(), after.into(), most.into()])?.iter().map(read).collect()
}

/// A page of the cases that the journal knows, in the order of their numbers, after the one named: with [`of_case`]
/// this walks over everything that has to be folded and compared.
pub fn cases(tx: &mut Tx, after: Option<CaseId>, most: u32) -> Result<Vec<CaseId>, StoreError> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    tx.rows(&CASES, &[after.into(), most.into()])?.iter().map(|row| row.parsed(0)).collect()
}

/// Reads a row of [`columns!`].
pub(super) fn read(row: &Row) -> Result<Entry, StoreError> {
    let subject = row.text(5)?;
    let subject = if subject.is_empty() { None } else { Some(row.parsed(5)?) };
    Ok(Entry {
        id: row.parsed(0)?,
        at: row.time(1)?,
        actor: row.text(2)?,
        clause: row.opt_parsed(3)?,
        what: row.text(4)?,
        subject,
        case: row.opt_parsed(6)?,
        case_sequence: row.opt_int(7)?.map(i64::unsigned_abs),
        payload: row.opt_text(9)?.map(|_| row.json(9)).transpose()?,
        leaf: row.opt_int(13)?.map(i64::unsigned_abs),
    })
}
