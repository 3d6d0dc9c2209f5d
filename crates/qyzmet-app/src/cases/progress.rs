//! The timeline of a case: the numbered actions of its table, done, under way or still to come.

use std::collections::BTreeMap;

use jiff::Timestamp;
use qyzmet_domain::Locale;
use qyzmet_engine::{Action, Branch, Case, Regulation};

/// One action as people see it.
#[derive(Clone, Debug)]
pub struct ActionView {
    /// Its number in the action table.
    pub number: u32,
    /// What is done.
    pub text: String,
    /// Who does it.
    pub unit: String,
    /// The clause that prescribes it.
    pub clause: String,
    /// Its statutory term as the table writes it.
    pub term: String,
    /// How far it is.
    pub state: ActionState,
    /// How it ended, when it did not end as it should: `violation`, `absent`.
    pub outcome: Option<String>,
}

/// How far an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionState {
    /// Done.
    Done {
        /// When.
        at: Timestamp,
    },
    /// Under way.
    Now,
    /// May still come.
    Next,
    /// Was not needed.
    Passed,
}

/// All actions of a table, with how far a case has got in it; without a case all of them are still to come.
pub(crate) fn timeline(regulation: &Regulation, case: Option<&Case>, locale: Locale) -> Vec<ActionView> {
    let steps: BTreeMap<u32, (Timestamp, Branch)> = case
        .map(|case| case.steps.iter().map(|step| (step.action, (step.done_at, step.branch))).collect())
        .unwrap_or_default();
    let state = |number: u32| match (steps.get(&number), case) {
        (Some((at, _)), _) => ActionState::Done { at: *at },
        (None, Some(case)) if case.current.contains(&number) => ActionState::Now,
        (None, Some(case)) if case.is_finished() => ActionState::Passed,
        _ => ActionState::Next,
    };
    let outcome = |number: u32| {
        steps
            .get(&number)
            .filter(|(_, branch)| *branch != Branch::Ok)
            .map(|(_, branch)| branch.as_str().to_owned())
    };
    let actions = &regulation.process.actions;
    actions
        .iter()
        .map(|action| view(regulation, action, locale, state(action.number), outcome(action.number)))
        .collect()
}

fn view(
    regulation: &Regulation,
    action: &Action,
    locale: Locale,
    state: ActionState,
    outcome: Option<String>,
) -> ActionView {
    let words = |key: String| regulation.text(locale, &key).unwrap_or_default().to_owned();
    ActionView {
        number: action.number,
        text: words(format!("action.{}", action.number)),
        unit: words(format!("unit.{}", action.unit)),
        clause: action.clause.to_string(),
        term: action.term.as_ref().map(ToString::to_string).unwrap_or_default(),
        state,
        outcome,
    }
}
