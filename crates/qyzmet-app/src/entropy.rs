//! Randomness as an argument: a unit of work draws from a seed, so that it can run again and give the same rows. What it
//! leaves for the worker is collected beside it, anew in each run.

use jiff::Timestamp;
use qyzmet_domain::{AccountId, CaseId, DutyId, EntryId, JobId, MessageId, SessionId};
use rand_chacha::{
    ChaCha20Rng,
    rand_core::{RngCore, SeedableRng},
};

use crate::work::Left;

/// Where seeds come from: the machine, or a test.
#[derive(Debug, Default)]
pub enum Entropy {
    /// The operating system's generator.
    #[default]
    System,
    /// A counter, for tests that must repeat.
    Seeded(std::sync::atomic::AtomicU64),
}

impl Entropy {
    /// A fresh seed for one use case.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn seed(&self) -> Result<[u8; 32], NoEntropy> {
        let mut seed = [0; 32];
        match self {
            Self::System => aws_lc_rs::rand::fill(&mut seed).map_err(|_| NoEntropy)?,
            Self::Seeded(counter) => {
                let turn = counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                seed[..8].copy_from_slice(&turn.to_le_bytes());
            }
        }
        Ok(seed)
    }
}

/// The operating system has no randomness to give.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the operating system gives no randomness")]
pub struct NoEntropy;

/// Draws identifiers and secrets for one run of a unit of work.
pub struct Draw {
    rng: ChaCha20Rng,
    now: Timestamp,
    /// The jobs of this run.
    pub(crate) left: Left,
}

impl Draw {
    /// Starts from a seed at a moment; the same pair always draws the same values.
    #[must_use]
    pub fn new(seed: [u8; 32], now: Timestamp) -> Self {
        Self { rng: ChaCha20Rng::from_seed(seed), now, left: Left::default() }
    }

    /// The same, with where to leave jobs.
    pub(crate) fn leaving(self, left: Left) -> Self {
        Self { left, ..self }
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.rng.fill_bytes(&mut bytes);
        bytes
    }

    /// The moment for which this unit runs.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// A number of a new account.
    pub fn account(&mut self) -> AccountId {
        AccountId::from_parts(self.now, self.bytes())
    }

    /// A number of a new case.
    pub fn case(&mut self) -> CaseId {
        CaseId::from_parts(self.now, self.bytes())
    }

    /// A number of a new journal entry.
    pub fn entry(&mut self) -> EntryId {
        EntryId::from_parts(self.now, self.bytes())
    }

    /// A number of a new job.
    pub fn job(&mut self) -> JobId {
        JobId::from_parts(self.now, self.bytes())
    }

    /// A number of a new message.
    pub fn message(&mut self) -> MessageId {
        MessageId::from_parts(self.now, self.bytes())
    }

    /// A number of a new duty.
    pub fn duty(&mut self) -> DutyId {
        DutyId::from_parts(self.now, self.bytes())
    }

    /// A number of a new session.
    pub fn session(&mut self) -> SessionId {
        SessionId::from_parts(self.now, self.bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_values_so_a_unit_can_run_again() {
        let (mut first, mut second) =
            (Draw::new([7; 32], Timestamp::UNIX_EPOCH), Draw::new([7; 32], Timestamp::UNIX_EPOCH));
        assert_eq!(first.case(), second.case());
        assert_eq!(first.bytes::<8>(), second.bytes::<8>());
    }
}
