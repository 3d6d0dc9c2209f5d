//! Pages of a form that an officer fills for whoever stands at the desk [R839-9.P3, R839-10.P4].

use std::collections::BTreeMap;

use jiff::Timestamp;
use qyzmet_domain::Locale;
use qyzmet_engine::{Command, FieldError, FieldErrors, Page, Verb};
use qyzmet_store::{Tx, repositories::cases};

use super::{
    WorkView,
    load::{Loaded, Place, at, carry_out, load},
    show::view_of,
};
use crate::{
    Access, Cx, Error, FormView, NextPage, Seen, UseCase,
    authority::own::revocable,
    cases::{Answered, answer_page, beside, certificates, form_page},
    conduct::standing,
};

/// Shows a page of the form that is filled here.
pub struct ShowDeskForm {
    /// The work.
    pub place: Place,
    /// Which page; the first one that is not answered when none is named.
    pub page: Option<String>,
    /// In which language.
    pub locale: Locale,
}

/// A form at a desk.
pub struct DeskFormView {
    /// The work.
    pub work: WorkView,
    /// The page.
    pub form: FormView,
}

impl UseCase for ShowDeskForm {
    type Output = DeskFormView;
    const NAME: &'static str = "show-desk-form";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<DeskFormView, Error> {
        let (officer, app, now) = (cx.officer()?, cx.app.clone(), cx.now);
        let Self { place, page, locale } = self;
        cx.read(move |tx| {
            let loaded = load(tx, &app, &officer, (place, now))?;
            let pages = pages(&loaded)?;
            let draft = cases::draft(tx, &loaded.row)?;
            let (regulation, case) = (&loaded.regulation, &loaded.case);
            let form =
                form_page(regulation, case, (&draft, page.as_deref()), locale, (place.action, &pages))?;
            let certificates = certificates(tx, &loaded.row, &loaded.regulation, now)?;
            let work = view_of(tx, &loaded, &officer, (locale, now))?;
            Ok(DeskFormView { work, form: FormView { certificates, ..form } })
        })
        .await
    }
}

/// Answers a page at a desk.
pub struct FillAtDesk {
    /// The work.
    pub place: Place,
    /// What the page showed.
    pub seen: Seen,
    /// Which page.
    pub page: String,
    /// What was typed, by field.
    pub values: BTreeMap<String, String>,
}

impl UseCase for FillAtDesk {
    type Output = NextPage;
    const NAME: &'static str = "fill-at-desk";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<NextPage, Error> {
        let (officer, app, actor, place) = (cx.officer()?, cx.app.clone(), cx.caller.actor(), self.place);
        let done = cx.write(move |tx, draw| {
            let loaded = load(tx, &app, &officer, (place, draw.now()))?;
            self.seen.still(&loaded.case, place.action)?;
            let pages = pages(&loaded)?;
            let values = self.values(tx, &loaded, &pages, draw.now())?;
            match answer_page(tx, draw, &loaded.row, &pages, (&self.page, &values))? {
                Answered::Page(next) => Ok(NextPage::Page(next)),
                Answered::All(values) => {
                    let at = at(&officer, self.seen.visit);
                    let command = Command::FillAt { action: place.action, at, values };
                    carry_out(tx, draw, (&app, &actor), loaded, command)?;
                    Ok(NextPage::Step)
                }
            }
        });
        match done.await {
            Ok(next) => {
                cx.app.tell(place.case);
                Ok(next)
            }
            Err(error) => Err(standing::journal_refusal(&cx, error).await),
        }
    }
}

impl FillAtDesk {
    /// The values, when the certificates that they name are the recipient's and can be revoked: an officer has all
    /// certificates within reach, and only those of the visitor are meant [R839-10.C2].
    fn values(
        &self,
        tx: &mut Tx<'_>,
        loaded: &Loaded,
        pages: &[&Page],
        now: Timestamp,
    ) -> Result<BTreeMap<String, String>, Error> {
        let page = pages.iter().find(|page| page.id == self.page).ok_or(Error::NotFound)?;
        let typed = beside(page, &cases::draft(tx, &loaded.row)?, &self.values);
        let accepted = page.accept(&typed).map_err(Error::Invalid)?;
        for field in page.fields.iter().filter(|field| field.is_certificate()) {
            let Some(serial) = accepted.get(&field.id) else { continue };
            if revocable(tx, loaded.row.account, serial, now)?.is_none() {
                let error = (field.id.clone(), FieldError::NotAnAnswer);
                return Err(Error::Invalid(FieldErrors([error].into())));
            }
        }
        Ok(accepted)
    }
}

/// The pages that are filled here, while they are; what a table does not fill at a desk has no such page.
fn pages(loaded: &Loaded) -> Result<Vec<&Page>, Error> {
    if loaded.wait.left_at.is_some() {
        return Err(Error::Late);
    }
    let action = loaded.regulation.process.action(loaded.wait.action);
    let Some(Verb::Fill(fill)) = action.map(|action| &action.does) else { return Err(Error::NotFound) };
    Ok(fill.pages.iter().filter_map(|page| loaded.regulation.page(page)).collect())
}
