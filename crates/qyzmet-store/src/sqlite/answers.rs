//! Answers to units that are committed, given by a thread of its own: waking those who wait for them would cost the writer a
//! fifteenth of its time, and while it wakes nobody is committed.

use std::sync::mpsc::{Sender, channel};
use std::thread::{Builder, JoinHandle};

use crate::{StoreError, unit::Unit};

/// A unit that was committed, or the reason why it was not.
pub(super) struct Member {
    pub(super) unit: Box<dyn Unit>,
    pub(super) fate: Result<(), StoreError>,
}

/// Who answers.
pub(super) struct Answers {
    groups: Sender<Vec<Member>>,
    thread: JoinHandle<()>,
}

impl Answers {
    /// Starts the thread; it ends with [`finish`](Self::finish).
    pub(super) fn start() -> Result<Self, StoreError> {
        let (groups, waiting) = channel::<Vec<Member>>();
        let body = move || waiting.into_iter().for_each(answer);
        let thread = Builder::new().name("store-answers".to_owned()).spawn(body);
        let thread = thread.map_err(|error| {
            StoreError::Database(format!("no thread that answers for the writer: {error}"))
        })?;
        Ok(Self { groups, thread })
    }

    /// Has a group answered, after all groups before it.
    pub(super) fn give(&self, group: Vec<Member>) {
        // Nothing ends the thread before `finish`; should it be gone, the answers are given here.
        if let Err(unsent) = self.groups.send(group) {
            answer(unsent.0);
        }
    }

    /// Waits until everybody has been answered.
    pub(super) fn finish(self) {
        drop(self.groups);
        if self.thread.join().is_err() {
            tracing::error!("the thread that answers for the writer has panicked");
        }
    }
}

fn answer(group: Vec<Member>) {
    group.into_iter().for_each(|Member { unit, fate }| unit.answer(fate));
}
