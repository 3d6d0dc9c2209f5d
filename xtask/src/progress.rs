//! Lines that tell a waiting person what happens and how long it took.

use std::time::{Duration, Instant};

use crate::Failure;

/// What was done, and how long it took.
#[derive(Clone, Debug)]
pub struct Step {
    /// In a few words.
    pub name: String,
    /// Whether it went well.
    pub ok: bool,
    /// How long it took.
    pub took: Duration,
}

/// Runs and times steps one after the other.
#[derive(Debug)]
pub struct Progress {
    begun: Instant,
    steps: Vec<Step>,
}

impl Default for Progress {
    fn default() -> Self {
        Self::new()
    }
}

impl Progress {
    /// Starts the clock.
    #[must_use]
    pub fn new() -> Self {
        Self { begun: Instant::now(), steps: Vec::new() }
    }

    /// Does `work` and prints its name, its time, and whether it went well.
    ///
    /// # Errors
    /// Those of `work`.
    pub fn step<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        let started = Instant::now();
        let result = work();
        self.note(name, result.is_ok(), started.elapsed());
        result
    }

    /// Enters a step that was timed elsewhere.
    pub fn note(&mut self, name: &str, ok: bool, took: Duration) {
        say(&format!("{} {:>8}  {name}", if ok { "✓" } else { "✗" }, seconds(took)));
        self.steps.push(Step { name: name.to_owned(), ok, took });
    }

    /// The steps so far.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Time since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }
}

/// `0.25 s`, `12.3 s`, `4 min 10 s`.
#[must_use]
pub fn seconds(took: Duration) -> String {
    let all = took.as_secs_f64();
    if all >= 120.0 {
        format!("{} min {:02} s", took.as_secs() / 60, took.as_secs() % 60)
    } else if all >= 10.0 {
        format!("{all:.1} s")
    } else {
        format!("{all:.2} s")
    }
}

/// Prints a line for the person at the terminal.
#[expect(clippy::print_stdout, reason = "a task speaks to the person who started it")]
pub fn say(line: &str) {
    println!("{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_at_a_glance() {
        let shown = [250, 12_345, 250_000].map(|ms| seconds(Duration::from_millis(ms)));
        assert_eq!(shown, ["0.25 s", "12.3 s", "4 min 10 s"]);
    }

    #[test]
    fn a_failed_step_is_kept_as_failed() {
        let mut progress = Progress::new();
        let result: Result<(), Failure> = progress.step("break", || Err(Failure::unexpected("broken")));
        assert!(result.is_err());
        assert!(!progress.steps()[0].ok);
    }
}
