//! The ledger: who used the person's data, when and why, straight from the journal.

use jiff::Timestamp;
use qyzmet_domain::{CaseId, EntryId, Locale};
use qyzmet_store::journal::{self, Entry};

use crate::{Access, Cx, Error, UseCase};

/// How many uses one page shows.
const MOST: u32 = 50;

/// Shows a page of the uses of the person's data, newest first.
pub struct ShowDataUse {
    /// In which language.
    pub locale: Locale,
    /// Uses older than this one.
    pub before: Option<String>,
}

/// One use.
#[derive(Clone, Debug)]
pub struct DataUse {
    /// Number of its journal entry.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// Who: `person` for the person's own doing, `system`, `officer`.
    pub who: String,
    /// What: the word of the journal.
    pub what: String,
    /// In which case.
    pub case: Option<CaseId>,
    /// By which clause.
    pub clause: Option<String>,
    /// Which register was asked, if one was.
    pub register: Option<String>,
    /// Its number of the answer.
    pub answer_id: Option<String>,
}

impl UseCase for ShowDataUse {
    type Output = Vec<DataUse>;
    const NAME: &'static str = "show-data-use";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<Vec<DataUse>, Error> {
        let account = cx.account()?;
        let before: Option<EntryId> = self.before.and_then(|id| id.parse().ok());
        let entries = cx.read(move |tx| Ok(journal::of_subject(tx, account, before, MOST)?)).await?;
        Ok(entries.into_iter().map(data_use).collect())
    }
}

fn data_use(entry: Entry) -> DataUse {
    let field = |name: &str| {
        let value = entry.payload.as_ref()?.get(name)?;
        value.as_str().map(str::to_owned)
    };
    DataUse {
        id: entry.id.to_string(),
        at: entry.at,
        who: entry.actor.split(':').next().unwrap_or_default().to_owned(),
        what: entry.what.clone(),
        case: entry.case,
        clause: entry.clause.as_ref().map(ToString::to_string),
        register: field("register"),
        answer_id: field("answer_id"),
    }
}
