//! What the simulated gateway holds: people, consents, the switch and the last messages.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use aws_lc_rs::digest;
use jiff::Timestamp;
use qyzmet_pki::{Identity, Trust};

use super::{Clock, Options};
use crate::{gbd_fl::people::People, kdp::simulator::Consents, simulation::Switch};

/// How the gateway shall behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As it should.
    Ok,
    /// Late.
    Slow,
    /// 503 to everything.
    Down,
    /// XML that is not the protocol.
    Malformed,
    /// A signature that does not fit.
    WrongSignature,
    /// A SOAP fault.
    Fault,
    /// The answer breaks off.
    Truncated,
    /// The answer begins with a document type definition.
    Dtd,
}

const MODES: &[(&str, Mode)] = &[
    ("ok", Mode::Ok),
    ("slow", Mode::Slow),
    ("down", Mode::Down),
    ("malformed", Mode::Malformed),
    ("wrong-signature", Mode::WrongSignature),
    ("fault", Mode::Fault),
    ("truncated", Mode::Truncated),
    ("dtd", Mode::Dtd),
];

/// How many messages the page shows.
const SHOWN: usize = 20;

/// What a register behind the gateway answers.
pub(crate) struct Reply {
    pub(crate) status: &'static str,
    /// Short word for the page.
    pub(crate) outcome: &'static str,
    /// Whom the question was about.
    pub(crate) subject: String,
    /// The `data` element.
    pub(crate) data: String,
}

/// A message that passed, for the page. The people are invented, so their numbers may be shown.
#[derive(Clone)]
pub(super) struct Passed {
    pub(super) at: Timestamp,
    pub(super) service: String,
    pub(super) subject: String,
    pub(super) outcome: &'static str,
}

/// Everything shared by the handlers.
pub(super) struct Simulation {
    pub(super) identity: Arc<Identity>,
    pub(super) trust: Arc<Trust>,
    pub(super) people: People,
    pub(super) consents: Consents,
    pub(super) switch: Switch<Mode>,
    pub(super) slow: Duration,
    pub(super) clock: Clock,
    passed: Mutex<VecDeque<Passed>>,
}

impl Simulation {
    pub(super) fn new(options: Options, people: People) -> Self {
        Self {
            identity: options.identity,
            trust: options.trust,
            people,
            consents: Consents::new(options.seed),
            switch: Switch::new(MODES, Mode::Ok),
            slow: options.slow,
            clock: options.clock,
            passed: Mutex::default(),
        }
    }

    /// Keeps a line for the page.
    pub(super) fn note(&self, service: &str, subject: &str, outcome: &'static str) {
        let (service, subject) = (service.to_owned(), subject.to_owned());
        let mut passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        passed.truncate(SHOWN - 1);
        passed.push_front(Passed { at: self.clock.now(), service, subject, outcome });
    }

    /// The last messages, newest first.
    pub(super) fn passed(&self) -> Vec<Passed> {
        self.passed.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

/// A register's number for its answer; the same question repeated gets the same number.
pub(crate) fn answer_number(register: &str, message: &str) -> String {
    let hash = digest::digest(&digest::SHA256, format!("{register}|{message}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_ref()[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}
