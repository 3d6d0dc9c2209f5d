//! Spreads messages evenly over the second, so that the centre has no reason to throttle us.

use std::time::Duration;

use tokio::{sync::Mutex, time::Instant};

pub(super) struct Pace {
    gap: Duration,
    next: Mutex<Option<Instant>>,
}

impl Pace {
    /// At most so many a second; 0 means one.
    pub(super) fn new(per_second: u32) -> Self {
        Self { gap: Duration::from_secs(1) / per_second.max(1), next: Mutex::new(None) }
    }

    /// Waits for this message's turn.
    pub(super) async fn wait(&self) {
        let mut next = self.next.lock().await;
        let now = Instant::now();
        let turn = next.map_or(now, |next| next.max(now));
        *next = Some(turn + self.gap);
        drop(next);
        tokio::time::sleep_until(turn).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn eleven_messages_at_ten_a_second_take_a_second() {
        let pace = Pace::new(10);
        let start = Instant::now();
        for _ in 0..11 {
            pace.wait().await;
        }
        assert_eq!(start.elapsed().as_millis() / 10, 100);
    }
}
