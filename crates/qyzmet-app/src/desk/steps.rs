//! The way of a case so far, each step with who did it, by which clause, and how its term was reckoned; and what is known.

use jiff::Timestamp;
use qyzmet_domain::{AccountId, Locale, calendar::Reckoning};
use qyzmet_engine::{Case, Regulation, Step};
use qyzmet_store::Tx;

use super::{DeskStep, FactView, load::Loaded, queue::name_of};
use crate::{
    ActionState, ActionView, Error, TermView,
    cases::{terms::Reckoner, timeline},
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
    let reckoner = Reckoner::load(tx)?;
    let step = |action: ActionView| {
        let done = case.steps.iter().rev().find(|step| step.action == action.number);
        let by = done.and_then(|step| step.by.as_ref());
        let by = by.map(|officer| {
            name_of(names, officer.id).unwrap_or_else(|| unit(regulation, &officer.unit, locale))
        });
        let reckoning = reckoning(&reckoner, regulation, case, &action, done);
        let term = reckoning.map(|reckoning| TermView {
            kept: kept(&reckoning, &action, done, now),
            ..reckoner.view(&reckoning, action.clause.clone(), locale)
        });
        DeskStep { action, by, term }
    };
    Ok(timeline(regulation, Some(case), locale).into_iter().map(step).collect())
}

/// The reckoning of a step that is done or under way.
fn reckoning(
    reckoner: &Reckoner,
    regulation: &Regulation,
    case: &Case,
    action: &ActionView,
    done: Option<&Step>,
) -> Option<Reckoning> {
    match (action.state, done) {
        (ActionState::Now, _) => {
            reckoner.of_action(regulation, case, action.number).map(|moment| moment.reckoning)
        }
        (ActionState::Done { .. }, Some(step)) => reckoner.since(regulation, action.number, step.began_at),
        _ => None,
    }
}

/// Whether a term was kept; not said while it runs.
fn kept(reckoning: &Reckoning, action: &ActionView, done: Option<&Step>, now: Timestamp) -> Option<bool> {
    match (action.state, done) {
        (ActionState::Done { .. }, Some(step)) => reckoning.is_within(step.done_at),
        _ => reckoning.is_within(now).filter(|within| !within),
    }
}

fn unit(regulation: &Regulation, id: &str, locale: Locale) -> String {
    regulation.text(locale, &format!("unit.{id}")).unwrap_or(id).to_owned()
}

/// What others than the recipient say.
pub(super) fn facts(regulation: &Regulation, case: &Case, locale: Locale) -> Vec<FactView> {
    // The number of the request stands among what the recipient said; marks of actions that are half done say nothing.
    let own = ["form.", "consent.", "request.", "filled.", "called.", "written."];
    let is_others = |name: &str| !own.iter().any(|prefix| name.starts_with(prefix));
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
