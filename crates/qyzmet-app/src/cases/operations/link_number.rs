//! The operation that links a number to an account, by the rules of order 58.

use std::collections::BTreeMap;

use qyzmet_domain::{
    AccountId, Phone,
    subscriber::{Change, Known, LinkedNumber, Linking, Notice, link},
};
use qyzmet_engine::Case;
use qyzmet_store::{Tx, repositories::numbers};
use serde_json::json;

use super::Outcome;
use crate::{
    Draw, Error,
    cases::{
        Work,
        outbox::{TextMessage, text_message},
    },
    record::Record,
};

/// What the journal calls it when a number is linked; the entry names it.
pub(crate) const NUMBER_LINKED: &str = "number-linked";
/// What the journal calls it when a number leaves its account.
pub(crate) const NUMBER_UNLINKED: &str = "number-unlinked";

/// Links a proven number to the account of the case, by the rules of order 58 [R58-5.3a, R58-8].
pub(super) fn link_number(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    case: &Case,
    with: &BTreeMap<String, String>,
) -> Result<Outcome, Error> {
    let phone: Phone = with
        .get("number")
        .and_then(|number| number.parse().ok())
        .ok_or_else(|| Error::fault("link-number without a number"))?;
    let linking =
        Linking { account: case.recipient.account, recipient: case.recipient.identifier.clone(), phone };
    let known = known(tx, &linking)?;
    for change in link(&linking, &known, draw.now()).map_err(Error::fault)? {
        carry_out(tx, draw, work, case, change)?;
    }
    Ok(Outcome::done())
}

fn known(tx: &mut Tx<'_>, linking: &Linking) -> Result<Known, Error> {
    let of = |tx: &mut Tx<'_>, account: AccountId| -> Result<Option<LinkedNumber>, Error> {
        Ok(numbers::of_account(tx, account)?.map(|(phone, since)| LinkedNumber { account, phone, since }))
    };
    let own = of(tx, linking.account)?;
    let holder = match numbers::holder(tx, &linking.phone)? {
        Some(account) => of(tx, account)?,
        None => None,
    };
    Ok(Known { own, holder })
}

fn carry_out(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    case: &Case,
    change: Change,
) -> Result<(), Error> {
    match change {
        Change::Unlink { account, why, .. } => {
            numbers::unlink(tx, account)?;
            Record::of(work.actor.to_owned(), NUMBER_UNLINKED)
                .clause("58-2016:8")
                .subject(account)
                .payload(json!({ "why": why, "by-case": case.id }))
                .write(tx, draw)?;
        }
        Change::Link(linked) => {
            numbers::link(tx, linked.account, &linked.phone, linked.since)?;
            Record::of(work.actor.to_owned(), NUMBER_LINKED)
                .clause("58-2016:5.3")
                .subject(linked.account)
                .payload(json!({ "by-case": case.id, "number": linked.phone }))
                .write(tx, draw)?;
        }
        Change::Tell { phone, account, notice } => {
            let key = match notice {
                Notice::NumberChanged => "number-changed",
                Notice::NumberTaken => "number-taken",
            };
            let words = work
                .regulation
                .message(work.locale, key, &[])
                .ok_or_else(|| Error::fault("no words for a notice"))?;
            let message = TextMessage { account, purpose: key, to: &phone, text: &words };
            text_message(tx, draw, work.app, &message)?;
        }
    }
    Ok(())
}
