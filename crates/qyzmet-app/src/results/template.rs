//! Tries the printed form of a service on invented data, so that a broken one is found before anybody has a result.

#[cfg(feature = "print")]
use qyzmet_engine::{Field, FieldKind, FindingKind, Severity};
use qyzmet_engine::{Finding, Regulation};
#[cfg(feature = "print")]
use serde_json::{Map, Value, json};

/// A program without the PDF engine prints nothing, so it finds nothing.
#[cfg(not(feature = "print"))]
#[must_use]
pub fn check_template(_regulation: &Regulation) -> Vec<Finding> {
    Vec::new()
}

/// Renders a result and a refusal in each language; the first that cannot be made is a finding with its line [R1116-14].
#[cfg(feature = "print")]
#[must_use]
pub fn check_template(regulation: &Regulation) -> Vec<Finding> {
    let samples = qyzmet_domain::Locale::ALL.iter().flat_map(|locale| {
        [sample(regulation, locale.as_str(), false), sample(regulation, locale.as_str(), true)]
    });
    let tried = samples.map(|data| qyzmet_print::render(&regulation.result_template, &data, SAMPLE_TIME));
    tried.filter_map(Result::err).next().map(|why| finding(regulation, &why)).into_iter().collect()
}

#[cfg(feature = "print")]
const SAMPLE_TIME: jiff::Timestamp = jiff::Timestamp::UNIX_EPOCH;

#[cfg(feature = "print")]
fn finding(regulation: &Regulation, why: &qyzmet_print::PrintError) -> Finding {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (line, column, message) = match why {
        qyzmet_print::PrintError::Template { line, column, message } => {
            (number(*line), number(*column), format!("the printed form cannot be made: {message}"))
        }
        other => (0, 0, format!("the printed form cannot be made: {other}")),
    };
    Finding {
        severity: Severity::Error,
        kind: FindingKind::BrokenTemplate,
        action: None,
        file: regulation.service.result.template.clone(),
        line,
        column,
        message,
    }
}

/// What a template gets: the same keys as a real result, with invented values.
#[cfg(feature = "print")]
fn sample(regulation: &Regulation, locale: &str, refused: bool) -> Value {
    let fields = regulation.form.pages.iter().flat_map(|page| &page.fields);
    let facts: Map<String, Value> = fields.map(|field| (field.id.clone(), invented(field).into())).collect();
    let title: Map<String, Value> = qyzmet_domain::Locale::ALL
        .iter()
        .map(|locale| (locale.as_str().to_owned(), regulation.title(*locale).into()))
        .collect();
    let ground = regulation.service.grounds.first().map(|ground| (&ground.id, &ground.clause));
    let mut data = json!({
        "clause": regulation.process.first().map(|action| action.clause.to_string()),
        "facts": facts,
        "issued_at": "2026-03-02T07:00:00Z",
        "kind": if refused { "refusal" } else { "result" },
        "locale": locale,
        "number": "2026-000000001-0",
        "recipient": { "iin": "900101300128", "name": "СЫНАҚ АДАМ" },
        "service": { "act": regulation.service.act, "id": regulation.id(), "title": title, "version": "0" },
        "signer": { "name": "СЫНАҚ АДАМ", "organisation": "Сынақ ұйымы", "position": "Сынақшы" },
        "verify_url": "https://qyzmet.example/r/2026-000000001-0",
    });
    if let (true, Some((ground, clause))) = (refused, ground) {
        data["refusal"] = json!({ "ground": ground, "clause": clause, "evidence": [] });
    }
    data
}

#[cfg(feature = "print")]
fn invented(field: &Field) -> &'static str {
    match field.kind {
        FieldKind::MobileNumber => "+77011234567",
        FieldKind::Date => "2026-03-02",
        FieldKind::Iin => "900101300128",
        FieldKind::Bin => "150140001232",
        _ => "Сынақ",
    }
}
