//! The way of a case so far, each step with who did it, by which clause, and how its term was reckoned; and what is known.

use jiff::Timestamp;
use qyzmet_domain::{AccountId, Locale};
use qyzmet_engine::{Case, Regulation, Step};
use qyzmet_store::Tx;

use super::{DeskStep, FactView, load::Loaded, queue::name_of, views::TermView};
use crate::{
    ActionState, Error,
    cases::{terms, timeline, waits::came_at},
};

/// All actions of the table, with how each went.
pub(super) fn steps(
    tx: &mut Tx<'_>,
    loaded: &Loaded,
    names: &[(AccountId, String)],
    locale: Locale,
    now: Timestamp,
) -> Result<Vec<DeskStep>, Error> {
    let Loaded { case, regulation, .. } = loaded;
    let reckoner = terms::Reckoner::load(tx)?;
    let step = |action: crate::ActionView| {
        let done = case.steps.iter().rev().find(|step| step.action == action.number);
        let by = done.and_then(|step| step.by.as_ref());
        let by = by.map(|officer| {
            name_of(names, officer.id).unwrap_or_else(|| unit(regulation, &officer.unit, locale))
        });
        let term = term(&reckoner, regulation, case, &action, done).map(|reckoned| view(reckoned, done, now));
        DeskStep { action, by, term }
    };
    Ok(timeline(regulation, Some(case), locale).into_iter().map(step).collect())
}

/// The reckoning of a step that is done or under way.
fn term(
    reckoner: &terms::Reckoner,
    regulation: &Regulation,
    case: &Case,
    action: &crate::ActionView,
    done: Option<&Step>,
) -> Option<terms::Reckoned> {
    let began_at = match (action.state, done) {
        (ActionState::Now, _) => came_at(case),
        (ActionState::Done { .. }, Some(step)) => step.began_at,
        _ => return None,
    };
    reckoner.of(regulation, case, action.number, began_at)
}

fn view(reckoned: terms::Reckoned, done: Option<&Step>, now: Timestamp) -> TermView {
    let ended = done.map(|step| step.done_at).filter(|at| *at >= reckoned.began_at);
    let late = |due: Timestamp| ended.unwrap_or(now) > due;
    let kept = match (reckoned.due_at, ended) {
        (Some(due), Some(_)) => Some(!late(due)),
        (Some(due), None) if late(due) => Some(false),
        _ => None,
    };
    TermView {
        began_at: reckoned.began_at,
        due_at: reckoned.due_at,
        working: reckoned.working,
        kept,
        skipped: reckoned.skipped,
        rests: reckoned.rests,
    }
}

fn unit(regulation: &Regulation, id: &str, locale: Locale) -> String {
    regulation.text(locale, &format!("unit.{id}")).unwrap_or(id).to_owned()
}

/// What others than the recipient say.
pub(super) fn facts(regulation: &Regulation, case: &Case, locale: Locale) -> Vec<FactView> {
    let is_others = |name: &str| !name.starts_with("form.") && !name.starts_with("consent.");
    let fact = |(name, fact): (&String, &qyzmet_engine::Fact)| {
        let text = |key: String| regulation.text(locale, &key).map(str::to_owned);
        FactView {
            label: text(format!("fact.{name}")).unwrap_or_else(|| name.clone()),
            value: text(format!("value.{}", fact.value)).unwrap_or_else(|| fact.value.clone()),
            source: text(format!("unit.{}", fact.source)).unwrap_or_else(|| fact.source.clone()),
            answer_id: fact.answer_id.clone(),
        }
    };
    case.facts.0.iter().filter(|(name, _)| is_others(name)).map(fact).collect()
}
