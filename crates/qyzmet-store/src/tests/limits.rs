//! Rate counters on both engines.

use jiff::SignedDuration;

use super::at;
use crate::{limits, on_both_engines};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

on_both_engines! {
    async fn hits_are_counted_by_key_and_window_until_they_are_swept(store: Store) {
        for expected in 1..=3 {
            assert_eq!(store.write(|tx| limits::hit(tx, "otp/1", at(0), HOUR)).await, Ok(expected));
        }
        assert_eq!(store.write(|tx| limits::hit(tx, "otp/2", at(0), HOUR)).await, Ok(1));
        assert_eq!(store.write(|tx| limits::hit(tx, "otp/1", at(3600), HOUR)).await, Ok(1));
        assert_eq!(store.read(|tx| limits::hits(tx, "otp/1", at(0))).await, Ok(3));
        assert_eq!(store.write(|tx| limits::sweep(tx, at(3600))).await, Ok(2));
        assert_eq!(store.read(|tx| limits::hits(tx, "otp/1", at(0))).await, Ok(0));
        assert_eq!(store.read(|tx| limits::hits(tx, "otp/1", at(3600))).await, Ok(1));
    }
}
