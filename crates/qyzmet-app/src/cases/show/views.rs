//! What the pages of a request show.

use std::collections::BTreeMap;

use jiff::Timestamp;
use qyzmet_domain::{CaseId, Locale, Means, ServiceId};
use qyzmet_engine::{Branch, Case, Field, FieldKind, KeyProfile, Regulation};

use crate::{authority::CertificateView, printed::Paper};

use super::{
    super::{keys, list::RequestCard, progress::ActionView, seen::Seen, terms::TermView},
    Place,
};

/// A request.
pub struct RequestView {
    /// Its case.
    pub case: CaseId,
    /// Its number, once it is confirmed.
    pub request_number: Option<String>,
    /// The service.
    pub service: ServiceId,
    /// The service in words.
    pub title: String,
    /// What it waits for now.
    pub step: StepView,
    /// How far it is.
    pub timeline: Vec<ActionView>,
    /// When it was begun.
    pub opened_at: Timestamp,
    /// When it was accepted: the statutory term runs from here.
    pub accepted_at: Option<Timestamp>,
    /// When the statutory term ends.
    pub due_at: Option<Timestamp>,
    /// How that was reckoned, where a calendar was needed.
    pub term: Option<TermView>,
    /// A fee that was paid when the request no longer waited for it.
    pub late_payment: Option<LatePaymentView>,
    /// The last fee was not paid because the gateway refused its order for good.
    pub fee_rejected: bool,
    /// The services that a composite has started, each a request of its own.
    pub members: Vec<RequestCard>,
    /// The act.
    pub act: String,
    /// Whether certificates come of it, which its owner installs [R839-6.P11].
    pub brings_certificates: bool,
    /// Papers that can be printed now.
    pub papers: Vec<Paper>,
}

/// What a request waits for now, or how it ended.
pub enum StepView {
    /// The person must answer a page.
    Form(FormView),
    /// The person must confirm.
    Confirm(ConfirmView),
    /// The person must pay the fee.
    Pay(PayView),
    /// The portal, a register or an officer is at work.
    Running {
        /// A register does not answer: a delay, never a refusal.
        delayed: bool,
    },
    /// A result was issued.
    Issued {
        /// Its number.
        number: String,
    },
    /// A reasoned refusal.
    Refused(RefusalView),
    /// Neither.
    Finished {
        /// The word of the regulation for it.
        outcome: String,
        /// In words.
        text: String,
        /// The clause.
        clause: Option<String>,
    },
}

/// A fee that is to be paid [R1116-7.9].
pub struct PayView {
    /// The action that asks for it.
    pub action: u32,
    /// How much, in tenge.
    pub amount: u32,
    /// Where it is paid, once the gateway has taken the order.
    pub pay_url: Option<String>,
    /// Until when.
    pub due_at: Option<Timestamp>,
    /// The gateway refuses the order for good.
    pub rejected: bool,
}

/// A fee that was paid too late and is given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LatePaymentView {
    /// How much, in tenge.
    pub amount: u32,
    /// The gateway's number of the refund, once the gateway has taken it.
    pub refund: Option<String>,
}

/// A page of a form.
pub struct FormView {
    /// The action that it fills.
    pub seen: Seen,
    /// Its id.
    pub page: String,
    /// Its place, from 1.
    pub page_number: usize,
    /// How many pages there are.
    pub page_count: usize,
    /// The page before.
    pub previous: Option<String>,
    /// What it asks.
    pub title: String,
    /// Its fields.
    pub fields: Vec<FieldView>,
    /// The words on the button; nothing when the usual word serves.
    pub button: Option<String>,
    /// What an officer asks, when the page answers a question.
    pub question: Option<String>,
    /// What is known already and not asked.
    pub prefill: Vec<(String, String)>,
    /// The person's certificates that can be chosen, where a field asks for one.
    pub certificates: Vec<CertificateView>,
}

/// A field.
pub struct FieldView {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: FieldKind,
    /// What it asks.
    pub label: String,
    /// Help.
    pub hint: Option<String>,
    /// What was typed so far.
    pub value: String,
    /// Whether it must be answered.
    pub required: bool,
    /// What can be answered, with its words, where that is a list.
    pub choices: Vec<(String, String)>,
    /// The key pairs that are made with it: word of the profile and what people call it.
    pub profiles: Vec<(&'static str, String)>,
}

/// What is confirmed, and how.
pub struct ConfirmView {
    /// The action that asks for it.
    pub seen: Seen,
    /// What is asked.
    pub means: Vec<Means>,
    /// The request in words.
    pub summary: Vec<(String, String)>,
    /// Name of the file with the exact bytes.
    pub document_name: String,
    /// Its digest.
    pub document_sha256: String,
    /// The code that was sent.
    pub code: Option<CodeView>,
    /// Whose certificate must sign.
    pub iin: String,
}

/// A code that was sent.
pub struct CodeView {
    /// To which number, in part.
    pub to_masked: String,
    /// When.
    pub sent_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// From when a new one can be asked for.
    pub resend_at: Timestamp,
    /// How many wrong codes are still borne.
    pub attempts_left: u8,
    /// Where the message is.
    pub state: CodeState,
}

/// Where a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeState {
    /// On its way to the message centre.
    Waiting,
    /// The centre has taken it.
    Sent,
    /// The handset has it.
    Delivered,
    /// It could not be delivered.
    Failed,
}

impl CodeState {
    pub(super) fn of(state: Option<&str>) -> Self {
        match state {
            Some("sent") => Self::Sent,
            Some("delivered") => Self::Delivered,
            Some("failed") => Self::Failed,
            _ => Self::Waiting,
        }
    }
}

/// A reasoned refusal.
pub struct RefusalView {
    /// Why no certificates were made, as a word of the locales, where the refusal is about an order of them [R839-6.P10].
    pub order_problem: Option<String>,
    /// The ground in the words of the act.
    pub ground: String,
    /// Its clause.
    pub clause: String,
    /// What proves it.
    pub evidence: Vec<EvidenceView>,
    /// Its number; empty until it is signed.
    pub number: String,
    /// When it was decided.
    pub decided_at: Timestamp,
    /// What the service advises the person to do, when it has words for this ground.
    pub advice: Option<String>,
}

impl RefusalView {
    /// Whether a register's answer stands behind it, which may have to be corrected there.
    #[must_use]
    pub fn rests_on_an_answer(&self) -> bool {
        self.evidence.iter().any(|evidence| evidence.answer_id.is_some())
    }
}

/// One comparison that did not hold.
pub struct EvidenceView {
    /// What was compared.
    pub fact: String,
    /// What the law asks.
    pub expected: String,
    /// What was found.
    pub found: String,
    /// Who said so.
    pub source: String,
    /// The number of the register's answer.
    pub answer_id: Option<String>,
}

/// A page of the form with what was typed so far.
pub(super) fn form(
    regulation: &Regulation,
    case: &Case,
    draft: &BTreeMap<String, String>,
    locale: Locale,
    (action, place, pages): Place<'_>,
) -> FormView {
    let words = |key: &str| regulation.text(locale, &format!("form.{key}")).map(str::to_owned);
    let button = |key: &str| regulation.text(locale, &format!("button.{key}")).map(str::to_owned);
    let field = |field: &Field| FieldView {
        id: field.id.clone(),
        kind: field.kind.clone(),
        label: words(&field.id).unwrap_or_default(),
        hint: regulation.text(locale, &format!("hint.{}", field.id)).map(str::to_owned),
        value: draft.get(&field.id).cloned().unwrap_or_default(),
        required: field.required,
        choices: choices(regulation, field, locale),
        profiles: profiles(regulation, field, locale),
    };
    let page = pages[place];
    FormView {
        seen: Seen::now(case, action),
        page: page.id.clone(),
        page_number: place + 1,
        page_count: pages.len(),
        previous: place.checked_sub(1).and_then(|before| pages.get(before)).map(|page| page.id.clone()),
        title: regulation
            .text(locale, &format!("page.{}", page.id))
            .unwrap_or(regulation.title(locale))
            .to_owned(),
        fields: page.fields.iter().filter(|field| field.is_asked(draft)).map(field).collect(),
        button: page.fields.iter().find_map(|field| field.button.as_deref()).and_then(button),
        question: question(case),
        prefill: prefill(regulation, case, locale),
        certificates: Vec::new(),
    }
}

/// The words of a list to choose from.
fn choices(regulation: &Regulation, field: &Field, locale: Locale) -> Vec<(String, String)> {
    let FieldKind::Choice { one_of } = &field.kind else { return Vec::new() };
    let words = |word: &String| regulation.text(locale, &format!("value.{word}")).unwrap_or(word).to_owned();
    one_of.iter().map(|word| (word.clone(), words(word))).collect()
}

/// The keys that are made with a field, in words.
fn profiles(regulation: &Regulation, field: &Field, locale: Locale) -> Vec<(&'static str, String)> {
    let named = |profile: &KeyProfile| (profile.as_str(), keys::name(regulation, *profile, locale));
    field.profiles().iter().map(named).collect()
}

/// What is known and not asked: shown, so that the person sees for whom the request is.
fn prefill(regulation: &Regulation, case: &Case, locale: Locale) -> Vec<(String, String)> {
    let value = |source: &str| match source {
        "recipient.iin" => case.recipient.identifier.iin().map(|iin| iin.as_str().to_owned()),
        "recipient.name" => Some(case.recipient.name.clone()),
        other => case.facts.get(other).map(str::to_owned),
    };
    let line = |(label, source): (&String, &String)| {
        let words = regulation.text(locale, &format!("prefill.{label}")).unwrap_or(label);
        value(source).map(|value| (words.to_owned(), value))
    };
    regulation.form.prefill.iter().filter_map(line).collect()
}

/// The question of the officer who sent the case back, while it is the last thing that happened.
fn question(case: &Case) -> Option<String> {
    let asked = case.steps.last().is_some_and(|step| step.branch == Branch::More);
    asked.then(|| case.facts.get("officer.question").map(str::to_owned)).flatten()
}

/// The request in words: who asks, and every answer.
pub(super) fn summary(regulation: &Regulation, case: &Case, locale: Locale) -> Vec<(String, String)> {
    let mut lines = prefill(regulation, case, locale);
    lines.extend(claims(regulation, case, locale));
    lines
}

/// Every answer of the form in words.
pub(crate) fn claims(regulation: &Regulation, case: &Case, locale: Locale) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for field in regulation.form.pages.iter().flat_map(|page| &page.fields) {
        if let Some(value) = case.facts.get(&field.fact()) {
            let label = regulation.text(locale, &format!("form.{}", field.id)).unwrap_or(&field.id);
            let value = match field.kind {
                FieldKind::Keys { .. } => keys::fingerprints(regulation, value, locale),
                _ => regulation.text(locale, &format!("value.{value}")).unwrap_or(value).to_owned(),
            };
            lines.push((label.to_owned(), value));
        }
    }
    lines
}
