//! A paper as PDF: for its owner, for the operator who hands it out, and for the letter that carries it.

use qyzmet_domain::{AccountId, CaseId, Locale};
use qyzmet_engine::{Case, Regulation};
use qyzmet_store::{
    Tx,
    repositories::{
        accounts,
        cases::{self, CaseRow},
    },
};
use serde_json::Value;

use super::{
    Paper,
    content::{Known, content},
    received,
};
use crate::{
    Access, App, Cx, Document, Error, UseCase,
    cases::{live, owned, parse, regulation_of},
};

/// Gives its owner a paper of a case.
pub struct DownloadPaper {
    /// Which case.
    pub case: CaseId,
    /// Which paper.
    pub paper: Paper,
    /// In which language.
    pub locale: Locale,
}

impl UseCase for DownloadPaper {
    type Output = Document;
    const NAME: &'static str = "download-paper";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<Document, Error> {
        let (account, app) = (cx.account()?, cx.app.clone());
        let Self { case, paper, locale } = self;
        let found = cx.read(move |tx| {
            let row = owned(tx, account, case)?;
            Ready::of(tx, &app, &row, (paper, locale))
        });
        found.await?.print(&cx.app).await
    }
}

/// Prints a paper for the letter that carries it, in the language of the person.
pub(crate) struct PrintPaper {
    /// Whose case.
    pub(crate) account: AccountId,
    /// Which case.
    pub(crate) case: CaseId,
    /// Which paper.
    pub(crate) paper: Paper,
}

impl UseCase for PrintPaper {
    type Output = Document;
    const NAME: &'static str = "print-paper";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<Document, Error> {
        let (app, Self { account, case, paper }) = (cx.app.clone(), self);
        let found = cx.read(move |tx| {
            let row = live(cases::find(tx, account, case)?.ok_or(Error::NotFound)?)?;
            let locale = accounts::by_id(tx, account)?.map_or(Locale::Kk, |account| account.locale);
            Ready::of(tx, &app, &row, (paper, locale))
        });
        found.await?.print(&cx.app).await
    }
}

/// The paper of a case that was loaded already, in the language of the recipient.
pub(crate) fn paper_of(tx: &mut Tx<'_>, app: &App, row: &CaseRow, paper: Paper) -> Result<Ready, Error> {
    let locale = accounts::by_id(tx, row.account)?.map_or(Locale::Kk, |account| account.locale);
    Ready::of(tx, app, row, (paper, locale))
}

/// A paper that has only to be printed.
pub(crate) struct Ready {
    name: String,
    data: Value,
    at: jiff::Timestamp,
}

impl Ready {
    fn of(
        tx: &mut Tx<'_>,
        app: &App,
        row: &CaseRow,
        (paper, locale): (Paper, Locale),
    ) -> Result<Self, Error> {
        let (regulation, case) = (regulation_of(app, row)?, parse(row)?);
        let operator = operator(tx, &regulation, &case)?;
        let known = Known { origin: &app.settings.origin, operator: operator.as_deref() };
        let data = content(paper, (&regulation, &case), locale, &known).ok_or(Error::NotFound)?;
        let number = row.request_number.as_deref().unwrap_or_default();
        Ok(Self { name: format!("{}-{number}.pdf", paper.word()), data, at: case.opened_at })
    }

    /// Prints it, on a thread for blocking work.
    pub(crate) async fn print(self, app: &App) -> Result<Document, Error> {
        let Self { name, data, at } = self;
        let app = app.clone();
        let bytes =
            tokio::task::spawn_blocking(move || pdf(&app, &data, at)).await.map_err(Error::fault)??;
        Ok(Document { bytes, name, media: "application/pdf" })
    }
}

/// The name of the operator who took the papers in.
fn operator(tx: &mut Tx<'_>, regulation: &Regulation, case: &Case) -> Result<Option<String>, Error> {
    let by = received(regulation, case).and_then(|(step, _)| step.by.as_ref());
    let Some(by) = by else { return Ok(None) };
    Ok(accounts::by_id(tx, by.id)?.map(|account| account.name))
}

/// Sealed, so that whoever gets it on paper or by letter can ask the portal whether it is one of its own.
#[cfg(feature = "print")]
fn pdf(app: &App, data: &Value, at: jiff::Timestamp) -> Result<Vec<u8>, Error> {
    let printed = qyzmet_print::render(include_str!("paper.typ"), data, at);
    let printed = printed.map_err(crate::results::not_printed)?;
    qyzmet_pki::pdf::seal(&printed, &app.keys.seal, app.now()).map_err(Error::fault)
}

#[cfg(not(feature = "print"))]
fn pdf(_: &App, _: &Value, _: jiff::Timestamp) -> Result<Vec<u8>, Error> {
    Err(Error::NotFound)
}
