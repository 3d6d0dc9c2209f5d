//! The first line against floods: how many requests one address may make in a second, in this process.
//!
//! The limits that the law cares about (codes, sign-ins) live in the store; this one only keeps a single machine usable.

use std::{
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

/// Addresses that fall on the same slot share its budget: rare, harmless, and the memory is fixed whatever comes.
const SLOTS: usize = 1 << 14;

/// Counts per address and second, without locks.
pub(crate) struct Limiter {
    slots: Box<[AtomicU64]>,
    hasher: RandomState,
    started: Instant,
    per_second: u32,
}

impl Limiter {
    /// `per_second` = 0 lifts the limit.
    pub(crate) fn new(per_second: u32) -> Self {
        let slots = if per_second == 0 { 0 } else { SLOTS };
        let slots = std::iter::repeat_with(AtomicU64::default).take(slots).collect();
        Self { slots, hasher: RandomState::new(), started: Instant::now(), per_second }
    }

    /// Whether one more request of this address is let in now.
    pub(crate) fn admits(&self, from: IpAddr) -> bool {
        self.per_second == 0 || self.count(from, self.started.elapsed().as_secs()) <= self.per_second
    }

    /// A slot holds the second in its upper half and the count in its lower half.
    fn count(&self, from: IpAddr, second: u64) -> u32 {
        let place = usize::try_from(self.hasher.hash_one(from)).unwrap_or(usize::MAX) % self.slots.len();
        let next = |packed: u64| {
            let count = if packed >> 32 == second { (packed & 0xffff_ffff).saturating_add(1) } else { 1 };
            Some((second << 32) | count.min(0xffff_ffff))
        };
        let slot = &self.slots[place];
        let before = slot.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next).unwrap_or_default();
        next(before).and_then(|packed| u32::try_from(packed & 0xffff_ffff).ok()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn the_count_of_an_address_begins_anew_each_second() {
        let limiter = Limiter::new(2);
        let from = IpAddr::V4(Ipv4Addr::LOCALHOST);
        assert_eq!([limiter.count(from, 7), limiter.count(from, 7), limiter.count(from, 7)], [1, 2, 3]);
        assert_eq!(limiter.count(from, 8), 1);
    }

    #[test]
    fn zero_lifts_the_limit() {
        let limiter = Limiter::new(0);
        assert!((0..10_000).all(|_| limiter.admits(IpAddr::V4(Ipv4Addr::LOCALHOST))));
    }
}
