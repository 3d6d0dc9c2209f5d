//! Linked numbers are what the journal says of them: the last entry about an account decides.

use qyzmet_domain::{AccountId, EntryId, Phone};
use qyzmet_store::{
    Tx,
    journal::{self, Entry},
    repositories::numbers,
};

use crate::{
    Cx, Error,
    cases::{NUMBER_LINKED, NUMBER_UNLINKED},
};

/// Numbers or entries looked at in one unit of reading.
const PAGE: u32 = 500;

/// What was found.
#[derive(Default)]
pub(super) struct Numbers {
    /// Linked numbers compared.
    pub(super) looked_at: u64,
    /// What differs; it names accounts, and never a number.
    pub(super) faults: Vec<String>,
}

/// Compares all linked numbers with the journal, and the journal with all linked numbers.
pub(super) async fn compare(cx: &Cx) -> Result<Numbers, Error> {
    let mut found = Numbers::default();
    let mut after: Option<AccountId> = None;
    loop {
        let (last, looked_at, faults) = cx.read(move |tx| rows(tx, after)).await?;
        found.looked_at += looked_at;
        found.faults.extend(faults);
        if last.is_none() {
            break;
        }
        after = last;
    }
    let mut after: Option<EntryId> = None;
    loop {
        let (last, faults) = cx.read(move |tx| entries(tx, after)).await?;
        found.faults.extend(faults);
        if last.is_none() {
            return Ok(found);
        }
        after = last;
    }
}

fn last(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<Entry>, Error> {
    Ok(journal::last_about(tx, account, (NUMBER_LINKED, NUMBER_UNLINKED))?)
}

/// The last account looked at, how many there were, and what is wrong.
type Rows = (Option<AccountId>, u64, Vec<String>);

fn rows(tx: &mut Tx<'_>, after: Option<AccountId>) -> Result<Rows, Error> {
    let page = numbers::all_after(tx, after, PAGE.into())?;
    let mut faults = Vec::new();
    for (account, number, since) in &page {
        let fault = match last(tx, *account)? {
            Some(entry) if entry.what == NUMBER_LINKED => {
                if entry.at != *since {
                    Some("was journalled at another moment")
                } else if is_other(&entry, number) {
                    Some("is not the one that was journalled")
                } else {
                    None
                }
            }
            Some(_) => Some("is linked, though its unlinking was journalled"),
            None => Some("is linked, and the journal knows nothing of it"),
        };
        faults.extend(fault.map(|fault| format!("account {account}: its number {fault}")));
    }
    Ok((page.last().map(|(account, ..)| *account), page.len() as u64, faults))
}

/// Whether the entry names another number; one whose payload was erased names none.
fn is_other(entry: &Entry, number: &Phone) -> bool {
    let Some(payload) = &entry.payload else { return false };
    payload.get("number").and_then(|number| number.as_str()) != Some(number.as_str())
}

fn entries(tx: &mut Tx<'_>, after: Option<EntryId>) -> Result<(Option<EntryId>, Vec<String>), Error> {
    let page = journal::of_kind(tx, NUMBER_LINKED, after, PAGE)?;
    let mut faults = Vec::new();
    for entry in &page {
        let Some(account) = entry.subject else { continue };
        let is_last = last(tx, account)?.is_some_and(|last| last.id == entry.id);
        if is_last && numbers::of_account(tx, account)?.is_none() {
            faults.push(format!("account {account}: its number is gone, and no unlinking was journalled"));
        }
    }
    Ok((page.last().map(|entry| entry.id), faults))
}
