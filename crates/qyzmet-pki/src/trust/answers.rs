//! Answers about single certificates (OCSP) that are at hand, found by serial number.

use std::{
    cmp::Reverse,
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use crate::{certificate::SerialNumber, ocsp::Response};

/// Answers kept about one serial number; the oldest leaves first.
const PER_SERIAL: usize = 8;
/// Serial numbers about which answers are kept; more are forgotten all at once, so that strangers cannot fill the memory.
const CAPACITY: usize = 16_384;

/// Parsed answers, newest first for each serial number. None is believed before it is judged for a certificate.
#[derive(Default)]
pub(super) struct Answers {
    by_serial: RwLock<HashMap<SerialNumber, Vec<Arc<Response>>>>,
}

impl Answers {
    pub(super) fn add(&self, response: Response) {
        let response = Arc::new(response);
        let mut by_serial = self.by_serial.write().unwrap_or_else(PoisonError::into_inner);
        for (question, _) in response.claims() {
            if by_serial.len() >= CAPACITY {
                by_serial.clear();
            }
            let known = by_serial.entry(*question.serial()).or_default();
            if !known.iter().any(|other| other.digest() == response.digest()) {
                known.push(Arc::clone(&response));
                known.sort_by_key(|answer| Reverse(answer.produced_at()));
                known.truncate(PER_SERIAL);
            }
        }
    }

    pub(super) fn about(&self, serial: SerialNumber) -> Vec<Arc<Response>> {
        let by_serial = self.by_serial.read().unwrap_or_else(PoisonError::into_inner);
        by_serial.get(&serial).cloned().unwrap_or_default()
    }
}
