//! Letters that arrived, newest first, in bounded memory.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use base64::{Engine, engine::general_purpose::STANDARD};
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
    /// Files that came with it.
    pub files: Vec<ReceivedFile>,
    /// When it arrived.
    pub at: Timestamp,
}

/// A file that came with a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReceivedFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// Its content as base64.
    pub content: String,
}

#[derive(Default)]
pub(super) struct Inbox(Mutex<VecDeque<Received>>);

impl Inbox {
    /// Keeps a letter for each of its recipients.
    pub(super) fn take(&self, recipients: &[String], data: &str, at: Timestamp) {
        let (head, body) = data.split_once("\r\n\r\n").unwrap_or((data, ""));
        let id = mime::header(head, "message-id").unwrap_or_default();
        let subject = mime::words(&mime::header(head, "subject").unwrap_or_default());
        let (text, files) = content(head, body);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for to in recipients {
            let (to, id, subject) = (to.clone(), id.clone(), subject.clone());
            kept.truncate(KEPT - 1);
            kept.push_front(Received { id, to, subject, text: text.clone(), files: files.clone(), at });
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

/// The text of a letter, and the files behind it where it has several parts.
fn content(head: &str, body: &str) -> (String, Vec<ReceivedFile>) {
    let parts = mime::parts(head, body);
    let mut texts = parts.iter().filter(|part| part.name.is_none());
    let text = texts.next().map(|part| String::from_utf8_lossy(&part.bytes).trim_end().to_owned());
    let file = |part: &mime::Part| {
        let content = STANDARD.encode(&part.bytes);
        Some(ReceivedFile { name: part.name.clone()?, media: part.media.clone(), content })
    };
    (text.unwrap_or_default(), parts.iter().filter_map(file).collect())
}
