//! An invented result of a service: what its printed form shows when nobody has a result yet.

use qyzmet_domain::Locale;
use qyzmet_engine::{Deed, Example, Field, FieldKind, Phrases, Regulation};
use serde_json::{Map, Value, json};

/// How the invented case has ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Issued,
    Refused,
}

impl Ending {
    pub(super) const ALL: [Self; 2] = [Self::Issued, Self::Refused];

    fn word(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Refused => "refused",
        }
    }
}

/// The same keys as in a real result. What the person states and how it ends comes from the first example of the service
/// that ends so; names are words of the printed regulation.
pub(super) fn data(regulation: &Regulation, locale: Locale, ending: Ending) -> Value {
    let example = regulation.examples.iter().find(|example| example.then.outcome == ending.word());
    let say = |key: &str| Phrases::of(locale).say(&format!("print.{key}"));
    let title: Map<String, Value> = Locale::ALL
        .iter()
        .map(|locale| (locale.as_str().to_owned(), regulation.title(*locale).into()))
        .collect();
    let clause = example.and_then(|example| example.then.clause.clone());
    let clause = clause.or_else(|| regulation.process.first().map(|action| action.clause.clone()));
    let mut data = json!({
        "clause": clause,
        "facts": facts(regulation, example),
        "issued_at": "2026-03-02T07:00:00Z",
        "kind": if ending == Ending::Refused { "refusal" } else { "result" },
        "locale": locale.as_str(),
        "number": "2026-000000001-0",
        "recipient": { "iin": "900101300128", "name": say("sample-person") },
        "service": { "act": regulation.service.act, "id": regulation.id(), "title": title, "version": "0" },
        "signer": {
            "name": say("sample-employee"),
            "organisation": regulation.text(locale, "row.provider"),
            "position": say("sample-position"),
        },
        "verify_url": "https://qyzmet.example/r/2026-000000001-0",
    });
    if ending == Ending::Refused {
        data["refusal"] = refusal(regulation, example);
    }
    data
}

/// The ground of the example, or the first of the service; a service without grounds refuses nothing.
fn refusal(regulation: &Regulation, example: Option<&Example>) -> Value {
    let of_example = example.and_then(|example| regulation.service.ground(example.then.ground.as_ref()?));
    of_example
        .or(regulation.service.grounds.first())
        .map_or(Value::Null, |ground| json!({ "ground": ground.id, "clause": ground.clause, "evidence": [] }))
}

fn facts(regulation: &Regulation, example: Option<&Example>) -> Map<String, Value> {
    let stated = |field: &Field| {
        example?.when.iter().find_map(|when| match &when.deed {
            Deed::Fill(values) => values.get(&field.id).cloned(),
            _ => None,
        })
    };
    let fields = regulation.form.pages.iter().flat_map(|page| &page.fields);
    let asked = fields.filter(|field| !matches!(field.kind, FieldKind::Consent { .. }));
    asked
        .map(|field| (field.id.clone(), stated(field).unwrap_or_else(|| invented(field).to_owned()).into()))
        .collect()
}

fn invented(field: &Field) -> &str {
    match &field.kind {
        FieldKind::MobileNumber => "+77011234567",
        FieldKind::Date => "2026-03-02",
        FieldKind::Certificate { .. } => "5d0f2b6c8e1a4937b2c4d6e8f0a1b3c5d7e9f012",
        FieldKind::Iin => "900101300128",
        FieldKind::Bin => "150140001232",
        FieldKind::Choice { one_of } => one_of.first().map_or("N.", String::as_str),
        FieldKind::Keys { .. } => "[]",
        _ => "N.",
    }
}
