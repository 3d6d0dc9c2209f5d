//! The first page of the cabinet.

use jiff::Timestamp;
use qyzmet_domain::Locale;
use qyzmet_store::repositories::{accounts, cases, numbers, results};

use crate::{
    Access, App, Cx, Error, RequestCard, ServiceCard, UseCase, cases::cards, catalogue::service_cards,
    numbering,
};

/// How many requests and results the first page shows.
const LATEST: i64 = 10;

/// Shows the cabinet.
pub struct ShowCabinet {
    /// In which language.
    pub locale: Locale,
}

/// The cabinet.
pub struct CabinetView {
    /// The person's name.
    pub name: String,
    /// The linked number, in part [R58-5.3b].
    pub number_masked: Option<String>,
    /// The latest requests.
    pub requests: Vec<RequestCard>,
    /// The latest results.
    pub results: Vec<ResultCard>,
    /// What can be asked for.
    pub services: Vec<ServiceCard>,
}

/// One result in a list.
#[derive(Clone, Debug)]
pub struct ResultCard {
    /// Its number.
    pub number: String,
    /// The service.
    pub title: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Whether it is a refusal.
    pub refused: bool,
}

impl UseCase for ShowCabinet {
    type Output = CabinetView;
    const NAME: &'static str = "show-cabinet";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<CabinetView, Error> {
        let (account, locale) = (cx.account()?, self.locale);
        let (person, number, cases, results) = cx
            .read(move |tx| {
                let person = accounts::by_id(tx, account)?.ok_or(Error::NotFound)?;
                let number = numbers::of_account(tx, account)?;
                let cases = cases::of_account(tx, account, LATEST)?;
                Ok((person, number, cases, results::of_account(tx, account, LATEST)?))
            })
            .await?;
        Ok(CabinetView {
            name: person.name,
            number_masked: number.map(|(number, _)| number.masked()),
            requests: cards(&cx.app, cases, locale),
            results: results.into_iter().map(|row| result_card(&cx.app, row, locale)).collect(),
            services: service_cards(&cx.app, cx.app.catalogue.all(numbering::day(cx.now)).iter(), locale),
        })
    }
}

fn result_card(app: &App, row: results::ResultRow, locale: Locale) -> ResultCard {
    let regulation = app.catalogue.version(&row.service, &row.version);
    ResultCard {
        number: row.number.to_string(),
        title: regulation
            .map_or_else(|| row.service.to_string(), |regulation| regulation.title(locale).to_owned()),
        issued_at: row.issued_at,
        refused: row.kind == "refused",
    }
}
