//! A circuit breaker: after several failures in a row nobody waits for a system that is down, and one question tries it again.
//!
//! It never looks at a clock: the caller says what time it is.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// When a breaker opens and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakerConfig {
    /// Failures in a row that open it.
    pub failures: u32,
    /// How long it stays open before one question may try again.
    pub rest: SignedDuration,
}

impl Default for BreakerConfig {
    fn default() -> Self {
        Self { failures: 5, rest: SignedDuration::from_secs(10) }
    }
}

/// What the breaker is doing, for health and metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakerState {
    /// Questions pass.
    Closed,
    /// Questions are turned away at once.
    Open,
    /// One question is out to see whether the system is back.
    HalfOpen,
}

impl BreakerState {
    /// The word for a log field or a metric label.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half-open",
        }
    }
}

#[derive(Debug)]
enum Inner {
    Closed { failures: u32 },
    Open { until: Timestamp },
    HalfOpen { since: Timestamp },
}

/// The breaker of one outside system, shared by all questions to it.
#[derive(Debug)]
pub struct Breaker {
    config: BreakerConfig,
    inner: Mutex<Inner>,
}

impl Breaker {
    /// A closed breaker.
    #[must_use]
    pub fn new(config: BreakerConfig) -> Self {
        Self { config, inner: Mutex::new(Inner::Closed { failures: 0 }) }
    }

    /// Whether a question may go out now. A `true` from an open breaker makes this question the trial.
    pub fn allows(&self, now: Timestamp) -> bool {
        let mut inner = self.lock();
        match *inner {
            Inner::Closed { .. } => true,
            // A trial whose caller was cancelled never reports back; after another rest the next one may try.
            Inner::Open { until } if now >= until => {
                *inner = Inner::HalfOpen { since: now };
                true
            }
            Inner::HalfOpen { since } if now >= since + self.config.rest => {
                *inner = Inner::HalfOpen { since: now };
                true
            }
            Inner::Open { .. } | Inner::HalfOpen { .. } => false,
        }
    }

    /// The system answered properly, be it with a "no".
    pub fn succeeded(&self) {
        *self.lock() = Inner::Closed { failures: 0 };
    }

    /// The system did not answer properly.
    pub fn failed(&self, now: Timestamp) {
        let mut inner = self.lock();
        let open = Inner::Open { until: now + self.config.rest };
        *inner = match *inner {
            Inner::Closed { failures } if failures + 1 < self.config.failures => {
                Inner::Closed { failures: failures + 1 }
            }
            Inner::Closed { .. } | Inner::HalfOpen { .. } => open,
            // A late failure of a question sent before must not prolong the rest for ever.
            Inner::Open { until } => Inner::Open { until },
        };
    }

    /// What it is doing now.
    #[must_use]
    pub fn state(&self) -> BreakerState {
        match *self.lock() {
            Inner::Closed { .. } => BreakerState::Closed,
            Inner::Open { .. } => BreakerState::Open,
            Inner::HalfOpen { .. } => BreakerState::HalfOpen,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaker() -> Breaker {
        Breaker::new(BreakerConfig { failures: 2, rest: SignedDuration::from_secs(10) })
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn opens_after_failures_in_a_row_and_a_success_between_them_starts_the_count_anew() {
        let breaker = breaker();
        breaker.failed(at(0));
        breaker.succeeded();
        breaker.failed(at(1));
        assert!(breaker.allows(at(1)));
        breaker.failed(at(2));
        assert_eq!(breaker.state(), BreakerState::Open);
        assert!(!breaker.allows(at(11)));
    }

    #[test]
    fn after_its_rest_exactly_one_question_tries_again_and_closes_it() {
        let breaker = breaker();
        breaker.failed(at(0));
        breaker.failed(at(0));
        assert!(breaker.allows(at(10)));
        assert!(!breaker.allows(at(10)));
        assert_eq!(breaker.state(), BreakerState::HalfOpen);
        breaker.succeeded();
        assert!(breaker.allows(at(10)));
    }

    #[test]
    fn a_failed_trial_opens_it_again_and_a_lost_trial_does_not_lock_it_for_ever() {
        let breaker = breaker();
        breaker.failed(at(0));
        breaker.failed(at(0));
        assert!(breaker.allows(at(10)));
        breaker.failed(at(11));
        assert!(!breaker.allows(at(20)));
        assert!(breaker.allows(at(21)));
        assert!(!breaker.allows(at(30)));
        assert!(breaker.allows(at(31)));
    }
}
