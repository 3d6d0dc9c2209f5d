//! What depends on an answer: the answer is one that everybody gives, and it is there before it is needed.

use crate::finding::{FindingKind, Place};
use crate::form::{CERTIFICATE, Field, FieldKind, Page};
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
    let asked = regulation.form.field(choice);
    let follows = field.holder() == Some(choice);
    let Some(asked) = asked.filter(|asked| is_choice(asked) || follows && asked.is_certificate()) else {
        return tell(
            FindingKind::UnknownName,
            format!("`{id}` depends on `{choice}`, which is no choice of the form"),
        );
    };
    if asked.is_certificate() {
        certificate(regulation, (field, asked), tell);
    }
    for answer in answers.iter().filter(|answer| !asked.holders().contains(answer)) {
        tell(
            FindingKind::UnknownName,
            format!("`{id}` is asked after `{answer}`, which is no answer of `{choice}`"),
        );
    }
    if !asked.required || asked.when.is_some() {
        tell(FindingKind::BadValue, format!("`{id}` depends on `{choice}`, which not everybody answers"));
    }
    if !is_before(regulation, choice, &page.id) {
        let words =
            format!("`{id}` depends on `{choice}`: ask that first, on an earlier page of the same action");
        tell(FindingKind::BadValue, words);
    }
}

fn is_choice(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Choice { .. })
}

/// A certificate that says whose keys are made: of which holders it may be is written down, and an operation finds out of
/// which it is, for what was typed proves nothing [R839-7.P1].
fn certificate(
    regulation: &Regulation,
    (field, asked): (&Field, &Field),
    tell: &impl Fn(FindingKind, String),
) {
    let (id, chosen) = (&field.id, &asked.id);
    if asked.holders().is_empty() {
        tell(FindingKind::MissingKey, format!("`{id}` follows `{chosen}`: `holders` there must name whose"));
    }
    let gives = |verb: &Verb| verb.call().is_some_and(|call| call.gives.as_deref() == Some(CERTIFICATE));
    if !regulation
        .process
        .actions
        .iter()
        .any(|action| matches!(action.does, Verb::Call(_)) && gives(&action.does))
    {
        let words = format!("`{id}` follows `{chosen}`: a `call` must say `gives = \"{CERTIFICATE}\"`");
        tell(FindingKind::MissingKey, words);
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
