//! A person answers a page of the form; after the last page the action is filled and the case goes on.

use std::collections::BTreeMap;

use qyzmet_domain::{CaseId, Locale};
use qyzmet_engine::{Command, FieldErrors, Page, Regulation, Waiting, waiting};
use qyzmet_store::{
    Tx,
    repositories::{
        cases::{self, CaseRow},
        numbers,
    },
};

use super::{
    advance::{Work, advance},
    draft, keys,
    load::{owned, parse, regulation_of},
    operations::links_numbers,
    seen::Seen,
};
use crate::{Access, Cx, Draw, Error, UseCase};

/// Answers a page.
pub struct FillPage {
    /// Which case.
    pub case: CaseId,
    /// What the page showed.
    pub seen: Seen,
    /// Which page.
    pub page: String,
    /// What was typed, by field.
    pub values: BTreeMap<String, String>,
    /// In which language the person is served: the message with the code is in it.
    pub locale: Locale,
}

/// Where the person goes from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// To another page of the form.
    Page(String),
    /// The form is complete: to what the case waits for now.
    Step,
}

impl UseCase for FillPage {
    type Output = NextPage;
    const NAME: &'static str = "fill-page";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<NextPage, Error> {
        let (account, app, actor, case) = (cx.account()?, cx.app.clone(), cx.caller.actor(), self.case);
        let sure = is_sure(&cx);
        let next = cx
            .write(move |tx, draw| {
                let row = owned(tx, account, self.case)?;
                let regulation = regulation_of(&app, &row)?;
                let work =
                    Work { app: &app, regulation: &regulation, actor: &actor, locale: self.locale, above: 0 };
                if !sure && changes_number(tx, &work, &row)? {
                    return self.put_off(tx, draw, &work, &row).map(|()| None);
                }
                self.take(tx, draw, &work, row).map(Some)
            })
            .await?;
        cx.app.tell(case);
        next.ok_or(Error::StepUp)
    }
}

/// Whether the proof behind the session is fresh enough for a change of how the person is recognised.
fn is_sure(cx: &Cx) -> bool {
    cx.caller.session().is_none_or(|session| session.is_sure(cx.now, cx.app.settings.session_fresh))
}

/// Whether the case would put another number in the place of one that is linked [R58-8]: an old session could else move
/// all later codes to a stranger's handset.
fn changes_number(tx: &mut Tx<'_>, work: &Work<'_>, row: &CaseRow) -> Result<bool, Error> {
    Ok(links_numbers(work.regulation) && numbers::of_account(tx, row.account)?.is_some())
}

impl FillPage {
    /// Keeps what was typed until the person has proven anew who they are.
    fn put_off(&self, tx: &mut Tx<'_>, draw: &Draw, work: &Work<'_>, row: &CaseRow) -> Result<(), Error> {
        filling(work.regulation, row, self.seen)?;
        let page = work.regulation.page(&self.page).ok_or(Error::NotFound)?;
        draft::keep(tx, draw, row, page, &self.values)
    }

    fn take(
        &self,
        tx: &mut Tx<'_>,
        draw: &mut Draw,
        work: &Work<'_>,
        row: CaseRow,
    ) -> Result<NextPage, Error> {
        let pages = filling(work.regulation, &row, self.seen)?;
        match answer_page(tx, draw, &row, &pages, (&self.page, &self.values))? {
            Answered::Page(next) => Ok(NextPage::Page(next)),
            Answered::All(values) => {
                let Seen { action, visit } = self.seen;
                advance(tx, draw, work, row, Command::Fill { action, visit, values })?;
                Ok(NextPage::Step)
            }
        }
    }
}

/// What comes of an answered page.
pub(crate) enum Answered {
    /// Another page is open.
    Page(String),
    /// All pages are answered: the values, by field.
    All(BTreeMap<String, String>),
}

/// Takes the answers of a page; the draft keeps them until all pages are answered.
pub(crate) fn answer_page(
    tx: &mut Tx<'_>,
    draw: &Draw,
    row: &CaseRow,
    pages: &[&Page],
    (id, values): (&str, &BTreeMap<String, String>),
) -> Result<Answered, Error> {
    let page = pages.iter().find(|page| page.id == id).ok_or(Error::NotFound)?;
    let mut answers = cases::draft(tx, row)?;
    let accepted = page.accept(&beside(page, &answers, values)).map_err(Error::Invalid)?;
    keys::check(page, &accepted).map_err(Error::Invalid)?;
    for field in &page.fields {
        answers.remove(&field.id);
    }
    answers.extend(accepted);
    if let Some(next) = unanswered(pages, id, &answers) {
        cases::put_draft(tx, row, &answers, draw.now())?;
        return Ok(Answered::Page(next));
    }
    cases::drop_draft(tx, row)?;
    Ok(Answered::All(answers))
}

/// What was typed on a page beside what was answered on others, on which its fields may depend.
pub(crate) fn beside(
    page: &Page,
    draft: &BTreeMap<String, String>,
    typed: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let is_of_page = |id: &String| page.fields.iter().any(|field| field.id == *id);
    let others = draft.iter().filter(|(id, _)| !is_of_page(id));
    let own = typed.iter().filter(|(id, _)| is_of_page(id));
    others.chain(own).map(|(id, value)| (id.clone(), value.clone())).collect()
}

/// The pages of the action that waits to be filled, when it is the one that was seen.
pub(super) fn filling<'a>(
    regulation: &'a Regulation,
    row: &CaseRow,
    seen: Seen,
) -> Result<Vec<&'a Page>, Error> {
    let case = parse(row)?;
    let fill = |wait| if let Waiting::Fill { action, pages } = wait { Some((action, pages)) } else { None };
    let (action, pages) = waiting(regulation, &case).into_iter().find_map(fill).ok_or(Error::Late)?;
    seen.still(&case, action)?;
    Ok(pages.iter().filter_map(|page| regulation.page(page)).collect())
}

/// The page to go to: the first after this one, or before it, whose answers cannot be taken yet.
fn unanswered(pages: &[&Page], page: &str, answers: &BTreeMap<String, String>) -> Option<String> {
    let here = pages.iter().position(|other| other.id == page).map_or(0, |place| place + 1);
    if let Some(next) = pages.get(here) {
        return Some(next.id.clone());
    }
    let open = |page: &&&Page| page.accept(answers).is_err_and(|FieldErrors(errors)| !errors.is_empty());
    pages.iter().find(open).map(|page| page.id.clone())
}
