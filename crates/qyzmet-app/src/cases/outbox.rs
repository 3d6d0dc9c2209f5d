//! Messages to people: sealed rows and a job each, in the unit that makes them necessary.

use qyzmet_domain::{AccountId, CaseId, MessageId, Phone};
use qyzmet_store::{
    Tx,
    jobs::NewJob,
    repositories::{
        messages::{self, NewMessage},
        numbers,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::advance::Work;
use crate::{App, Draw, Error, printed::Paper, work};

/// A message as it waits, sealed. Without `Debug`: it holds an address and maybe a code.
#[derive(Serialize, Deserialize)]
pub(crate) struct Outgoing {
    /// Number or address.
    pub(crate) to: String,
    /// Text.
    pub(crate) text: String,
    /// The paper that goes with it; printed when the letter leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) attached: Option<Attached>,
}

/// A paper of a case that goes with a letter.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Attached {
    /// Which.
    pub(crate) paper: Paper,
    /// Whose case.
    pub(crate) account: AccountId,
    /// Of which case.
    pub(crate) case: CaseId,
}

/// A text message about to be written.
pub(crate) struct TextMessage<'a> {
    /// Whose account it concerns.
    pub(crate) account: AccountId,
    /// What it is for.
    pub(crate) purpose: &'a str,
    /// To which number.
    pub(crate) to: &'a Phone,
    /// What it says.
    pub(crate) text: &'a str,
}

/// Leaves a text message for the worker.
pub(crate) fn text_message(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    message: &TextMessage<'_>,
) -> Result<MessageId, Error> {
    let TextMessage { account, purpose, to, text } = *message;
    leave(tx, draw, app, ("sms", &MailMessage { account, purpose, to: to.as_str(), text }), None)
}

/// A letter about to be written: its first line is its subject.
pub(crate) struct MailMessage<'a> {
    /// Whose account it concerns.
    pub(crate) account: AccountId,
    /// What it is for.
    pub(crate) purpose: &'a str,
    /// To which address.
    pub(crate) to: &'a str,
    /// What it says: words and links, never a certificate or a key [R839-19.5e].
    pub(crate) text: &'a str,
}

/// Leaves a letter for the worker.
///
/// # Errors
/// A fault for a text that holds key material: no letter of ours may [R839-19.5e].
pub(crate) fn mail_message(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    message: &MailMessage<'_>,
) -> Result<MessageId, Error> {
    mail_with(tx, draw, app, message, None)
}

/// Leaves a letter, maybe with a paper of a case, the only kind of document that a letter may carry [R839-6.P5, R839-19.5e].
///
/// # Errors
/// As [`mail_message`].
pub(crate) fn mail_with(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    message: &MailMessage<'_>,
    attached: Option<Attached>,
) -> Result<MessageId, Error> {
    if carries_a_key(message.text) {
        return Err(Error::fault("a letter would carry key material"));
    }
    leave(tx, draw, app, ("mail", message), attached)
}

/// Whether a text holds a private key, a certificate or a container of them: PEM, or a long word that is Base64 of DER.
fn carries_a_key(text: &str) -> bool {
    let is_der = |word: &str| word.len() > 80 && word.starts_with("MI");
    text.contains("-----BEGIN")
        || text.split_whitespace().any(is_der)
        || qyzmet_pki::holds_private_key(text.as_bytes())
}

fn leave(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    (channel, message): (&'static str, &MailMessage<'_>),
    attached: Option<Attached>,
) -> Result<MessageId, Error> {
    let MailMessage { account, purpose, to, text } = *message;
    let outgoing = Outgoing { to: to.to_owned(), text: text.to_owned(), attached };
    let plain = serde_json::to_string(&outgoing).map_err(Error::fault)?;
    let body = app.secrets.seal(draw.bytes(), &plain).map_err(Error::fault)?;
    let (id, now) = (draw.message(), draw.now());
    messages::insert(tx, &NewMessage { id, account, channel, purpose, body, now })?;
    let job = NewJob {
        id: draw.job(),
        kind: work::SEND_MESSAGE.to_owned(),
        key: None,
        payload: json!({ "message": id }),
        case: None,
        due_at: now,
    };
    draw.left.enqueue(tx, &job)?;
    Ok(id)
}

/// Opens what a message row holds.
pub(crate) fn open_body(app: &App, body: &[u8]) -> Result<Outgoing, Error> {
    let plain = app.secrets.open(body).map_err(Error::fault)?;
    serde_json::from_str(&plain).map_err(Error::fault)
}

/// Tells somebody in the words of the regulation; `to` is a number; without one it is the number linked to the account.
/// A person without a number is not told, which is no fault.
pub(super) fn notify(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    account: AccountId,
    message: &str,
    to: Option<&str>,
) -> Result<(), Error> {
    let number = match to.and_then(|to| to.parse::<Phone>().ok()) {
        Some(number) => Some(number),
        None => numbers::of_account(tx, account)?.map(|(number, _)| number),
    };
    let words = work.regulation.message(work.locale, message, &[]);
    if let (Some(number), Some(words)) = (number, words) {
        let message = TextMessage { account, purpose: message, to: &number, text: &words };
        text_message(tx, draw, work.app, &message)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use qyzmet_domain::Locale;
    use qyzmet_engine::Phrases;
    use qyzmet_pki::{KeyKind, Signer};

    use super::*;

    /// [R839-19.5e]
    #[test]
    fn every_letter_is_words_and_a_link_of_the_portal() {
        for locale in Locale::ALL {
            let letters = Phrases::of(locale).under("mail");
            assert!(!letters.is_empty(), "{locale}");
            for (key, text) in letters {
                let count = |place: &str| text.matches(place).count();
                let said = count("{ $day }") + count("{ $number }");
                assert_eq!(
                    (count("{ $") - said, count("{ $link }")),
                    (1, 1),
                    "{locale} {key}: a link, a day, a number"
                );
                let filled = text.replace("{ $link }", "https://portal.example/desk/operators/appeals");
                assert!(!carries_a_key(&filled), "{locale} {key}");
                assert!(
                    filled.lines().next().is_some_and(|line| !line.contains("https")),
                    "{locale}: a subject"
                );
            }
        }
    }

    /// [R839-19.5e]
    #[test]
    fn a_letter_that_would_carry_key_material_is_known() {
        let key = Signer::generate(KeyKind::EcP256).unwrap().to_encrypted_pem("Qupia").unwrap();
        let body: String = key.lines().filter(|line| !line.starts_with('-')).collect();
        for text in [key.as_str(), &body, &format!("Сәлем!\n\n{body}\n"), "-----BEGIN CERTIFICATE-----"]
        {
            assert!(carries_a_key(text), "{text}");
        }
        assert!(!carries_a_key(
            "Сәлем! https://portal.example/requests/019ab000-0000-7000-8000-000000000001"
        ));
    }
}
