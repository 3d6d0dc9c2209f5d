//! The thread that owns the session with a token: a PKCS#11 session belongs to one thread, so signatures queue here.

use std::{
    fmt,
    sync::mpsc::{self, Receiver, SyncSender, TrySendError},
    thread,
    time::Duration,
};

use cryptoki::{object::ObjectHandle, session::Session};

use super::{TokenError, TokenKey, objects, session, signature};
use crate::key::KeyKind;

/// Signatures that may wait for one key; more than a device does in seconds would only time out.
const QUEUE: usize = 256;
/// How long a signature may take, waiting included; a device that hangs must not hang its callers.
const PATIENCE: Duration = Duration::from_secs(30);

/// The door to the thread. The thread ends, and with it the session, when the last door is dropped.
pub(in crate::key) struct Worker {
    jobs: SyncSender<Job>,
}

struct Job {
    digest: Vec<u8>,
    answer: SyncSender<Result<Vec<u8>, TokenError>>,
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker").finish_non_exhaustive()
    }
}

impl Worker {
    /// Starts the thread. The token is not touched before the first signature, so that thousands of keys start at once.
    pub(in crate::key) fn start(
        key: TokenKey,
        kind: KeyKind,
        public_key_der: Vec<u8>,
    ) -> Result<Self, TokenError> {
        let (jobs, queue) = mpsc::sync_channel(QUEUE);
        let bench = Bench { key, kind, public_key_der, open: None, refused: None };
        let spawned = thread::Builder::new().name("token".to_owned()).spawn(move || bench.work(&queue));
        spawned.map_err(|_| TokenError::Busy)?;
        Ok(Self { jobs })
    }

    /// Has a digest signed.
    pub(in crate::key) fn sign(&self, digest: &[u8]) -> Result<Vec<u8>, TokenError> {
        let (answer, signed) = mpsc::sync_channel(1);
        self.jobs.try_send(Job { digest: digest.to_vec(), answer }).map_err(|refused| match refused {
            TrySendError::Full(_) => TokenError::Busy,
            TrySendError::Disconnected(_) => TokenError::Lost,
        })?;
        signed.recv_timeout(PATIENCE).unwrap_or(Err(TokenError::Busy))
    }
}

/// What the thread has before it.
struct Bench {
    key: TokenKey,
    kind: KeyKind,
    public_key_der: Vec<u8>,
    open: Option<(Session, ObjectHandle)>,
    /// A refused PIN is remembered: each further attempt would bring the token nearer to locking itself.
    refused: Option<TokenError>,
}

impl Bench {
    fn work(mut self, queue: &Receiver<Job>) {
        while let Ok(job) = queue.recv() {
            // Who has lost patience does not listen any more.
            let _ = job.answer.send(self.sign(&job.digest));
        }
    }

    /// Signs; after any error the session is given up, and the next signature opens a new one.
    fn sign(&mut self, digest: &[u8]) -> Result<Vec<u8>, TokenError> {
        let (session, object) = match self.open.take() {
            Some(open) => open,
            None => self.begin()?,
        };
        let signed = signature::sign(&session, object, self.kind, digest)?;
        self.open = Some((session, object));
        Ok(signed)
    }

    fn begin(&mut self) -> Result<(Session, ObjectHandle), TokenError> {
        if let Some(refused) = &self.refused {
            return Err(refused.clone());
        }
        let session = session::open(&self.key, session::Use::Sign).inspect_err(|error| {
            if matches!(error, TokenError::PinRefused | TokenError::PinLocked) {
                self.refused = Some(error.clone());
            }
        })?;
        let object = objects::private(&session, self.key.names())?.ok_or(TokenError::NoKey)?;
        if objects::public_key(&session, self.key.names())? != self.public_key_der {
            return Err(TokenError::OtherKey);
        }
        Ok((session, object))
    }
}
