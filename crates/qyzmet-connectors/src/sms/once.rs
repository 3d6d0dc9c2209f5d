//! The same message is handed over once: a repetition gets the centre's first answer, also when both run at the same time.

use std::{
    collections::{HashMap, VecDeque},
    future::Future,
    sync::{Arc, Mutex, PoisonError},
};

use qyzmet_app::ports::Fault;
use qyzmet_domain::MessageId;

/// How many messages are remembered; a repetition comes within minutes.
const REMEMBERED: usize = 50_000;

type Answer = Arc<tokio::sync::Mutex<Option<String>>>;

#[derive(Default)]
pub(super) struct Once {
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    answers: HashMap<MessageId, Answer>,
    order: VecDeque<MessageId>,
}

impl Once {
    /// Runs `send` unless this message was already taken. Only success is remembered.
    pub(super) async fn run(
        &self,
        id: MessageId,
        send: impl Future<Output = Result<String, Fault>>,
    ) -> Result<String, Fault> {
        let answer = self.answer(id);
        let mut answer = answer.lock().await;
        if let Some(known) = answer.as_ref() {
            return Ok(known.clone());
        }
        let fresh = send.await?;
        *answer = Some(fresh.clone());
        Ok(fresh)
    }

    fn answer(&self, id: MessageId) -> Answer {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = seen.answers.get(&id) {
            return known.clone();
        }
        if seen.order.len() >= REMEMBERED
            && let Some(oldest) = seen.order.pop_front()
        {
            seen.answers.remove(&oldest);
        }
        let fresh = Answer::default();
        seen.order.push_back(id);
        seen.answers.insert(id, fresh.clone());
        fresh
    }
}
