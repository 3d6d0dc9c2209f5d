//! A regulation: the service folder as read, checked and ready to run.

use jiff::SignedDuration;
use jiff::civil::Date;
use qyzmet_domain::classification::{Classification, Facts, Method, RuleSet, Warning, classify};
use qyzmet_domain::{Locale, Means, ServiceId};

use crate::service::Fee;
use crate::texts::fill;
use crate::{Channel, Example, Finding, Form, Page, Process, Service, Texts, Version};

/// Everything that `services/<id>/` says.
#[derive(Clone, Debug)]
pub struct Regulation {
    /// Content hash of the folder.
    pub version: Version,
    /// Passport.
    pub service: Service,
    /// Action table.
    pub process: Process,
    /// Form.
    pub form: Form,
    /// Words.
    pub texts: Texts,
    /// Printed form of the result.
    pub result_template: String,
    /// Sample cases.
    pub examples: Vec<Example>,
    pub(crate) classification: Classification,
    pub(crate) findings: Vec<Finding>,
}

impl Regulation {
    /// The service.
    #[must_use]
    pub fn id(&self) -> &ServiceId {
        &self.service.id
    }

    /// Its name in one language; the checker sees to it that it is there.
    #[must_use]
    pub fn title(&self, locale: Locale) -> &str {
        self.text(locale, "title").unwrap_or_default()
    }

    /// One of its texts.
    #[must_use]
    pub fn text(&self, locale: Locale, key: &str) -> Option<&str> {
        self.texts.get(locale, key)
    }

    /// What an action is called in the table.
    #[must_use]
    pub fn action_words(&self, locale: Locale, number: u32) -> Option<&str> {
        self.text(locale, &format!("action.{number}"))
    }

    /// A message of the service, `message.<id>`, with its placeholders filled.
    #[must_use]
    pub fn message(&self, locale: Locale, id: &str, values: &[(&str, &str)]) -> Option<String> {
        self.text(locale, &format!("message.{id}")).map(|text| fill(text, values))
    }

    /// Its class by order 10 [R10-3].
    #[must_use]
    pub fn classification(&self) -> &Classification {
        &self.classification
    }

    /// Its class under the rules of a day, and what must be said with it: for a new classification [R10-ST].
    #[must_use]
    pub fn classification_on(&self, day: Date) -> (Classification, Option<Warning>) {
        let (rules, warning) = RuleSet::on(day);
        (rules.classify(&answers(&self.service)), warning)
    }

    /// What a person does to confirm a request on this channel: what its class asks, or what a listed exception fixes
    /// [R10-A1.1.1, R10-A1.1.2, R10-A1.1.3]. Nothing is asked over text messages (Q-06) [R10-A1.1.5].
    #[must_use]
    pub fn confirmation(&self, channel: Channel) -> &[Means] {
        if matches!(channel, Channel::Ussd | Channel::Sms) {
            return &[];
        }
        match &self.service.confirm {
            Some(special) => special.means.get(&channel).map_or(&[], Vec::as_slice),
            None => self.classification.method.means(),
        }
    }

    /// Whether the service is offered on this channel: an EDS class never over text messages [R10-A1.1.5].
    #[must_use]
    pub fn is_offered_on(&self, channel: Channel) -> bool {
        let texting = matches!(channel, Channel::Ussd | Channel::Sms);
        let eds = self.classification.method == Method::Eds;
        self.service.channels.contains(&channel) && !(texting && eds)
    }

    /// Whether a person can start the service on this channel now.
    #[must_use]
    pub fn starts_on(&self, channel: Channel) -> bool {
        self.service.offered && self.is_offered_on(channel)
    }

    /// A page of the form.
    #[must_use]
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.form.page(id)
    }
}

/// The class that follows from a passport. Criterion 3 is the term of the standard, not typed a second time [R10-3.3].
pub(crate) fn class_of(service: &Service) -> Classification {
    classify(&answers(service))
}

fn answers(service: &Service) -> Facts {
    // Working days are always longer than the longest term that counts as at once.
    let term = service.term.limit.length().unwrap_or(SignedDuration::from_hours(24));
    Facts {
        disclosure_risk: service.disclosure_risk.answer,
        changes_register: service.changes_register.answer,
        term,
        paid: service.fee == Fee::Paid,
        permit: service.permit,
        composite: service.composite,
    }
}

#[cfg(test)]
mod tests;
