//! Counting what was done and how long each took.

use std::time::{Duration, Instant};

use xtask::progress::say;

/// What one or many workers did.
#[derive(Debug)]
pub(crate) struct Tally {
    begun: Instant,
    took: Vec<Duration>,
    span: Duration,
}

impl Tally {
    /// Starts the clock.
    pub(crate) fn start() -> Self {
        Self { begun: Instant::now(), took: Vec::new(), span: Duration::ZERO }
    }

    /// Enters one thing done.
    pub(crate) fn note(&mut self, took: Duration) {
        self.took.push(took);
        self.span = self.begun.elapsed();
    }

    /// Everything that several workers did at the same time.
    pub(crate) fn together(all: Vec<Self>) -> Self {
        let mut whole = Self::start();
        for mut one in all {
            whole.span = whole.span.max(one.span);
            whole.took.append(&mut one.took);
        }
        whole.took.sort_unstable();
        whole
    }

    /// Things done.
    pub(crate) fn count(&self) -> usize {
        self.took.len()
    }

    /// Things done in a second.
    pub(crate) fn rate(&self) -> f64 {
        let count = u32::try_from(self.took.len()).unwrap_or(u32::MAX);
        f64::from(count) / self.span.as_secs_f64().max(f64::EPSILON)
    }

    /// Prints the rate and the times of the median, the slow ones and the slowest.
    pub(crate) fn print(&self, name: &str, unit: &str) {
        let at = |percent: usize| {
            self.took.get(self.took.len().saturating_sub(1) * percent / 100).copied().unwrap_or_default()
        };
        let ms = |took: Duration| took.as_secs_f64() * 1000.0;
        say(&format!("{:>10.0} {unit}/s   {name}", self.rate()));
        say(&format!(
            "             {} in {:.1} s; p50 {:.1} ms, p99 {:.1} ms, slowest {:.1} ms",
            self.took.len(),
            self.span.as_secs_f64(),
            ms(at(50)),
            ms(at(99)),
            ms(at(100))
        ));
    }
}
