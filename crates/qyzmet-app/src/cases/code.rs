//! One-time codes of a case: drawn, sent, presented; the store keeps a digest, the message is sealed until it is sent.

use jiff::SignedDuration;
use qyzmet_domain::{
    OtpPurpose, Phone,
    otp::{Binding, Code, CodeDigest, CodeRefused, OneTimeCode, SendRefused},
};
use qyzmet_engine::{Case, Notify, Regulation, Verb};
use qyzmet_store::{
    Tx,
    repositories::{codes, numbers},
};

use super::{
    advance::Work,
    outbox::{TextMessage, text_message},
};
use crate::{Draw, Error, SignatureProblem};

/// Draws a code for a purpose and sends it as the action table says, unless too many have gone to this number. Somebody without a linked number gets no code to
/// confirm with, and signs instead [R10-A1.1.4].
pub(super) fn send(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    case: &Case,
    purpose: OtpPurpose,
) -> Result<(), Error> {
    let action = sender(work.regulation, case, purpose)
        .ok_or_else(|| Error::fault("a code that no action of the table sends"))?;
    let (now, policy, account) = (draw.now(), work.app.settings.otp, case.recipient.account);
    let Some(to) = receiver(tx, work.regulation, case, purpose)? else {
        return if purpose == OtpPurpose::Number { Err(Error::fault("a code to no number")) } else { Ok(()) };
    };
    let hour_ago = now.checked_sub(SignedDuration::from_hours(1)).map_err(Error::fault)?;
    policy.may_send(&codes::sends(tx, &to, hour_ago)?, now).map_err(|refused| match refused {
        SendRefused::TooSoon { until } | SendRefused::TooMany { until } => {
            Error::TooMany { until, what: "code" }
        }
    })?;
    let code = Code::draw(policy.digits, draw.bytes());
    let binding = Binding::Case(case.id);
    let digest = CodeDigest::of(work.app.secrets.codes(), purpose, binding, &to, &code);
    let text = text(work, &action.message, &code)?;
    let sms = TextMessage { account, purpose: purpose.as_str(), to: &to, text: &text };
    let id = text_message(tx, draw, work.app, &sms)?;
    codes::sent(tx, &to, id, now)?;
    codes::put(tx, account, case.id, &OneTimeCode::issue(&policy, purpose, binding, digest, now), id)?;
    Ok(())
}

/// The words of the regulation; their last line tells a browser for which site the code is.
fn text(work: &Work<'_>, message: &str, code: &Code) -> Result<String, Error> {
    let host = work.app.settings.origin.split("://").last().unwrap_or_default();
    let host = host.split([':', '/']).next().unwrap_or_default();
    let values = [("code", code.reveal()), ("host", host)];
    let words = work.regulation.message(work.locale, message, &values);
    words.ok_or_else(|| Error::fault("the regulation has no words for this message"))
}

/// What presenting a code has come to; a wrong one costs an attempt, so this is written even when it is refused.
pub(super) fn present(
    tx: &mut Tx<'_>,
    work: &Work<'_>,
    case: &Case,
    typed: &str,
    draw: &Draw,
) -> Result<Result<(), CodeRefused>, Error> {
    let found = codes::find(tx, case.recipient.account, case.id)?;
    // No code was sent to somebody without a linked number: only a signature can confirm.
    let (mut kept, message) = found.ok_or(Error::Signature(SignatureProblem::Malformed))?;
    let binding = Binding::Case(case.id);
    let outcome = match (Code::typed(typed), receiver(tx, work.regulation, case, kept.purpose)?) {
        (Ok(code), Some(to)) => {
            let digest = CodeDigest::of(work.app.secrets.codes(), kept.purpose, binding, &to, &code);
            kept.present(&digest, binding, draw.now())
        }
        // What is not a code at all is a wrong code, without telling more.
        _ => kept.present(&CodeDigest::try_from("00".repeat(32)).map_err(Error::fault)?, binding, draw.now()),
    };
    codes::put(tx, case.recipient.account, case.id, &kept, message)?;
    Ok(outcome)
}

/// The number that gets the codes of a case: the one that the action table names when this is what the code proves,
/// otherwise only the one that is linked to the account [R74-4.3b].
pub(super) fn receiver(
    tx: &mut Tx<'_>,
    regulation: &Regulation,
    case: &Case,
    purpose: OtpPurpose,
) -> Result<Option<Phone>, Error> {
    match purpose {
        OtpPurpose::Number => Ok(number(regulation, case)),
        OtpPurpose::SignIn | OtpPurpose::Confirm => {
            Ok(numbers::of_account(tx, case.recipient.account)?.map(|(number, _)| number))
        }
    }
}

/// The number to prove: the fact to which the action sends the code.
fn number(regulation: &Regulation, case: &Case) -> Option<Phone> {
    let fact = sender(regulation, case, OtpPurpose::Number)?.to.as_deref()?;
    case.facts.get(fact)?.parse().ok()
}

/// The action that sends codes for a purpose: the one under way, or else the last one done.
fn sender<'a>(regulation: &'a Regulation, case: &Case, purpose: OtpPurpose) -> Option<&'a Notify> {
    let sends = |action: u32| match &regulation.process.action(action)?.does {
        Verb::Notify(notify) if notify.purpose == Some(purpose) => Some(notify),
        _ => None,
    };
    let done = case.steps.iter().rev().map(|step| step.action);
    case.current.iter().copied().chain(done).find_map(sends)
}
