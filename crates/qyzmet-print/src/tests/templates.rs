//! Every result template of the repository prints: with nothing known, and with everything in each language.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{at, render, text_of};

fn templates() -> Vec<(PathBuf, String)> {
    let services = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../services");
    let mut found = Vec::new();
    for folder in std::fs::read_dir(services).unwrap() {
        let path = folder.unwrap().path().join("result.typ");
        if let Ok(template) = std::fs::read_to_string(&path) {
            found.push((path, template));
        }
    }
    assert!(!found.is_empty(), "the repository has no result template");
    found
}

fn sample(locale: &str) -> Value {
    json!({
        "locale": locale,
        "number": "2026-0000-0041-7234",
        "clause": "58-2016:5.3",
        "facts": { "number": "+77010000000" },
        "issued_at": "2026-05-20T20:15:30.123456Z",
        "recipient": { "iin": "000000000000", "name": "Сынақова Әлия #strong[x]" },
        "service": { "act": "58-2016", "id": "sample", "title": { "kk": "Қызмет", "ru": "Услуга", "en": "Service" } },
        "signer": { "name": "Сынақов Нұрлан", "organisation": "Министрлік", "position": "Сарапшы" },
        "verify_url": "https://qyzmet.example/r/2026-0000-0041-7234",
    })
}

/// [R74-3.3]
#[test]
fn a_result_shows_its_unique_number_in_every_language() {
    for (path, template) in templates() {
        for locale in ["kk", "ru", "en"] {
            let text = text_of(&render(&template, &sample(locale), at()).unwrap());
            assert!(text.contains("2026-0000-0041-7234"), "{}: {text}", path.display());
            assert!(text.contains("#strong[x]"), "{}: {text}", path.display());
        }
    }
}

/// [R58-A.5]
#[test]
fn a_refusal_is_printed_by_the_same_template() {
    let mut data = sample("kk");
    data["refusal"] = json!({
        "ground": "identity",
        "clause": "58-2016:A.9.1",
        "evidence": [{ "fact": "person.life-status", "expected": "alive", "found": "dead", "source": "gbd-fl" }],
    });
    for (path, template) in templates() {
        let text = text_of(&render(&template, &data, at()).unwrap());
        // The heading may go on in a second line.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("дәлелді жауап"), "{}: {text}", path.display());
    }
}

#[test]
fn missing_and_odd_data_leave_rows_out_and_break_nothing() {
    let odd = json!({
        "locale": "fr", "number": 7, "clause": "x", "facts": [], "issued_at": "soon", "recipient": null,
        "service": { "title": "Қызмет" }, "signer": { "name": {} }, "refusal": { "ground": 1, "evidence": [1, {}] },
    });
    for (path, template) in templates() {
        for data in [json!({}), odd.clone()] {
            let pdf = render(&template, &data, at());
            assert!(pdf.is_ok(), "{}: {pdf:?}", path.display());
        }
    }
}
