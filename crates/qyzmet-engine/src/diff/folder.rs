//! What changes in `service.toml`, in `form.toml`, and of the units: part by part, key by key.

use std::collections::BTreeMap;

use super::{Change, ClassChange, PartChange, PassportChange, compared, keys};
use crate::Regulation;
use crate::written::Keys;

pub(super) fn service(old: &Regulation, new: &Regulation) -> Vec<PartChange> {
    let parts = |regulation: &Regulation| {
        let service = regulation.service.keys().without(&["ground"]);
        let mut parts = BTreeMap::from([("service".to_owned(), service)]);
        parts.extend(
            regulation.service.grounds.iter().map(|ground| (format!("ground {}", ground.id), ground.keys())),
        );
        parts
    };
    keys::parts(&parts(old), &parts(new))
}

pub(super) fn units(old: &Regulation, new: &Regulation) -> Vec<PartChange> {
    let parts = |regulation: &Regulation| {
        regulation.process.units.iter().map(|unit| (format!("unit {}", unit.id), unit.keys())).collect()
    };
    keys::parts(&parts(old), &parts(new))
}

/// Pages and fields by their ids; a field names its page, and a page the order of its fields.
pub(super) fn form(old: &Regulation, new: &Regulation) -> Vec<PartChange> {
    let parts = |regulation: &Regulation| {
        let form = &regulation.form;
        let order: Vec<String> = form.pages.iter().map(|page| page.id.clone()).collect();
        let whole = Keys::default().with("pages", order).with_words("prefill", &form.prefill);
        let mut parts = BTreeMap::from([("form".to_owned(), whole)]);
        for page in &form.pages {
            let fields: Vec<String> = page.fields.iter().map(|field| field.id.clone()).collect();
            parts.insert(format!("page {}", page.id), Keys::default().with("fields", fields));
            let field = |field: &crate::Field| {
                (format!("field {}", field.id), field.keys().with("page", page.id.as_str()))
            };
            parts.extend(page.fields.iter().map(field));
        }
        parts
    };
    keys::parts(&parts(old), &parts(new))
}

/// The ten rows of the standard, in one language.
pub(super) fn passport(
    old: &Regulation,
    new: &Regulation,
    locale: qyzmet_domain::Locale,
) -> Vec<PassportChange> {
    let rows = |regulation: &Regulation| {
        regulation
            .passport(locale)
            .map(|row| ((row.number, row.id), row.content.to_owned()))
            .into_iter()
            .collect()
    };
    compared(rows(old), rows(new))
        .map(|((number, row), change)| PassportChange { number, row, change })
        .collect()
}

/// Score and method of order 10, which follow from the passport.
pub(super) fn class(old: &Regulation, new: &Regulation) -> Vec<ClassChange> {
    let rows = |regulation: &Regulation| {
        let class = regulation.classification();
        BTreeMap::from([("score", class.score.to_string()), ("method", class.method.as_str().to_owned())])
    };
    compared(rows(old), rows(new)).map(|(what, change): (_, Change)| ClassChange { what, change }).collect()
}
