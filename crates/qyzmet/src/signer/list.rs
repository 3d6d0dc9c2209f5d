//! A revocation list from the rows: read page by page on one view of the store, written in constant memory.

use std::{cell::RefCell, io, vec};

use qyzmet_app::{
    authority::address_of_list,
    ports::{Fault, ListBase, ListOrder, SignedList},
};
use qyzmet_pki::{
    Identity, Reason, SerialNumber,
    authority::Revoked,
    crl::{self, CrlError, Draft, Part},
};
use qyzmet_store::{
    StoreError, Tx,
    repositories::{
        certificates::{self, Listed, RevokedRow},
        lists::Series,
    },
};

/// Rows that are read at once.
const PAGE: u32 = 2048;

/// A list could not be signed.
#[derive(Debug, thiserror::Error)]
pub(super) enum ListError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Crl(#[from] CrlError),
    #[error("the signer has no such key")]
    NoKey,
}

impl ListError {
    /// As whoever asked sees it: what breaks a rule is not tried again.
    pub(super) fn fault(self) -> Fault {
        match self {
            Self::NoKey | Self::Crl(CrlError::Draft(_) | CrlError::Period | CrlError::RemovedInFull) => {
                Fault::Rejected(self.to_string())
            }
            other => Fault::Unavailable(other.to_string()),
        }
    }
}

/// Signs the list that is ordered over what the rows say in this view of the store.
pub(super) fn sign(
    tx: &mut Tx<'_>,
    identity: &Identity,
    origin: &str,
    order: &ListOrder,
) -> Result<SignedList, ListError> {
    let seen = certificates::latest_change(tx, &order.issuer)?;
    let rows = RefCell::new(tx);
    let mut bytes = Vec::new();
    let written = crl::write(identity, &draft(origin, order), || Walk::new(&rows, order), &mut bytes)?;
    Ok(SignedList { bytes, entries: written.entries, seen })
}

/// Full lists say where their deltas are; parts are named as their certificates name them.
fn draft(origin: &str, order: &ListOrder) -> Draft {
    let whole = Draft::full(order.number, order.this_update, order.next_update);
    match (order.series, order.base) {
        (Series::Part(_), _) => {
            let addresses = vec![address_of_list(origin, &order.issuer, order.series)];
            whole.of_part(Part { addresses, only_users: false })
        }
        (_, Some(base)) => whole.since(base.number),
        (_, None) => whole.with_deltas_at(vec![address_of_list(origin, &order.issuer, Series::Delta)]),
    }
}

/// A walk over the entries of a list.
struct Walk<'a, 'tx> {
    rows: &'a RefCell<&'a mut Tx<'tx>>,
    issuer: &'a str,
    place: Place,
    page: vec::IntoIter<Revoked>,
}

/// Where a walk is.
enum Place {
    /// Among all revoked, of one part or of all; after this row.
    Revoked(Option<u32>, Option<RevokedRow>),
    /// Among the changed; after the change with this number.
    Changed(u64),
    /// At its end.
    End,
}

impl<'a, 'tx> Walk<'a, 'tx> {
    fn new(rows: &'a RefCell<&'a mut Tx<'tx>>, order: &'a ListOrder) -> Self {
        let place = match (order.series, order.base) {
            (Series::Part(part), _) => Place::Revoked(Some(part), None),
            (_, Some(ListBase { seen, .. })) => Place::Changed(seen),
            (_, None) => Place::Revoked(None, None),
        };
        Self { rows, issuer: &order.issuer, place, page: Vec::new().into_iter() }
    }

    /// Reads the next page; an empty one is the end.
    fn turn(&mut self) -> io::Result<()> {
        let mut rows = self.rows.borrow_mut();
        let (page, place) = match &self.place {
            Place::Revoked(part, after) => {
                let found = certificates::revoked_after(&mut rows, self.issuer, *part, after.as_ref(), PAGE);
                let found = found.map_err(io::Error::other)?;
                let page = found.iter().map(revoked).collect::<Option<Vec<_>>>();
                (page, found.into_iter().next_back().map(|last| Place::Revoked(*part, Some(last))))
            }
            Place::Changed(after) => {
                let found = certificates::changed_after(&mut rows, self.issuer, *after, PAGE);
                let found = found.map_err(io::Error::other)?;
                let page = found.iter().map(changed).collect::<Option<Vec<_>>>();
                (page, found.last().map(|last| Place::Changed(last.change)))
            }
            Place::End => return Ok(()),
        };
        self.page = page.ok_or_else(|| io::Error::other("a row of a certificate is damaged"))?.into_iter();
        self.place = place.unwrap_or(Place::End);
        Ok(())
    }
}

impl Iterator for Walk<'_, '_> {
    type Item = io::Result<Revoked>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(entry) = self.page.next() {
            return Some(Ok(entry));
        }
        match self.turn() {
            Ok(()) => self.page.next().map(Ok),
            Err(error) => Some(Err(error)),
        }
    }
}

fn revoked(row: &RevokedRow) -> Option<Revoked> {
    let entry = Revoked::new(SerialNumber::new(&row.serial)?, row.at, Reason::from_code(row.reason)?);
    Some(Revoked { invalid_since: row.invalid_since, ..entry })
}

/// What was released since the base is taken back from every list that somebody may hold.
fn changed(row: &Listed) -> Option<Revoked> {
    let serial = SerialNumber::new(&row.serial)?;
    let entry = match row.revoked {
        Some((reason, at)) => Revoked::new(serial, at, Reason::from_code(reason)?),
        None => Revoked::new(serial, row.changed_at, Reason::RemoveFromCrl),
    };
    Some(Revoked { invalid_since: row.invalid_since, ..entry })
}
