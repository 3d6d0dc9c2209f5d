//! What is typed into a form, and what is taken of it.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::samples::regulation;

fn raw(values: &[(&str, &str)]) -> BTreeMap<String, String> {
    values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn number(text: &str) -> Result<String, FieldError> {
    let form = regulation().form;
    match form.accept("number", &raw(&[("number", text), ("csrf", "x")])) {
        Ok(values) => Ok(values["number"].clone()),
        Err(errors) => Err(errors.0["number"]),
    }
}

/// [R58-2.1]
#[test]
fn a_number_is_taken_in_its_normal_form() {
    assert_eq!(number("8 (701) 123-45-67"), Ok("+77011234567".to_owned()));
    assert_eq!(number("+77011234567"), Ok("+77011234567".to_owned()));
}

#[test]
fn each_bad_number_has_its_own_error() {
    assert_eq!(number(""), Err(FieldError::Missing));
    assert_eq!(number("  \u{a0} "), Err(FieldError::Missing));
    assert_eq!(number("+996555123456"), Err(FieldError::ForeignPhone));
    assert_eq!(number("+77172701234"), Err(FieldError::NotMobile));
    assert_eq!(number("+770112345"), Err(FieldError::WrongLength));
    assert_eq!(number("+7701123456\u{202e}7"), Err(FieldError::Hostile));
    assert_eq!(number(&"7".repeat(100_000)), Err(FieldError::TooLong { limit: 40 }));
}

/// [R58-A.9.2]
#[test]
fn a_consent_is_answered_by_yes_or_no_and_never_assumed() {
    let form = regulation().form;
    let answer = |text: &str| form.accept("consent", &raw(&[("identity-documents", text)]));
    let value = |text: &str| answer(text).unwrap()["identity-documents"].clone();
    assert_eq!((value("yes"), value("no")), ("given".to_owned(), "withheld".to_owned()));
    assert_eq!(answer("").unwrap_err().0["identity-documents"], FieldError::Missing);
    assert_eq!(answer("perhaps").unwrap_err().0["identity-documents"], FieldError::NotAnAnswer);
}

/// [R58-A.8b]
#[test]
fn the_form_asks_for_no_document_and_no_data_that_a_register_has() {
    let form = regulation().form;
    let ids: Vec<_> =
        form.pages.iter().flat_map(|page| &page.fields).map(|field| field.id.as_str()).collect();
    assert_eq!(ids, ["number", "identity-documents"]);
}

fn text(script: Script, value: &str) -> Result<Option<String>, FieldError> {
    let kind = FieldKind::Text { longest: 12, script };
    let field = Field { id: "t".to_owned(), kind, required: false, button: None, when: None };
    let page = Page { id: "p".to_owned(), fields: vec![field] };
    page.accept(&raw(&[("t", value)])).map(|mut values| values.remove("t")).map_err(|errors| errors.0["t"])
}

#[test]
fn text_is_taken_in_its_script_and_without_hidden_characters() {
    assert_eq!(text(Script::Cyrillic, " Әйгерім "), Ok(Some("Әйгерім".to_owned())));
    assert_eq!(text(Script::Cyrillic, "Aigerim"), Err(FieldError::WrongScript));
    assert_eq!(text(Script::Latin, "Әйгерім"), Err(FieldError::WrongScript));
    assert_eq!(text(Script::Any, "пaроль"), Err(FieldError::WrongScript), "a Latin letter inside");
    assert_eq!(text(Script::Any, "код ABC"), Ok(Some("код ABC".to_owned())));
    assert_eq!(text(Script::Any, "a\u{200b}b"), Err(FieldError::Hostile));
    assert_eq!(text(Script::Any, "a\0b"), Err(FieldError::Hostile));
    assert_eq!(text(Script::Any, "1234567890123"), Err(FieldError::TooLong { limit: 12 }));
    assert_eq!(text(Script::Any, ""), Ok(None));
    assert_eq!(text(Script::Any, "e\u{301}"), Ok(Some("é".to_owned())), "one normal form");
}

#[test]
fn dates_and_identifiers_are_parsed_too() {
    let accept = |kind: FieldKind, value: &str| {
        let field = Field { id: "f".to_owned(), kind, required: true, button: None, when: None };
        let page = Page { id: "p".to_owned(), fields: vec![field] };
        page.accept(&raw(&[("f", value)])).map_err(|errors| errors.0["f"])
    };
    assert!(accept(FieldKind::Date, "2031-05-08").is_ok());
    assert_eq!(accept(FieldKind::Date, "2031-02-30"), Err(FieldError::NotADate));
    assert_eq!(accept(FieldKind::Iin, "900101300123"), Err(FieldError::WrongCheckDigit));
    assert_eq!(accept(FieldKind::Bin, "x"), Err(FieldError::NotDigits));
}

proptest! {
    #[test]
    fn what_is_taken_is_taken_again_unchanged(number in "\\PC{0,30}", consent in "yes|no|\\PC{0,5}") {
        static FORM: std::sync::LazyLock<Form> = std::sync::LazyLock::new(|| regulation().form);
        let form = &*FORM;
        for (page, values) in [("number", raw(&[("number", &number)])), ("consent", raw(&[("identity-documents", &consent)]))] {
            if let Ok(taken) = form.accept(page, &values) {
                prop_assert_eq!(form.accept(page, &taken), Ok(taken));
            }
        }
    }
}

/// [R839-6.P1]
#[test]
fn a_field_that_depends_on_an_answer_is_asked_after_it_and_left_aside_otherwise() {
    let kind = FieldKind::Text { longest: 12, script: Script::Any };
    let when = super::WhenAnswered { field: "holder".to_owned(), one_of: vec!["employee".to_owned()] };
    let field = Field { id: "position".to_owned(), kind, required: true, button: None, when: Some(when) };
    let page = Page { id: "p".to_owned(), fields: vec![field] };
    let asked = page.accept(&raw(&[("holder", "employee")])).unwrap_err();
    assert_eq!(asked.0["position"], FieldError::Missing);
    let both = raw(&[("holder", "employee"), ("position", "есепші")]);
    assert_eq!(page.accept(&both), Ok(raw(&[("position", "есепші")])));
    let others = [raw(&[("holder", "head"), ("position", "есепші")]), raw(&[("position", "есепші")])];
    for answers in others {
        assert_eq!(page.accept(&answers), Ok(raw(&[])), "{answers:?}");
    }
}
