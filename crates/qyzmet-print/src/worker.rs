//! Runs a piece of work on a thread of its own, within a time limit and a number of threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::PrintError;

/// Documents printed at one time, those given up but still running included.
pub const MOST_AT_ONCE: usize = 16;

/// Deep templates recurse; the default stack of a thread is too small for what Typst allows.
const STACK: usize = 16 * 1024 * 1024;

static RUNNING: AtomicUsize = AtomicUsize::new(0);

/// One of [`MOST_AT_ONCE`] places; given back when the thread really ends.
struct Place;

impl Place {
    fn take() -> Option<Self> {
        let free = |running| (running < MOST_AT_ONCE).then_some(running + 1);
        RUNNING.fetch_update(Ordering::AcqRel, Ordering::Acquire, free).is_ok().then_some(Self)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        RUNNING.fetch_sub(1, Ordering::AcqRel);
    }
}

pub(crate) fn run<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> Result<T, PrintError> + Send + 'static,
) -> Result<T, PrintError> {
    let place = Place::take().ok_or(PrintError::Busy)?;
    let (done, answer) = mpsc::sync_channel(1);
    let worker = move || {
        let _place = place;
        // Nobody listens any more when the limit has passed, and then the result is not wanted.
        let _ = done.send(work());
    };
    thread::Builder::new()
        .name("print".to_owned())
        .stack_size(STACK)
        .spawn(worker)
        .map_err(|_| PrintError::Engine("no thread could be started"))?;
    answer.recv_timeout(limit).unwrap_or_else(|reason| match reason {
        RecvTimeoutError::Timeout => Err(PrintError::TooSlow { limit }),
        RecvTimeoutError::Disconnected => Err(PrintError::Engine("stopped in the middle of its work")),
    })
}
