//! Letters that arrived, newest first, in bounded memory.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;
use serde::Serialize;

use super::mime;

/// How many letters are kept.
const KEPT: usize = 2_000;

/// A letter that arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Received {
    /// Its Message-ID.
    pub id: String,
    /// The mailbox.
    pub to: String,
    /// Subject, decoded.
    pub subject: String,
    /// Text, decoded.
    pub text: String,
    /// When it arrived.
    pub at: Timestamp,
}

#[derive(Default)]
pub(super) struct Inbox(Mutex<VecDeque<Received>>);

impl Inbox {
    /// Keeps a letter for each of its recipients.
    pub(super) fn take(&self, recipients: &[String], data: &str, at: Timestamp) {
        let (head, body) = data.split_once("\r\n\r\n").unwrap_or((data, ""));
        let id = mime::header(head, "message-id").unwrap_or_default();
        let subject = mime::words(&mime::header(head, "subject").unwrap_or_default());
        let text = mime::body(&mime::header(head, "content-transfer-encoding").unwrap_or_default(), body);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for to in recipients {
            let (to, id, subject, text) = (to.clone(), id.clone(), subject.clone(), text.clone());
            kept.truncate(KEPT - 1);
            kept.push_front(Received { id, to, subject, text, at });
        }
    }

    /// Letters to one mailbox, or to all, newest first.
    pub(super) fn to(&self, mailbox: Option<&str>) -> Vec<Received> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted =
            |letter: &&Received| mailbox.is_none_or(|mailbox| letter.to.eq_ignore_ascii_case(mailbox));
        kept.iter().filter(wanted).cloned().collect()
    }
}
