//! Pages that watch a case are told when it changes, each of its own case only.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use qyzmet_domain::CaseId;
use tokio::sync::Notify;

/// Who watches which case in this process.
#[derive(Default)]
pub struct Changes(Mutex<HashMap<CaseId, Arc<Notify>>>);

/// A place among the watchers of a case; whoever leaves last takes the case off the list.
struct Watcher<'a> {
    changes: &'a Changes,
    case: CaseId,
    bell: Arc<Notify>,
}

impl Changes {
    /// Tells everybody who watches the case; nobody may be watching.
    pub(crate) fn tell(&self, case: CaseId) {
        if let Some(bell) = self.list().get(&case) {
            bell.notify_waiters();
        }
    }

    /// Waits until the case is told of.
    pub(crate) async fn wait(&self, case: CaseId) {
        let watcher = self.watch(case);
        watcher.bell.notified().await;
    }

    fn watch(&self, case: CaseId) -> Watcher<'_> {
        let bell = self.list().entry(case).or_default().clone();
        Watcher { changes: self, case, bell }
    }

    /// The list is whole whatever happened to whoever held it.
    fn list(&self) -> MutexGuard<'_, HashMap<CaseId, Arc<Notify>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Watcher<'_> {
    fn drop(&mut self) {
        let mut list = self.changes.list();
        // The list's own hold and this one.
        if Arc::strong_count(&self.bell) <= 2 {
            list.remove(&self.case);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{future::Future, pin::pin, task::Poll};

    use jiff::Timestamp;

    use super::*;

    fn case(number: u8) -> CaseId {
        CaseId::from_parts(Timestamp::UNIX_EPOCH, [number; 10])
    }

    async fn is_told<F: Future<Output = ()>>(mut wait: std::pin::Pin<&mut F>) -> bool {
        std::future::poll_fn(|cx| Poll::Ready(wait.as_mut().poll(cx).is_ready())).await
    }

    #[tokio::test]
    async fn a_change_wakes_all_who_watch_the_case_and_nobody_else() {
        let changes = Changes::default();
        let (mut one, mut two) = (pin!(changes.wait(case(1))), pin!(changes.wait(case(1))));
        let mut other = pin!(changes.wait(case(2)));
        assert!(
            !is_told(one.as_mut()).await && !is_told(two.as_mut()).await && !is_told(other.as_mut()).await
        );
        changes.tell(case(1));
        assert!(is_told(one).await && is_told(two).await);
        assert!(!is_told(other).await);
    }

    #[tokio::test]
    async fn nothing_is_kept_of_a_case_that_nobody_watches_any_more() {
        let changes = Changes::default();
        {
            let mut wait = pin!(changes.wait(case(1)));
            let mut again = pin!(changes.wait(case(1)));
            assert!(!is_told(wait.as_mut()).await && !is_told(again.as_mut()).await);
            assert_eq!(changes.list().len(), 1);
        }
        assert!(changes.list().is_empty());
        changes.tell(case(1));
    }
}
