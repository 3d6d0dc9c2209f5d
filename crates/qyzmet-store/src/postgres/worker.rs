//! A thread with one connection: runs a unit, runs it again after a conflict or a lost connection, then answers.

use std::sync::{Arc, PoisonError, RwLock};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use tokio_postgres::Config;

use super::commit::{self, BEGIN, BEGIN_READ};
use super::connection::Connection;
use crate::StoreError;
use crate::queue::Queue;
use crate::unit::{Access, Ran, Unit};

/// Runs of one unit at most. With the pauses between them, a conflict is given about half a second and a lost server
/// about ten seconds.
const ATTEMPTS: u32 = 12;

/// After so many runs side by side with others, a unit that changes something runs while no other unit of this process
/// changes anything: many units that want the same row, a counter for one, would else collide until they give up.
const TOGETHER: u32 = 3;

struct Worker {
    number: i64,
    turn: Arc<RwLock<()>>,
    config: Config,
    connection: Option<Connection>,
    /// Number of the present unit.
    unit: i64,
    /// The connection broke during the commit of the present unit.
    unsure: bool,
}

/// What became of one attempt.
enum Attempt {
    /// The unit is to be answered.
    Over(Result<(), StoreError>),
    /// The unit may be run again.
    Again(StoreError),
}

/// Starts a worker; it ends when the queue is closed and empty.
pub(super) fn start(
    number: i64,
    config: Config,
    queue: Arc<Queue>,
    turn: Arc<RwLock<()>>,
) -> Result<JoinHandle<()>, StoreError> {
    let mut worker = Worker { number, turn, config, connection: None, unit: 0, unsure: false };
    let body = move || {
        while let Some(units) = queue.take(1) {
            units.into_iter().for_each(|unit| worker.serve(unit));
        }
        worker.leave();
    };
    Builder::new()
        .name(format!("store-worker-{number}"))
        .spawn(body)
        .map_err(|error| StoreError::Database(format!("no thread for a worker: {error}")))
}

impl Worker {
    fn serve(&mut self, mut unit: Box<dyn Unit>) {
        self.unit += 1;
        self.unsure = false;
        let mut attempt = 1;
        let fate = loop {
            match self.in_turn(unit.as_mut(), attempt) {
                Attempt::Over(fate) => break fate,
                Attempt::Again(error) if attempt >= ATTEMPTS => break Err(error),
                Attempt::Again(error) => {
                    tracing::debug!(%error, attempt, worker = self.number, "a unit of work is run again");
                    std::thread::sleep(pause(&error, attempt, self.number));
                    attempt += 1;
                }
            }
        };
        unit.answer(fate);
    }

    /// Runs a changing unit together with others, or alone. Reading units may take long and collide with nobody.
    fn in_turn(&mut self, unit: &mut dyn Unit, attempt: u32) -> Attempt {
        let turn = Arc::clone(&self.turn);
        if unit.access() == Access::Read {
            self.attempt(unit, attempt)
        } else if attempt <= TOGETHER {
            let _together = turn.read().unwrap_or_else(PoisonError::into_inner);
            self.attempt(unit, attempt)
        } else {
            let _alone = turn.write().unwrap_or_else(PoisonError::into_inner);
            self.attempt(unit, attempt)
        }
    }

    fn attempt(&mut self, unit: &mut dyn Unit, attempt: u32) -> Attempt {
        let (number, present) = (self.number, self.unit);
        let connection = match Self::connected(&mut self.connection, &self.config) {
            Ok(connection) => connection,
            Err(error) => return self.failed(error, attempt),
        };
        if self.unsure {
            match commit::fence(connection, number, present) {
                Ok(true) => return Attempt::Over(Ok(())),
                Ok(false) => self.unsure = false,
                Err(error) => return self.failed(error, attempt),
            }
        }
        connection.begin(if unit.access() == Access::Write { BEGIN } else { BEGIN_READ });
        let ran = unit.run(connection);
        if let Some(error) = ran.failure().filter(|error| may_pass(error, attempt)) {
            let error = error.clone();
            return self.failed(error, attempt);
        }
        if matches!(ran, Ran::Keep) {
            return self.commit(attempt);
        }
        self.roll_back();
        Attempt::Over(ran.fate())
    }

    fn commit(&mut self, attempt: u32) -> Attempt {
        let Some(connection) = self.connection.as_mut() else {
            return Attempt::Again(StoreError::Unavailable);
        };
        match commit::commit(connection, self.number, self.unit) {
            Ok(()) => Attempt::Over(Ok(())),
            Err(error) => {
                // Of a conflict or a full disk the server itself says that nothing was committed.
                let told =
                    matches!(error, StoreError::Conflict | StoreError::DiskFull | StoreError::Duplicate(_));
                self.unsure = connection.wrote() && !told;
                self.failed(error, attempt)
            }
        }
    }

    /// Leaves the connection ready for the next transaction, or drops it.
    fn failed(&mut self, error: StoreError, attempt: u32) -> Attempt {
        if error == StoreError::Unavailable || self.unsure {
            self.connection = None;
        } else {
            self.roll_back();
        }
        if self.unsure || may_pass(&error, attempt) {
            Attempt::Again(error)
        } else {
            Attempt::Over(Err(error))
        }
    }

    fn roll_back(&mut self) {
        if let Some(connection) = self.connection.as_mut()
            && connection.end("ROLLBACK").is_err()
        {
            self.connection = None;
        }
    }

    fn connected<'a>(
        slot: &'a mut Option<Connection>,
        config: &Config,
    ) -> Result<&'a mut Connection, StoreError> {
        match slot.take().filter(|connection| !connection.is_lost()) {
            Some(connection) => Ok(slot.insert(connection)),
            None => Ok(slot.insert(Connection::open(config)?)),
        }
    }

    fn leave(&mut self) {
        if let Some(connection) = self.connection.as_mut()
            && let Err(error) = commit::leave(connection, self.number)
        {
            tracing::debug!(%error, worker = self.number, "the row of a worker stays behind");
        }
    }
}

/// Whether another attempt may succeed. Two units that insert the same key at once may both have looked before: the
/// second run sees the other's row, and a unit that looks decides rightly.
fn may_pass(error: &StoreError, attempt: u32) -> bool {
    match error {
        StoreError::Conflict | StoreError::Unavailable => true,
        StoreError::Duplicate(_) => attempt == 1,
        _ => false,
    }
}

/// The pause before the next attempt: doubling, and different for each worker so that those that collided part.
fn pause(error: &StoreError, attempt: u32, worker: i64) -> Duration {
    let (first, most) = if *error == StoreError::Unavailable { (20_000, 2_000_000) } else { (500, 100_000) };
    let whole = (first << attempt.min(16)).min(most);
    let share = (u64::from(attempt) * 37 + worker.unsigned_abs() * 29) % 64;
    Duration::from_micros(whole / 2 + whole / 2 * share / 64)
}
