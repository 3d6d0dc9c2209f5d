//! A unit of work on its way to the thread that runs it, with the channel on which its answer goes back.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use crate::{StoreError, Tx, tx::Session};

/// Whether a unit may change anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// It may.
    Write,
    /// It only reads.
    Read,
}

/// How one run of a unit ended.
pub(crate) enum Ran {
    /// The closure answered `Ok`: its change is to be committed.
    Keep,
    /// The closure answered an error of its own, perhaps because of a failed statement: nothing of it is kept.
    Refused(Option<StoreError>),
    /// A statement failed though the closure answered `Ok`, or the closure panicked: nothing of it can be kept.
    Doomed(StoreError),
}

impl Ran {
    /// The failed statement, if there was one.
    pub(crate) fn failure(&self) -> Option<&StoreError> {
        match self {
            Self::Keep => None,
            Self::Refused(failure) => failure.as_ref(),
            Self::Doomed(failure) => Some(failure),
        }
    }

    /// What the caller is to be told when nothing else happens to the transaction.
    pub(crate) fn fate(self) -> Result<(), StoreError> {
        match self {
            Self::Keep | Self::Refused(_) => Ok(()),
            Self::Doomed(error) => Err(error),
        }
    }
}

/// A unit of work with its types hidden, so that a queue can hold different ones.
pub(crate) trait Unit: Send {
    /// Whether it may change anything.
    fn access(&self) -> Access;

    /// Runs the closure once in the transaction of the session; may be called again after a conflict.
    fn run(&mut self, session: &mut dyn Session) -> Ran;

    /// Sends the answer: what the closure answered in its last run if `fate` is `Ok`, else the error.
    fn answer(self: Box<Self>, fate: Result<(), StoreError>);
}

struct Pending<F, T, E> {
    access: Access,
    work: F,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

/// Makes a unit from a closure; the receiver gets its answer.
pub(crate) fn unit<F, T, E>(access: Access, work: F) -> (Box<dyn Unit>, oneshot::Receiver<Result<T, E>>)
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (reply, receiver) = oneshot::channel();
    (Box::new(Pending { access, work, outcome: None, reply }), receiver)
}

/// Runs a closure once. A panic inside it dooms the unit instead of the thread: the answer is then `None`.
pub(crate) fn run<T, E>(
    session: &mut dyn Session,
    work: impl Fn(&mut Tx<'_>) -> Result<T, E>,
) -> (Option<Result<T, E>>, Ran) {
    let mut tx = Tx::new(session);
    // The transaction is rolled back after a panic, so nobody sees what was half-changed.
    let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut tx))).ok();
    if outcome.is_none() {
        tx.doom(StoreError::Database("a unit of work panicked".to_owned()));
    }
    let ran = match (&outcome, tx.take_doom()) {
        (Some(Err(_)), failure) => Ran::Refused(failure),
        (_, Some(failure)) => Ran::Doomed(failure),
        (_, None) => Ran::Keep,
    };
    (outcome, ran)
}

/// What the caller is told.
pub(crate) fn answer<T, E: From<StoreError>>(
    outcome: Option<Result<T, E>>,
    fate: Result<(), StoreError>,
) -> Result<T, E> {
    fate?;
    outcome.unwrap_or_else(|| Err(StoreError::Closed.into()))
}

impl<F, T, E> Unit for Pending<F, T, E>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn access(&self) -> Access {
        self.access
    }

    fn run(&mut self, session: &mut dyn Session) -> Ran {
        let (outcome, ran) = run(session, &self.work);
        self.outcome = outcome;
        ran
    }

    fn answer(self: Box<Self>, fate: Result<(), StoreError>) {
        let answer = answer(self.outcome, fate);
        // Nobody listens any more when the request was given up; the change stays, as after any lost answer.
        drop(self.reply.send(answer));
    }
}
