//! What depends on an answer: the answer is one that everybody gives, and it is there before it is needed.

use crate::finding::{FindingKind, Place};
use crate::form::{Field, FieldKind, Page};
use crate::read::Findings;
use crate::{Regulation, Verb};

pub(super) fn check(regulation: &Regulation, findings: &Findings) {
    let tell = |kind, words: String| findings.add(Place::file("form.toml").error(kind, words));
    for page in &regulation.form.pages {
        if !page.fields.is_empty() && page.fields.iter().all(|field| field.when.is_some()) {
            let words = format!(
                "on the page `{}` somebody may be asked nothing: give it a field without `when`",
                page.id
            );
            tell(FindingKind::BadValue, words);
        }
        for field in &page.fields {
            if let Some(holder) = field.holder() {
                one(regulation, (page, field), (holder, &[]), &tell);
            }
            if let Some(when) = &field.when {
                one(regulation, (page, field), (&when.field, &when.one_of), &tell);
            }
        }
    }
}

/// One field, with the choice on which it depends and the answers that count.
fn one(
    regulation: &Regulation,
    (page, field): (&Page, &Field),
    (choice, answers): (&str, &[String]),
    tell: &impl Fn(FindingKind, String),
) {
    let id = &field.id;
    let Some(FieldKind::Choice { one_of }) = regulation.form.field(choice).map(|choice| &choice.kind) else {
        return tell(
            FindingKind::UnknownName,
            format!("`{id}` depends on `{choice}`, which is no choice of the form"),
        );
    };
    for answer in answers.iter().filter(|answer| !one_of.contains(answer)) {
        tell(
            FindingKind::UnknownName,
            format!("`{id}` is asked after `{answer}`, which is no answer of `{choice}`"),
        );
    }
    if regulation.form.field(choice).is_some_and(|choice| !choice.required || choice.when.is_some()) {
        tell(FindingKind::BadValue, format!("`{id}` depends on `{choice}`, which not everybody answers"));
    }
    if !is_before(regulation, choice, &page.id) {
        let words =
            format!("`{id}` depends on `{choice}`: ask that first, on an earlier page of the same action");
        tell(FindingKind::BadValue, words);
    }
}

/// Whether wherever the page is filled the choice stands on a page before it.
fn is_before(regulation: &Regulation, choice: &str, page: &str) -> bool {
    let has_choice = |id: &String| {
        regulation.page(id).is_some_and(|page| page.fields.iter().any(|field| field.id == choice))
    };
    let fills = regulation.process.actions.iter().filter_map(|action| match &action.does {
        Verb::Fill(fill) => fill.pages.iter().position(|id| id == page).map(|place| &fill.pages[..place]),
        _ => None,
    });
    fills.into_iter().all(|earlier| earlier.iter().any(has_choice))
}
