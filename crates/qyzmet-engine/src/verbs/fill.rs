//! `fill`: pages of the form are filled, by the recipient on a screen or at a desk by an officer [R839-9.P3, R839-10.P4].

use std::collections::BTreeMap;

use super::desk::DeskRules;
use super::{Act, Confirm, Use};
use crate::event::Event;
use crate::finding::FindingKind;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Task, Waiting};
use crate::written::Keys;
use crate::{Command, FieldErrors, Rejection};

/// Fills pages of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fill {
    /// The pages, in their order.
    pub pages: Vec<String>,
    /// Whether the recipient confirms in the same action what was filled [R839-7.P1].
    pub confirm: bool,
    /// Where it is filled at a desk: on what the officer can refuse, and who may act. What a recipient does before the eyes
    /// of an officer is filled at the desk that is named here.
    pub desk: DeskRules,
}

impl Act for Fill {
    const NEEDS: &'static [Branch] = &[Branch::Ok];
    const MAY: &'static [Branch] = &[Branch::Violation];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let (pages, confirm) = (fields.need_texts("pages"), fields.flag("confirm"));
        let (unit, desk) = (fields.text("desk"), DeskRules::read(fields));
        if confirm == Some(true) && unit.is_some() {
            let words =
                "an officer fills here, and only the recipient confirms: leave `confirm` or `desk` out";
            fields.report(&fields.place_of("confirm"), FindingKind::BadValue, words);
        }
        let desk = DeskRules { unit, ..desk? };
        Some(Self { pages: pages?, confirm: confirm.unwrap_or_default(), desk })
    }

    fn keys(&self) -> Keys {
        let keys = self.desk.keys().with_some("desk", self.desk.unit.clone());
        keys.with("pages", self.pages.clone()).with_some("confirm", self.confirm.then_some(true))
    }

    fn uses(&self) -> Vec<Use> {
        let desk = self.desk.unit.iter().cloned().map(Use::Desk);
        self.pages.iter().cloned().map(Use::Page).chain(desk).chain(self.desk.uses()).collect()
    }

    fn grounded(&self) -> &'static [Branch] {
        if self.desk.grounds.is_empty() { &[] } else { &[Branch::Violation] }
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        if at.regulation.process.desk(at.action).is_some() {
            return Some(self.desk.waits(at, Task::Fill, &[]));
        }
        if self.confirm && is_filled(at) {
            return Confirm::PLAIN.waits(at);
        }
        Some(Waiting::Fill { action: at.action.number, pages: self.pages.clone() })
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        if at.regulation.process.desk(at.action).is_some() {
            return self.take_at_desk(at, command);
        }
        if self.confirm && is_filled(at) {
            // The pages are filled: the same form sent again is a repeated one.
            let confirms = matches!(command, Command::Confirm { .. });
            return if confirms { Confirm::PLAIN.take(at, command) } else { Err(at.not_waiting()) };
        }
        let Command::Fill { values, .. } = command else { return Err(at.not_waiting()) };
        let mut facts = self.accept(at, values).map_err(Rejection::Form)?;
        if self.confirm {
            facts.insert(mark(at), at.visit().to_string());
            return Ok(Event::Filled { head: at.stay(), facts, by: None });
        }
        Ok(Event::Filled { head: at.head(Branch::Ok), facts, by: None })
    }
}

/// The fact that keeps, between the two halves of the action, that the form is filled on this visit.
fn mark(at: &At<'_>) -> String {
    format!("filled.{}", at.action.number)
}

fn is_filled(at: &At<'_>) -> bool {
    at.fact(&mark(at)).is_some_and(|visit| visit == at.visit().to_string())
}

impl Fill {
    /// An officer has filled the pages, or refuses.
    fn take_at_desk(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        match command {
            Command::FillAt { at: desk, values, .. } => {
                self.desk.admit(at, desk)?;
                let facts = self.accept(at, values).map_err(Rejection::Form)?;
                Ok(Event::Filled { head: at.head(Branch::Ok), facts, by: Some(desk.by.clone()) })
            }
            Command::Decide { at: desk, decision, .. } => {
                self.desk.admit(at, desk)?;
                self.desk.against(at, desk, decision)
            }
            _ => Err(at.not_waiting()),
        }
    }

    /// The values of all pages as facts, or the errors of all pages.
    fn accept(
        &self,
        at: &At<'_>,
        raw: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, FieldErrors> {
        let mut facts = BTreeMap::new();
        let mut errors = FieldErrors::default();
        for page in self.pages.iter().filter_map(|id| at.regulation.page(id)) {
            match page.accept(raw) {
                Ok(values) => {
                    let fact = |field: &crate::Field| Some((field.fact(), values.get(&field.id)?.clone()));
                    facts.extend(page.fields.iter().filter_map(fact));
                }
                Err(more) => errors.0.extend(more.0),
            }
        }
        if errors.0.is_empty() { Ok(facts) } else { Err(errors) }
    }
}
