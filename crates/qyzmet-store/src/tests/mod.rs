//! Tests of the store as a whole, on both engines.

mod basics;
mod certificates;
mod conduct;
mod crash;
mod desk;
mod group;
mod jobs;
mod journal;
mod limits;
mod lists;
mod orders;
mod plans;
mod sql;
mod trouble;

use jiff::Timestamp;
use qyzmet_domain::{AccountId, CaseId, EntryId, JobId};

/// A moment of the test's own time.
fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + second).unwrap()
}

/// Ten bytes that differ for each number.
fn bytes(number: u64) -> [u8; 10] {
    let mut bytes = [0; 10];
    bytes[2..].copy_from_slice(&number.to_be_bytes());
    bytes
}

fn account(number: u64) -> AccountId {
    AccountId::from_parts(at(0), bytes(number))
}

fn case(number: u64) -> CaseId {
    CaseId::from_parts(at(0), bytes(number))
}

fn entry(number: u64) -> EntryId {
    EntryId::from_parts(at(0), bytes(number))
}

fn job(number: u64) -> JobId {
    JobId::from_parts(at(0), bytes(number))
}
