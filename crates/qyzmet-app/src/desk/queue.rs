//! The queue of a unit: what waits there, that with the least time left first.

use jiff::Timestamp;
use qyzmet_domain::{AccountId, CaseId, Locale, OfficerSession};
use qyzmet_store::{
    Tx,
    repositories::{
        officers,
        waits::{self, WaitRow},
    },
};

use super::{HEAD, start::takes_visitors};
use crate::{
    Access, Cx, Error, UseCase,
    access::has,
    conduct::{self, OPERATOR, SUPPORT, standing},
    numbering,
};

/// How many rows a page of the queue shows.
const MOST: u32 = 100;

/// Lists what waits at the desk of the officer's unit.
pub struct ListQueue {
    /// In which language.
    pub locale: Locale,
}

/// The queue.
pub struct QueueView {
    /// Id of the body.
    pub body: String,
    /// The unit in words, as far as a waiting service has them.
    pub unit: String,
    /// Whether the officer is the head of the unit.
    pub is_head: bool,
    /// Whether the officer may amend the calendar.
    pub is_administrator: bool,
    /// Whether the officer answers for operators, and so has a list of them.
    pub has_charge: bool,
    /// Whether the officer forwards appeals.
    pub is_support: bool,
    /// Whether the duties of an operator bind the officer.
    pub is_operator: bool,
    /// Whether the workstation has to be checked again.
    pub check_is_due: bool,
    /// Whether services are started here for visitors.
    pub takes_visitors: bool,
    /// How many wait in all.
    pub total: u64,
    /// Those with the least time left.
    pub items: Vec<QueueItem>,
}

/// One piece of work in the queue.
#[derive(Clone, Debug)]
pub struct QueueItem {
    /// Its case.
    pub case: CaseId,
    /// Its action.
    pub action: u32,
    /// The service.
    pub title: String,
    /// What is to be done.
    pub what: String,
    /// Number of the request.
    pub number: Option<String>,
    /// Since when it waits.
    pub came_at: Timestamp,
    /// When the term is over.
    pub due_at: Option<Timestamp>,
    /// How near that is.
    pub urgency: Urgency,
    /// Whether it was raised to the head.
    pub raised: bool,
    /// Who has it.
    pub officer: Option<String>,
    /// Whether that is the officer who looks.
    pub mine: bool,
}

/// How near the end of a term is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// It is over.
    Late,
    /// The head is to be told before it is.
    Soon,
    /// There is time.
    Calm,
}

impl Urgency {
    /// Of a wait, at a moment.
    pub(super) fn of(wait: &WaitRow, now: Timestamp) -> Self {
        let Some(due) = wait.due_at else { return Self::Calm };
        match () {
            () if now > due => Self::Late,
            () if wait.level > 0 || wait.alarm_at.is_some_and(|alarm| alarm <= now) => Self::Soon,
            () => Self::Calm,
        }
    }

    /// The word under which the locales have its text.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Soon => "soon",
            Self::Calm => "calm",
        }
    }
}

impl UseCase for ListQueue {
    type Output = QueueView;
    const NAME: &'static str = "list-queue";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<QueueView, Error> {
        let (officer, app, now) = (cx.officer()?, cx.app.clone(), cx.now);
        let who = officer.clone();
        let (rows, total, names, check_is_due, has_charge) = cx
            .read(move |tx| {
                let check_is_due = standing::check(tx, &app, &who, now)?;
                let desk = (who.body.as_str(), who.unit.as_str());
                let rows = waits::queue(tx, desk, who.person.account, MOST)?;
                let total = waits::queue_length(tx, desk, who.person.account)?;
                let has_charge = conduct::has_charge(tx, &who, now)?;
                Ok((rows, total, names(tx, &who, now)?, check_is_due, has_charge))
            })
            .await?;
        let items: Vec<QueueItem> =
            rows.iter().map(|row| item(&cx, &officer, row, &names, self.locale)).collect();
        Ok(QueueView {
            unit: unit_in_words(&cx, &officer, self.locale),
            body: officer.body.clone(),
            is_head: has(&officer, HEAD),
            is_administrator: has(&officer, super::ADMINISTRATOR),
            has_charge,
            is_support: has(&officer, SUPPORT),
            is_operator: has(&officer, OPERATOR),
            check_is_due,
            takes_visitors: takes_visitors(&cx, &officer),
            total,
            items,
        })
    }
}

/// Everybody of the unit, by account.
pub(super) fn names(
    tx: &mut Tx<'_>,
    officer: &OfficerSession,
    now: Timestamp,
) -> Result<Vec<(AccountId, String)>, Error> {
    let colleagues = officers::of_unit(tx, &officer.body, &officer.unit, now)?;
    Ok(colleagues.into_iter().map(|colleague| (colleague.officer.account, colleague.name)).collect())
}

/// The name of somebody of the unit; nothing when they have left it.
pub(super) fn name_of(names: &[(AccountId, String)], account: AccountId) -> Option<String> {
    names.iter().find(|(other, _)| *other == account).map(|(_, name)| name.clone())
}

fn item(
    cx: &Cx,
    officer: &OfficerSession,
    row: &WaitRow,
    names: &[(AccountId, String)],
    locale: Locale,
) -> QueueItem {
    let current = cx.app.catalogue.current(&row.service, numbering::day(cx.now));
    let words = |key: &str| {
        let text = current.as_ref().and_then(|regulation| regulation.text(locale, key));
        text.unwrap_or_default().to_owned()
    };
    QueueItem {
        case: row.case,
        action: row.action,
        title: words("title"),
        what: words(&format!("action.{}", row.action)),
        number: row.request_number.clone(),
        came_at: row.came_at,
        due_at: row.due_at,
        urgency: Urgency::of(row, cx.now),
        raised: row.level > 0,
        officer: row.officer.and_then(|account| name_of(names, account)),
        mine: row.officer == Some(officer.person.account),
    }
}

/// The unit in the words of the first published service of the body that has them.
pub(super) fn unit_in_words(cx: &Cx, officer: &OfficerSession, locale: Locale) -> String {
    let key = format!("unit.{}", officer.unit);
    let services = cx.app.catalogue.all(numbering::day(cx.now));
    let of_body = services.into_iter().filter(|regulation| regulation.service.owner == officer.body);
    let words = of_body.filter_map(|regulation| regulation.text(locale, &key).map(str::to_owned)).next();
    words.unwrap_or_else(|| officer.unit.clone())
}
