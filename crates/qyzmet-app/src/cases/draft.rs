//! What a person has typed is kept as it is, so that a change of language or a pause loses nothing.

use std::collections::BTreeMap;

use qyzmet_domain::CaseId;
use qyzmet_engine::Page;
use qyzmet_store::{
    Tx,
    repositories::cases::{self, CaseRow},
};

use super::{
    fill::filling,
    load::{owned, regulation_of},
    seen::Seen,
};
use crate::{Access, Cx, Draw, Error, UseCase};

/// Longest value that a draft keeps, in characters: more than any field takes.
const LONGEST: usize = 4000;

/// Keeps the values of a page, unchecked.
pub struct SaveDraft {
    /// Which case.
    pub case: CaseId,
    /// What the page showed.
    pub seen: Seen,
    /// Which page.
    pub page: String,
    /// What was typed, by field.
    pub values: BTreeMap<String, String>,
}

impl UseCase for SaveDraft {
    type Output = ();
    const NAME: &'static str = "save-draft";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (account, app) = (cx.account()?, cx.app.clone());
        cx.write(move |tx, draw| {
            let row = owned(tx, account, self.case)?;
            let regulation = regulation_of(&app, &row)?;
            let pages = filling(&regulation, &row, self.seen)?;
            let page = pages.into_iter().find(|page| page.id == self.page).ok_or(Error::NotFound)?;
            keep(tx, draw, &row, page, &self.values)
        })
        .await
    }
}

/// Keeps what was typed on a page as it is.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    draw: &Draw,
    row: &CaseRow,
    page: &Page,
    values: &BTreeMap<String, String>,
) -> Result<(), Error> {
    let mut answers = cases::draft(tx, row)?;
    for field in &page.fields {
        let value = values.get(&field.id).map(|value| value.chars().take(LONGEST).collect());
        answers.insert(field.id.clone(), value.unwrap_or_default());
    }
    cases::put_draft(tx, row, &answers, draw.now())?;
    Ok(())
}
