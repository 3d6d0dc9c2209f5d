//! Reads `service.toml`.

use std::collections::BTreeMap;

use qyzmet_domain::Clause;

use super::Fields;
use super::notes::Cited;
use crate::finding::FindingKind;
use crate::service::{
    Because, GroundOfRefusal, ResultRules, Service, ServiceTerm, SpecialConfirmation, TermStart,
};
use crate::{Channel, PASSPORT_ROWS};

pub(super) fn read(fields: &Fields<'_>) -> Option<Service> {
    let id = fields.need_parsed("id");
    let act = fields.need_text("act");
    about(fields, act.as_deref());
    let valid_from = part(fields, "valid", |valid| valid.need_date("from"));
    let owner = fields.need_text("owner");
    let automation = fields.need_parsed("automation");
    let kind = fields.need_parsed("type");
    let permit = fields.need_flag("permit");
    let composite = fields.flag("composite").unwrap_or_default();
    let recipients = fields.need_list("recipients");
    let offered = fields.flag("offered").unwrap_or(true);
    let channels = fields.need_list("channels");
    let term = part(fields, "term", term);
    let fee = fields.need_parsed("fee");
    let schedule = fields.need_parsed("schedule");
    let contacts = fields.need_texts("contacts");
    let devices = fields.need_texts("devices");
    let classification = part(fields, "classification", classification);
    let confirm = if fields.has("confirm") { part(fields, "confirm", confirm).map(Some) } else { Some(None) };
    let grounds = grounds(fields);
    let result = part(fields, "result", result);
    let (disclosure_risk, changes_register) = classification?;
    Some(Service {
        id: id?,
        act: act?,
        valid_from: valid_from?,
        owner: owner?,
        automation: automation?,
        kind: kind?,
        permit: permit?,
        composite,
        recipients: recipients?,
        offered,
        channels: channels?,
        term: term?,
        fee: fee?,
        schedule: schedule?,
        contacts: contacts?,
        devices: devices?,
        disclosure_risk,
        changes_register,
        confirm: confirm?,
        grounds: grounds?,
        result: result?,
    })
}

/// Notes what the passport as a whole asks for: the act, the title, the ten rows of the standard.
fn about(fields: &Fields<'_>, act: Option<&str>) {
    if let Some(act) = act.filter(|act| !act.is_empty()) {
        fields.cites("act", Cited::Act(act.to_owned()));
    }
    fields.asks("id", "title".to_owned());
    for row in PASSPORT_ROWS {
        fields.asks("id", format!("head.{row}"));
        fields.asks("id", format!("row.{row}"));
    }
}

/// A table inside: read and finished.
fn part<T>(fields: &Fields<'_>, key: &'static str, read: impl FnOnce(&Fields<'_>) -> Option<T>) -> Option<T> {
    let inner = fields.need_table(key)?;
    let value = read(&inner);
    inner.finish();
    value
}

fn term(fields: &Fields<'_>) -> Option<ServiceTerm> {
    let (limit, from) = (fields.need_parsed("limit"), fields.need_parsed::<TermStart>("from"));
    let clock = if fields.has("clock") { fields.parsed("clock").map(Some) } else { Some(None) };
    let clause = if fields.has("clause") { fields.clause("clause").map(Some) } else { Some(None) };
    Some(ServiceTerm { limit: limit?, from: from?, clock: clock?, clause: clause? })
}

/// The answers to criteria 1 and 2; 3 follows from the term, 4 from the fee [R10-3].
fn classification(fields: &Fields<'_>) -> Option<(Because, Because)> {
    let risk = part(fields, "disclosure-risk", |answer| because(answer, "because"));
    let base = part(fields, "changes-register", |answer| because(answer, "register"));
    Some((risk?, base?))
}

fn because(fields: &Fields<'_>, reason: &'static str) -> Option<Because> {
    let (answer, because) = (fields.need_flag("answer"), fields.need_text(reason));
    let because = because?;
    if reason == "because" {
        fields.asks(reason, format!("because.{because}"));
    }
    Some(Because { answer: answer?, because })
}

fn confirm(fields: &Fields<'_>) -> Option<SpecialConfirmation> {
    let clauses = fields.need_list::<Clause>("clauses");
    for clause in clauses.iter().flatten() {
        fields.cites("clauses", Cited::Clause(clause.clone()));
    }
    let mut means = BTreeMap::new();
    for channel in Channel::ALL {
        if fields.has(channel.as_str()) {
            // An empty list says that nothing is asked there: at a desk an officer identifies the person.
            means.insert(*channel, fields.list(channel.as_str()));
        }
    }
    let means = means.into_iter().map(|(channel, means)| Some((channel, means?))).collect::<Option<_>>();
    Some(SpecialConfirmation { clauses: clauses?, means: means? })
}

fn grounds(fields: &Fields<'_>) -> Option<Vec<GroundOfRefusal>> {
    let mut grounds: Vec<GroundOfRefusal> = Vec::new();
    for ground in fields.tables("ground") {
        let (id, clause) = (ground.need_text("id"), ground.need_clause("clause"));
        ground.finish();
        if let Some(id) = &id {
            ground.asks("id", format!("ground.{id}"));
        }
        let ground_read = GroundOfRefusal { id: id?, clause: clause? };
        if grounds.iter().any(|other| other.id == ground_read.id) {
            let words = format!("the ground `{}` stands here twice", ground_read.id);
            ground.report(&ground.place(), FindingKind::Duplicate, words);
        }
        grounds.push(ground_read);
    }
    Some(grounds)
}

fn result(fields: &Fields<'_>) -> Option<ResultRules> {
    let (kind, template, signed) =
        (fields.need_parsed("kind"), fields.need_text("template"), fields.need_flag("signed"));
    Some(ResultRules { kind: kind?, template: template?, signed: signed? })
}
