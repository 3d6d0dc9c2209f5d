//! The bounded queue between requests and the threads that own database connections.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::{StoreError, unit::Unit};

/// Units that wait. Full means refuse at once: a queue that grows without bound turns overload into time-outs.
pub(crate) struct Queue {
    state: Mutex<State>,
    filled: Condvar,
    capacity: usize,
}

struct State {
    units: VecDeque<Box<dyn Unit>>,
    closed: bool,
}

impl State {
    fn first(&mut self, most: usize) -> Vec<Box<dyn Unit>> {
        let count = self.units.len().min(most);
        self.units.drain(..count).collect()
    }
}

impl Queue {
    pub(crate) fn new(capacity: usize) -> Self {
        let state = State { units: VecDeque::with_capacity(capacity.min(4096)), closed: false };
        Self { state: Mutex::new(state), filled: Condvar::new(), capacity: capacity.max(1) }
    }

    /// Adds a unit; `Overloaded` when full, `Closed` after [`close`](Self::close).
    pub(crate) fn push(&self, unit: Box<dyn Unit>) -> Result<(), StoreError> {
        let mut state = self.lock();
        if state.closed {
            return Err(StoreError::Closed);
        }
        if state.units.len() >= self.capacity {
            return Err(StoreError::Overloaded);
        }
        state.units.push_back(unit);
        drop(state);
        self.filled.notify_one();
        Ok(())
    }

    /// Waits for work and takes at most `most` units in order; `None` when closed and empty.
    pub(crate) fn take(&self, most: usize) -> Option<Vec<Box<dyn Unit>>> {
        let mut state = self.lock();
        while state.units.is_empty() {
            if state.closed {
                return None;
            }
            state = self.filled.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        Some(state.first(most))
    }

    /// Takes at most `most` of the units that wait now, in order, perhaps none.
    pub(crate) fn take_now(&self, most: usize) -> Vec<Box<dyn Unit>> {
        self.lock().first(most)
    }

    /// How many units wait.
    pub(crate) fn len(&self) -> usize {
        self.lock().units.len()
    }

    /// Takes no more units; those already inside are still handed out.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.filled.notify_all();
    }

    // Units run outside the lock, so a panic cannot leave the queue half-changed.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
