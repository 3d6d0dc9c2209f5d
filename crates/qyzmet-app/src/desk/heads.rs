//! Telling the heads of a unit by text message of work that was raised to them: each piece once before and once after its term.

use jiff::{SignedDuration, Timestamp};
use qyzmet_domain::{AccountId, Locale};
use qyzmet_engine::Phrases;
use qyzmet_store::{
    Tx,
    repositories::{
        accounts, head_notices, numbers, officers,
        waits::{self, WaitRow},
    },
};
use serde_json::json;

use super::HEAD;
use crate::{
    Access, App, Cx, Draw, Error, UseCase,
    cases::{TextMessage, text_message},
    record::Record,
};

/// Units that are told in one go.
const MOST_UNITS: u32 = 500;
/// Pieces of work that one message sums up.
const MOST_WORK: u32 = 2_000;
/// The least time between two messages to a head: when an amendment of the calendar moves a thousand terms, one message
/// says so and another the rest.
const QUIET: SignedDuration = SignedDuration::from_mins(15);

/// Tells the heads of all units of what was raised to them since they were told last.
pub struct TellHeads;

impl UseCase for TellHeads {
    /// How many messages are on their way.
    type Output = usize;
    const NAME: &'static str = "tell-heads";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<usize, Error> {
        let units = cx.read(|tx| Ok(waits::untold_units(tx, MOST_UNITS)?)).await?;
        let mut told = 0;
        for (body, unit) in units {
            let app = cx.app.clone();
            told += cx.write(move |tx, draw| tell(tx, draw, &app, (&body, &unit))).await?;
        }
        Ok(told)
    }
}

/// One unit. What was raised is remembered as told in the unit of work that leaves the messages, so nothing is told twice
/// and nothing is lost when the portal stops. A unit without a head waits until it has one.
fn tell(tx: &mut Tx<'_>, draw: &mut Draw, app: &App, desk: (&str, &str)) -> Result<usize, Error> {
    let now = draw.now();
    if head_notices::last(tx, desk)?.is_some_and(|last| now.duration_since(last) < QUIET) {
        return Ok(0);
    }
    let (raised, heads) = (waits::untold(tx, desk, MOST_WORK)?, heads_of(tx, desk, now)?);
    if raised.is_empty() || heads.is_empty() {
        return Ok(0);
    }
    raised.iter().try_for_each(|wait| waits::told(tx, wait))?;
    head_notices::put(tx, desk, now)?;
    let mut told = Vec::new();
    for head in heads {
        if message(tx, draw, app, head, &raised)? {
            told.push(head);
        }
    }
    let count = told.len();
    Record::of("system".to_owned(), "heads-told")
        .payload(json!({ "body": desk.0, "unit": desk.1, "raised": raised.len(), "heads": told }))
        .write(tx, draw)?;
    Ok(count)
}

/// Leaves a message that says how many cases near their term and how many are past it; `false` for a head without a linked
/// number, to whom the badges of the queue say it. Nobody is told of their own request.
fn message(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    head: AccountId,
    raised: &[WaitRow],
) -> Result<bool, Error> {
    let count = |over: bool| {
        raised.iter().filter(|wait| wait.account != head && (wait.level > 1) == over).count().to_string()
    };
    let (near, over) = (count(false), count(true));
    let Some((to, _)) = numbers::of_account(tx, head)? else { return Ok(false) };
    if (near.as_str(), over.as_str()) == ("0", "0") {
        return Ok(false);
    }
    let locale = accounts::by_id(tx, head)?.map_or(Locale::Kk, |account| account.locale);
    let text = Phrases::of(locale).filled("sms.raised", &[("near", &near), ("over", &over)]);
    text_message(tx, draw, app, &TextMessage { account: head, purpose: "raised", to: &to, text: &text })?;
    Ok(true)
}

/// The heads of a unit at a moment.
pub(crate) fn heads_of(
    tx: &mut Tx<'_>,
    (body, unit): (&str, &str),
    at: Timestamp,
) -> Result<Vec<AccountId>, Error> {
    let colleagues = officers::of_unit(tx, body, unit, at)?;
    let is_head = |roles: &[String]| roles.iter().any(|role| role == HEAD);
    let heads = colleagues.iter().filter(|colleague| is_head(&colleague.officer.roles));
    Ok(heads.map(|colleague| colleague.officer.account).collect())
}
