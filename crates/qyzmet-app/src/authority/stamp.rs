//! Time-stamps: made with the delegated key while the clock is not known to be wrong.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

use crate::{Access, Cx, Draw, Error, UseCase};

/// Microseconds by which the clock may step back, as clocks are set right in small steps.
const STEP: i64 = 1_000_000;

/// The latest moment that is known to be over: a clock that shows less has jumped back, and nothing is stamped by it.
#[derive(Debug, Default)]
pub struct Watermark(AtomicI64);

impl Watermark {
    /// Remembers a moment, and says whether the clock that showed it can be right.
    pub fn admits(&self, now: Timestamp) -> bool {
        let now = now.as_microsecond();
        let latest = self.0.fetch_max(now, Ordering::Relaxed);
        now >= latest.saturating_sub(STEP)
    }
}

/// Answers a request for a time-stamp.
pub struct StampRequest {
    /// The bytes of the request.
    pub request: Vec<u8>,
}

impl UseCase for StampRequest {
    /// The bytes of the answer, which may say why there is no time-stamp.
    type Output = Vec<u8>;
    const NAME: &'static str = "stamp-request";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<Vec<u8>, Error> {
        let authority = cx.app.authority()?;
        let stamper = authority.stamper.as_ref().ok_or(Error::NotFound)?;
        let seed = cx.app.entropy.seed().map_err(Error::fault)?;
        let serial = Draw::new(seed, cx.now).bytes();
        let at = authority.watermark.admits(cx.now).then_some(cx.now);
        Ok(stamper.answer(&self.request, serial, at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumps_back_is_not_believed_until_it_has_caught_up() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let mark = Watermark::default();
        assert!(mark.admits(at(100)) && mark.admits(at(99)), "a small step");
        assert!(!mark.admits(at(90)));
        assert!(mark.admits(at(100)) && mark.admits(at(5_000)));
        assert!(!mark.admits(at(4_000)));
    }
}
