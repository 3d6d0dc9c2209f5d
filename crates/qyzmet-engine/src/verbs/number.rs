//! `number`: the request is registered and given its number (Q-21) [R839-6.P4].

use super::Act;
use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Waiting};
use crate::written::Keys;
use crate::{Command, Rejection};

/// Gives the request its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number;

impl Act for Number {
    const NEEDS: &'static [Branch] = &[Branch::Ok];

    fn read(_fields: &Fields<'_>) -> Option<Self> {
        Some(Self)
    }

    fn keys(&self) -> Keys {
        Keys::default()
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        Some(Waiting::Number { action: at.action.number })
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        let Command::Number { number, .. } = command else { return Err(at.not_waiting()) };
        let number = at.case.number.as_ref().unwrap_or(number).clone();
        Ok(Event::Numbered { head: at.head(Branch::Ok), number, accepts: at.accepts() })
    }
}
