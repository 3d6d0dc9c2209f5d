//! Who is told when a duty is broken: the direct head and the provider's responsible employees [R839-19.5c].

use std::collections::BTreeSet;

use qyzmet_domain::{AccountId, Locale};
use qyzmet_engine::Phrases;
use qyzmet_store::{
    Tx,
    repositories::{accounts, duties::DutyRow, numbers, officers},
};
use serde_json::json;

use super::{PERSONNEL, RESPONSIBLE};
use crate::{
    App, Draw, Error,
    cases::{TextMessage, text_message},
    desk::heads_of,
    record::Record,
};

/// Raises a duty to the head of the operator's unit and to the provider; the journal says to whom.
pub(super) fn raise(tx: &mut Tx<'_>, draw: &mut Draw, app: &App, duty: &DutyRow) -> Result<(), Error> {
    let mut whom: BTreeSet<AccountId> =
        heads_of(tx, (&duty.body, &duty.unit), draw.now())?.into_iter().collect();
    let responsible = officers::with_role(tx, RESPONSIBLE, draw.now())?;
    whom.extend(responsible.into_iter().map(|colleague| colleague.officer.account));
    whom.remove(&duty.account);
    for account in &whom {
        message(tx, draw, app, *account, duty.kind.word())?;
    }
    Record::of("system".to_owned(), "duty-raised")
        .clause(&duty.kind.clause().to_string())
        .subject(duty.account)
        .payload(json!({ "duty": duty.id, "kind": duty.kind.word(), "told": whom }))
        .write(tx, draw)?;
    Ok(())
}

/// Tells those who answer for the operators of a body.
pub(super) fn personnel(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    (body, what): (&str, &str),
) -> Result<(), Error> {
    for colleague in officers::with_role(tx, PERSONNEL, draw.now())? {
        if colleague.officer.body == body {
            message(tx, draw, app, colleague.officer.account, what)?;
        }
    }
    Ok(())
}

/// Tells the provider's responsible employees.
pub(super) fn provider(tx: &mut Tx<'_>, draw: &mut Draw, app: &App, what: &str) -> Result<(), Error> {
    for colleague in officers::with_role(tx, RESPONSIBLE, draw.now())? {
        message(tx, draw, app, colleague.officer.account, what)?;
    }
    Ok(())
}

/// Leaves a text message for somebody, in their language. Without a linked number the page of operators says it.
pub(super) fn message(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    account: AccountId,
    what: &str,
) -> Result<(), Error> {
    let Some((to, _)) = numbers::of_account(tx, account)? else { return Ok(()) };
    let locale = accounts::by_id(tx, account)?.map_or(Locale::Kk, |account| account.locale);
    let text = Phrases::of(locale).say(&format!("conduct.{what}"));
    text_message(tx, draw, app, &TextMessage { account, purpose: what, to: &to, text: &text })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_message_fits_into_one_part_of_seventy_letters_in_every_language_and_names_nobody() {
        let mut seen = 0;
        for locale in Locale::ALL {
            for what in [
                "key-lost",
                "two-places",
                "idle",
                "departure",
                "leaves",
                "copies",
                "copies-asked",
                "violation",
                "onboarding",
                "answered",
                "instruction",
                "workstation",
            ] {
                let text = Phrases::of(locale).say(&format!("conduct.{what}"));
                assert!(text.encode_utf16().count() <= 70, "{locale}: {text}");
                assert!(!text.contains(['⟦', '$', '{']), "{locale}: {text}");
                seen += 1;
            }
        }
        assert_eq!(seen, 36);
    }
}
