//! Messages on the invented handsets, newest first, in bounded memory.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
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

/// The messages by their running number, and those of each handset, so that a look at one handset does not walk all.
#[derive(Default)]
struct Kept {
    messages: BTreeMap<u64, Message>,
    handsets: HashMap<String, VecDeque<u64>>,
    count: u64,
}

impl Inbox {
    /// Keeps a message under a new id, which is returned.
    pub(super) fn take(&self, to: &str, from: &str, text: String, at: Timestamp) -> String {
        let mut kept = self.lock();
        kept.count += 1;
        let number = kept.count;
        // Ids of one run must not meet those of the run before: receipts may still be on their way.
        let id = format!("{:x}-{number}", at.as_microsecond());
        let to = if to.starts_with('+') { to.to_owned() } else { format!("+{to}") };
        kept.handsets.entry(to.clone()).or_default().push_front(number);
        kept.messages.insert(number, Message { id: id.clone(), to, from: from.to_owned(), text, at });
        kept.forget_the_oldest();
        id
    }

    /// Messages to one handset, or to all, newest first.
    pub(super) fn to(&self, handset: Option<&str>) -> Vec<Message> {
        let kept = self.lock();
        match handset {
            None => kept.messages.values().rev().cloned().collect(),
            Some(handset) => {
                let numbers = kept.handsets.get(handset).into_iter().flatten();
                numbers.filter_map(|number| kept.messages.get(number)).cloned().collect()
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn forget_the_oldest(&mut self) {
        while self.messages.len() > KEPT
            && let Some((_, message)) = self.messages.pop_first()
        {
            let Some(own) = self.handsets.get_mut(&message.to) else { continue };
            own.pop_back();
            if own.is_empty() {
                self.handsets.remove(&message.to);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_handset_has_its_own_messages_and_the_oldest_of_all_are_forgotten() {
        let inbox = Inbox::default();
        let take = |to: &str, text: String| inbox.take(to, "1414", text, Timestamp::UNIX_EPOCH);
        take("77010000001", "first".to_owned());
        take("+77010000002", "second".to_owned());
        take("77010000001", "third".to_owned());
        let texts = |handset| inbox.to(handset).into_iter().map(|message| message.text).collect::<Vec<_>>();
        assert_eq!(texts(Some("+77010000001")), ["third", "first"]);
        assert_eq!(texts(None), ["third", "second", "first"]);
        (0..KEPT - 1).for_each(|count| drop(take("77010000003", count.to_string())));
        assert_eq!(texts(Some("+77010000001")), ["third"]);
        assert!(texts(Some("+77010000002")).is_empty());
        assert_eq!(inbox.to(None).len(), KEPT);
    }
}
