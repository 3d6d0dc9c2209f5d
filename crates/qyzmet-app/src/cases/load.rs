//! Loading a case with the version of the regulation under which it runs.

use std::sync::Arc;

use qyzmet_domain::{AccountId, CaseId};
use qyzmet_engine::{Case, Regulation};
use qyzmet_store::{
    Tx,
    repositories::cases::{self, CaseRow},
};

use crate::{App, Error};

/// The case of an account; somebody else's case is as good as none.
pub(crate) fn owned(tx: &mut Tx<'_>, account: AccountId, id: CaseId) -> Result<CaseRow, Error> {
    live(cases::find(tx, account, id)?.ok_or(Error::NotFound)?)
}

/// A case that can be worked on; one that does not agree with its events rests.
pub(crate) fn live(row: CaseRow) -> Result<CaseRow, Error> {
    if row.frozen_at.is_some() { Err(Error::Frozen) } else { Ok(row) }
}

/// The engine's case inside a row.
pub(crate) fn parse(row: &CaseRow) -> Result<Case, Error> {
    serde_json::from_str(&row.state).map_err(|error| Error::fault(format!("case {}: {error}", row.id)))
}

/// The version with which the case began.
pub(crate) fn regulation_of(app: &App, row: &CaseRow) -> Result<Arc<Regulation>, Error> {
    app.catalogue
        .version(&row.service, &row.version)
        .ok_or_else(|| Error::fault(format!("case {} runs under an unpublished version", row.id)))
}
