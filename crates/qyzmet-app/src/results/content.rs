//! The result as data: canonical JSON, from which everything that people see is made.

use qyzmet_domain::Locale;
use qyzmet_engine::{Case, Ending, Regulation};
use qyzmet_store::repositories::results::ResultRow;
use serde_json::{Map, Value, json};

use crate::{App, Error, cases::canonical};

/// The exact bytes that are signed; they follow from the case and the reserved number alone.
pub(super) fn bytes(
    app: &App,
    regulation: &Regulation,
    case: &Case,
    row: &ResultRow,
) -> Result<Vec<u8>, Error> {
    let employee = app
        .keys
        .employees
        .get(&regulation.service.owner)
        .ok_or_else(|| Error::fault("no employee may sign for this body"))?;
    let title: Map<String, Value> = Locale::ALL
        .iter()
        .map(|locale| (locale.as_str().to_owned(), Value::from(regulation.title(*locale))))
        .collect();
    let signer = employee.identity.chain.first().map(qyzmet_pki::Certificate::subject);
    let mut content = json!({
        "case": case.id,
        "clause": last_clause(case),
        "facts": shown_facts(case),
        "issued_at": row.issued_at,
        "kind": row.kind,
        "number": row.number,
        "recipient": { "iin": case.recipient.identifier, "name": case.recipient.name },
        "service": { "act": regulation.service.act, "id": regulation.id(), "title": title, "version": case.version },
        "signer": {
            "name": signer.and_then(|subject| subject.common_name.clone()),
            "organisation": signer.and_then(|subject| subject.organisation.clone()),
            "position": employee.position,
        },
        "verify_url": format!("{}/r/{}", app.origin(), row.number),
    });
    if let (Some(Ending::Refused(refusal)), Some(map)) =
        (case.outcome.as_ref().map(|outcome| &outcome.ending), content.as_object_mut())
    {
        map.insert("refusal".to_owned(), serde_json::to_value(refusal).map_err(Error::fault)?);
    }
    Ok(canonical(&content))
}

/// What the person stated and the operations of the service brought about; what registers said stays out.
fn shown_facts(case: &Case) -> Map<String, Value> {
    let shown = |name: &str| name.starts_with("form.");
    case.facts
        .0
        .iter()
        .filter(|(name, _)| shown(name))
        .map(|(name, fact)| (name.trim_start_matches("form.").to_owned(), Value::from(fact.value.as_str())))
        .collect()
}

fn last_clause(case: &Case) -> Option<String> {
    let ended = case.outcome.as_ref().map(|outcome| outcome.clause.to_string());
    ended.or_else(|| case.steps.last().map(|step| step.clause.to_string()))
}
