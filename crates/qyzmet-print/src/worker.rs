//! Runs a piece of work on a thread of its own, within a time limit and a number of threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::PrintError;

/// Documents printed at one time, those given up but still running included.
pub const MOST_AT_ONCE: usize = 16;

/// Typst recurses over the tree of the template; enough for the deepest that fits its length. Untouched pages cost nothing.
const STACK: usize = 128 * 1024 * 1024;

/// Counts the threads that really run.
pub(crate) struct Places(AtomicUsize);

pub(crate) static PLACES: Places = Places::new();

/// One of [`MOST_AT_ONCE`] places; given back when the thread ends, however it ends.
struct Place(&'static Places);

impl Places {
    pub(crate) const fn new() -> Self {
        Self(AtomicUsize::new(0))
    }

    fn take(&'static self) -> Option<Place> {
        // Lazily made: a place that was not got must not be given back.
        let free = |running| (running < MOST_AT_ONCE).then_some(running + 1);
        self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, free).is_ok().then(|| Place(self))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::AcqRel);
    }
}

pub(crate) fn run<T: Send + 'static>(
    places: &'static Places,
    limit: Duration,
    work: impl FnOnce() -> Result<T, PrintError> + Send + 'static,
) -> Result<T, PrintError> {
    let place = places.take().ok_or(PrintError::Busy)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_given_up_holds_its_place_until_it_ends() {
        static FULL: Places = Places::new();
        let limit = Duration::from_millis(1);
        let (open, gate) = mpsc::channel::<()>();
        let gate = std::sync::Arc::new(std::sync::Mutex::new(gate));
        for _ in 0..MOST_AT_ONCE {
            let gate = gate.clone();
            let stuck = run(&FULL, limit, move || Ok(gate.lock().is_ok_and(|gate| gate.recv().is_ok())));
            assert_eq!(stuck, Err(PrintError::TooSlow { limit }));
        }
        assert_eq!(run(&FULL, limit, || Ok(())), Err(PrintError::Busy));
        drop(open);
        while FULL.0.load(Ordering::Acquire) > 0 {
            thread::yield_now();
        }
        assert_eq!(run(&FULL, Duration::from_secs(60), || Ok(())), Ok(()));
    }

    #[test]
    fn a_panic_in_the_work_becomes_an_error_and_gives_its_place_back() {
        static ONE: Places = Places::new();
        let limit = Duration::from_secs(60);
        for _ in 0..=MOST_AT_ONCE {
            let fault = run::<()>(&ONE, limit, || panic!("a fault of the engine")).unwrap_err();
            assert!(matches!(fault, PrintError::Engine(_) | PrintError::Busy));
        }
        while ONE.0.load(Ordering::Acquire) > 0 {
            thread::yield_now();
        }
    }
}
