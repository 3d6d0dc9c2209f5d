//! Messages on the invented handsets, newest first, in bounded memory.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;
use serde::Serialize;

/// How many messages are kept; a load test must not fill the memory.
const KEPT: usize = 10_000;

/// A message that arrived on a handset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// The centre's id.
    pub id: String,
    /// The handset.
    pub to: String,
    /// Who sent it, as the handset shows it.
    pub from: String,
    /// The text.
    pub text: String,
    /// When it arrived.
    pub at: Timestamp,
}

#[derive(Default)]
pub(super) struct Inbox(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    messages: VecDeque<Message>,
    count: u64,
}

impl Inbox {
    /// Keeps a message under a new id, which is returned.
    pub(super) fn take(&self, to: &str, from: &str, text: String, at: Timestamp) -> String {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.count += 1;
        // Ids of one run must not meet those of the run before: receipts may still be on their way.
        let id = format!("{:x}-{}", at.as_microsecond(), kept.count);
        let to = if to.starts_with('+') { to.to_owned() } else { format!("+{to}") };
        kept.messages.truncate(KEPT - 1);
        kept.messages.push_front(Message { id: id.clone(), to, from: from.to_owned(), text, at });
        id
    }

    /// Messages to one handset, or to all, newest first.
    pub(super) fn to(&self, handset: Option<&str>) -> Vec<Message> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = |message: &&Message| handset.is_none_or(|handset| message.to == handset);
        kept.messages.iter().filter(wanted).cloned().collect()
    }
}
