//! The requests of a person.

use jiff::Timestamp;
use qyzmet_domain::{CaseId, Locale};
use qyzmet_store::repositories::cases::{self, CaseRow};

use crate::{Access, App, Cx, Error, UseCase};

/// How many requests one page shows.
const MOST: i64 = 100;

/// Lists the requests of the person who is signed in.
pub struct ListRequests {
    /// In which language.
    pub locale: Locale,
}

/// One request in a list.
#[derive(Clone, Debug)]
pub struct RequestCard {
    /// Its case.
    pub case: CaseId,
    /// The service.
    pub title: String,
    /// `open`, `running`, `issued`, `refused`, `finished`, `frozen`.
    pub state: String,
    /// When it was begun.
    pub at: Timestamp,
    /// Number of the request, once it is confirmed.
    pub number: Option<String>,
    /// Number of the result, once there is one.
    pub result: Option<String>,
}

impl UseCase for ListRequests {
    type Output = Vec<RequestCard>;
    const NAME: &'static str = "list-requests";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<Vec<RequestCard>, Error> {
        let account = cx.account()?;
        let rows = cx.read(move |tx| Ok(cases::of_account(tx, account, MOST)?)).await?;
        Ok(cards(&cx.app, rows, self.locale))
    }
}

/// Rows as cards.
pub(crate) fn cards(app: &App, rows: Vec<CaseRow>, locale: Locale) -> Vec<RequestCard> {
    let card = |row: CaseRow| RequestCard {
        case: row.id,
        title: app
            .catalogue
            .version(&row.service, &row.version)
            .map_or_else(|| row.service.to_string(), |regulation| regulation.title(locale).to_owned()),
        state: if row.frozen_at.is_some() { "frozen".to_owned() } else { row.status },
        at: row.opened_at,
        number: row.request_number,
        result: row.result_number,
    };
    rows.into_iter().map(card).collect()
}
