//! `fill`: the recipient fills pages of the form.

use std::collections::BTreeMap;

use super::{Act, Confirm, Use};
use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Waiting};
use crate::written::Keys;
use crate::{Command, FieldErrors, Rejection};

/// Fills pages of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fill {
    /// The pages, in their order.
    pub pages: Vec<String>,
    /// Whether the recipient confirms in the same action what was filled [R839-7.P1].
    pub confirm: bool,
}

impl Act for Fill {
    const NEEDS: &'static [Branch] = &[Branch::Ok];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let (pages, confirm) = (fields.need_texts("pages"), fields.flag("confirm"));
        Some(Self { pages: pages?, confirm: confirm.unwrap_or_default() })
    }

    fn keys(&self) -> Keys {
        Keys::default().with("pages", self.pages.clone()).with_some("confirm", self.confirm.then_some(true))
    }

    fn uses(&self) -> Vec<Use> {
        self.pages.iter().cloned().map(Use::Page).collect()
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        if self.confirm && is_filled(at) {
            return Confirm::PLAIN.waits(at);
        }
        Some(Waiting::Fill { action: at.action.number, pages: self.pages.clone() })
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        if self.confirm && is_filled(at) {
            // The pages are filled: the same form sent again is a repeated one.
            let confirms = matches!(command, Command::Confirm { .. });
            return if confirms { Confirm::PLAIN.take(at, command) } else { Err(at.not_waiting()) };
        }
        let Command::Fill { values, .. } = command else { return Err(at.not_waiting()) };
        let mut facts = self.accept(at, values).map_err(Rejection::Form)?;
        if self.confirm {
            facts.insert(mark(at), at.visit().to_string());
            return Ok(Event::Filled { head: at.stay(), facts });
        }
        Ok(Event::Filled { head: at.head(Branch::Ok), facts })
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
