//! What the portal tells the recipient of a case by text message: that more is asked of them, that the case is decided, and
//! its certificates are there [R839-6.P11]. The texts name the request and nothing else of it.

use qyzmet_domain::Locale;
use qyzmet_engine::{Branch, Case, Phrases, Regulation, Verb};
use qyzmet_store::{
    Tx,
    repositories::{accounts, cases::CaseRow, numbers},
};

use super::{
    advance::Work,
    letters,
    outbox::{TextMessage, text_message},
    waits,
};
use crate::{Draw, Error};

/// Tells the recipient what has happened since the case had so many steps. Somebody without a linked number is not told,
/// which is no fault: the cabinet shows it.
pub(super) fn recipient(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    (row, case): (&CaseRow, &Case),
    known: usize,
) -> Result<(), Error> {
    let Some(what) = news(work.regulation, case, known) else { return Ok(()) };
    let (Some(request), Some((to, _))) = (&row.request_number, numbers::of_account(tx, row.account)?) else {
        return Ok(());
    };
    let locale = accounts::by_id(tx, row.account)?.map_or(Locale::Kk, |account| account.locale);
    let what = if letters::has_brought(work.regulation, case) { "issued" } else { what };
    let text = Phrases::of(locale).filled(&format!("sms.{what}"), &[("number", request)]);
    let message = TextMessage { account: row.account, purpose: what, to: &to, text: &text };
    text_message(tx, draw, work.app, &message)?;
    Ok(())
}

/// What is new to the recipient; nothing when the person is at it, or when the table has a message of its own for it.
fn news(regulation: &Regulation, case: &Case, known: usize) -> Option<&'static str> {
    if case.outcome.is_some() {
        let waited = |action: u32| {
            regulation.process.action(action).is_some_and(|action| waits::waits(regulation, action))
        };
        let told = regulation
            .process
            .actions
            .iter()
            .any(|action| matches!(&action.does, Verb::Notify(notify) if notify.purpose.is_none()));
        let was_away = case.steps.iter().any(|step| waited(step.action));
        return (was_away && !told).then_some("decided");
    }
    let new = case.steps.get(known..).unwrap_or_default();
    new.iter().any(|step| step.branch == Branch::More).then_some("more")
}

#[cfg(test)]
mod tests {
    use qyzmet_domain::RequestNumber;

    use super::*;

    #[test]
    fn each_message_fits_into_one_part_of_seventy_letters_in_every_language() {
        let number = RequestNumber::new(2026, 99_999_999_999).unwrap().to_string();
        let values = [("number", number.as_str()), ("near", "9999"), ("over", "9999"), ("day", "31.12.2026")];
        for locale in Locale::ALL {
            for what in ["more", "decided", "raised", "ending", "issued"] {
                let text = Phrases::of(locale).filled(&format!("sms.{what}"), &values);
                assert!(text.encode_utf16().count() <= 70, "{locale}: {text}");
                assert!(!text.contains(['⟦', '$']), "{locale}: {text}");
            }
        }
    }
}
