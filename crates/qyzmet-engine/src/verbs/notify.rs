//! `notify`: a message is sent, perhaps with a one-time password [R58-5.2b].

use std::collections::BTreeMap;

use qyzmet_domain::OtpPurpose;

use super::{Act, Use};
use crate::event::Event;
use crate::finding::FindingKind;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Waiting};
use crate::written::Keys;
use crate::{Command, Rejection};

/// Sends a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notify {
    /// Its text stands under `message.<id>`.
    pub message: String,
    /// What its one-time password is for, when it has one.
    pub purpose: Option<OtpPurpose>,
    /// The fact with the number it goes to; without it the message goes to the cabinet.
    pub to: Option<String>,
}

impl Act for Notify {
    const NEEDS: &'static [Branch] = &[Branch::Ok];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let message = fields.need_text("message");
        let purpose = fields.one_of("purpose", &PURPOSES);
        let to = fields.text("to");
        if purpose == Some(OtpPurpose::Number) && to.is_none() {
            let words = "`to` is missing here: which fact is the number that the code proves?";
            fields.report(&fields.place(), FindingKind::MissingKey, words);
        }
        Some(Self { message: message?, purpose, to })
    }

    fn keys(&self) -> Keys {
        let word =
            |purpose: OtpPurpose| PURPOSES.iter().find(|(_, known)| *known == purpose).map(|(word, _)| *word);
        Keys::default()
            .with("message", self.message.as_str())
            .with_some("purpose", self.purpose.and_then(word))
            .with_some("to", self.to.clone())
    }

    fn uses(&self) -> Vec<Use> {
        let text = Use::Text(format!("message.{}", self.message));
        std::iter::once(text).chain(self.to.clone().map(Use::Fact)).collect()
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        let to = self.to.as_ref().and_then(|fact| at.fact(fact)).map(std::borrow::Cow::into_owned);
        let (action, message, purpose) = (at.action.number, self.message.clone(), self.purpose);
        Some(Waiting::Notify { action, message, purpose, to })
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        let Command::Done { facts, .. } = command else { return Err(at.not_waiting()) };
        at.foreign(facts)?;
        let facts: BTreeMap<_, _> = facts.clone();
        Ok(Event::Done { head: at.head(Branch::Ok), facts })
    }
}

const PURPOSES: [(&str, OtpPurpose); 3] =
    [("number", OtpPurpose::Number), ("sign-in", OtpPurpose::SignIn), ("confirm", OtpPurpose::Confirm)];
