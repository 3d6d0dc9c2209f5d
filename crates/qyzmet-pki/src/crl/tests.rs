//! Tests of the shards, of what a draft refuses, and of entries that do not hold still.

use std::{cell::Cell, io, num::NonZeroU16};

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::{
    Identity, KeyKind, Reason, SerialNumber, Signer,
    authority::{Validity, testing},
};

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn later() -> Timestamp {
    now() + SignedDuration::from_hours(24)
}

fn identity(kind: KeyKind) -> Identity {
    testing::root(kind, Validity { not_before: now(), not_after: later() }).identity().clone()
}

fn revoked(number: u32, reason: Reason) -> Revoked {
    let serial = SerialNumber::new(&[&[0x20], &number.to_be_bytes()[..], &[7; 15]].concat()).unwrap();
    Revoked::new(serial, now(), reason)
}

fn part(address: &str) -> Part {
    Part { addresses: vec![address.to_owned()], only_users: true }
}

/// Writes the draft with the entries; the list must be read again with as many bytes and entries as were reported.
fn written(draft: &Draft, entries: &[Revoked]) -> Result<RevocationList, CrlError> {
    let identity = identity(KeyKind::EcP256);
    let mut out = Vec::new();
    let report = write(&identity, draft, || entries.iter().map(|entry| Ok(*entry)), &mut out)?;
    let counts = (entries.len() as u64, out.len() as u64);
    assert_eq!((report.entries, report.bytes), counts);
    let list = RevocationList::from_der(&out).expect("our own reader reads it");
    list.verify_signature(identity.chain[0].key()).expect("our own reader verifies it");
    Ok(list)
}

#[test]
fn every_entry_is_found_again_whatever_the_number_of_pieces() {
    for count in [0, 1, 2, 5, 3000] {
        let entries: Vec<Revoked> = (0..count).map(|n| revoked(n, Reason::KeyCompromise)).collect();
        let list = written(&Draft::full(1, now(), later()), &entries).unwrap();
        for entry in &entries {
            let standing = list.find(entry.serial.as_bytes()).unwrap();
            assert_eq!((standing.at, standing.reason), (entry.at, entry.reason));
        }
    }
}

#[test]
fn reasons_and_suspicions_are_read_as_they_were_written() {
    let suspect = now() - SignedDuration::from_hours(5);
    for code in [0, 1, 2, 3, 4, 5, 6, 9, 10] {
        let reason = Reason::from_code(code).unwrap();
        let entry = revoked(7, reason);
        let list = written(&Draft::full(1, now(), later()), &[entry, revoked(8, reason).since(suspect)]);
        let list = list.unwrap();
        assert_eq!(list.find(entry.serial.as_bytes()).unwrap(), Standing { at: now(), reason });
        let second = revoked(8, reason).serial;
        assert_eq!(list.find(second.as_bytes()).unwrap(), Standing { at: suspect, reason });
    }
}

/// The length is reckoned before the entry is written; the two must agree for every form.
#[test]
fn an_entry_is_as_long_as_was_reckoned() {
    let times =
        ["1949-12-31T23:59:59Z", "1950-01-01T00:00:00Z", "2049-12-31T23:59:59.9Z", "2050-01-01T00:00:00Z"];
    for at in times.map(|time| time.parse::<Timestamp>().unwrap()) {
        for length in 1..=21 {
            for reason in [Reason::Unspecified, Reason::KeyCompromise] {
                let entry = Revoked::new(SerialNumber::new(&vec![0x11; length]).unwrap(), at, reason);
                for entry in [entry, entry.since(now())] {
                    let mut out = Vec::new();
                    entry.push(&mut out);
                    assert_eq!(out.len(), entry.length(), "{entry:?}");
                    assert!(out.len() < 128);
                }
            }
        }
    }
}

#[test]
fn only_a_delta_takes_back_from_hold() {
    let entry = revoked(1, Reason::RemoveFromCrl);
    let full = Draft::full(9, now(), later());
    assert!(matches!(written(&full, &[entry]), Err(CrlError::RemovedInFull)));
    let delta = written(&full.since(8), &[entry]).unwrap();
    assert_eq!(delta.find(entry.serial.as_bytes()).unwrap().reason, Reason::RemoveFromCrl);
    assert!(delta.partial, "a delta alone clears nobody");
}

#[test]
fn a_draft_that_breaks_a_rule_is_refused_before_anything_is_written() {
    let full = || Draft::full(9, now(), later());
    let address = || vec!["http://pki.example.kz/d.crl".to_owned()];
    for draft in [
        Draft::full(9, now(), now()),
        full().since(9),
        full().since(8).with_deltas_at(address()),
        full().of_part(Part { addresses: vec![], only_users: false }),
        full().of_part(part("http://pki.example.kz/тізім.crl")),
    ] {
        let mut out = Vec::new();
        let outcome = write(&identity(KeyKind::EcP256), &draft, Vec::new, &mut out);
        assert!(matches!(outcome, Err(CrlError::Draft(_) | CrlError::Period)), "{draft:?}");
        assert!(out.is_empty(), "{draft:?}");
    }
}

#[test]
fn entries_that_change_between_the_walks_make_no_list() {
    let walks = Cell::new(0);
    let entries = || {
        walks.set(walks.get() + 1);
        std::iter::repeat_n(revoked(1, Reason::KeyCompromise), walks.get()).map(Ok)
    };
    let outcome = write(&identity(KeyKind::EcP256), &Draft::full(1, now(), later()), entries, io::sink());
    assert!(matches!(outcome, Err(CrlError::Changed)));
    let broken = || vec![Err(io::Error::other("the disk"))];
    let outcome = write(&identity(KeyKind::EcP256), &Draft::full(1, now(), later()), broken, io::sink());
    assert!(matches!(outcome, Err(CrlError::Io(_))));
}

#[test]
fn every_kind_of_key_signs_lists_except_the_one_that_signs_no_digests() {
    for kind in [KeyKind::EcP256, KeyKind::EcP384, KeyKind::Rsa2048] {
        let identity = identity(kind);
        for number in 1..20 {
            let mut out = Vec::new();
            write(&identity, &Draft::full(number, now(), later()), Vec::new, &mut out).unwrap();
            let list = RevocationList::from_der(&out).unwrap();
            list.verify_signature(identity.chain[0].key()).unwrap();
        }
    }
    // No profile allows such a key, so it borrows the chain of another.
    let signer = Signer::generate(KeyKind::Ed25519).unwrap();
    let without_digests = Identity { signer, ..identity(KeyKind::EcP256) };
    let outcome = write(&without_digests, &Draft::full(1, now(), later()), Vec::new, io::sink());
    assert!(matches!(outcome, Err(CrlError::Key(_))));
}

#[test]
fn a_shard_is_fixed_by_the_serial_and_the_number_of_shards() {
    let shards = |count| NonZeroU16::new(count).unwrap();
    let serial = [&[0x4f; 17][..], &[0x01, 0x02, 0x03]].concat();
    assert_eq!(shard_of(&serial, shards(1)), 0);
    assert_eq!(shard_of(&serial, shards(256)), 3);
    assert_eq!(shard_of(&serial, shards(1000)), 51, "0x010203 is 66051");
    assert_eq!(shard_of(&[5], shards(4)), 1, "a short serial counts as it is");
    assert_eq!(shard_of(&[], shards(4)), 0);
    let mut sizes = [0u32; 128];
    for number in 0u32..128_000 {
        // Numbers spread over the last bytes like random ones.
        let serial = number.wrapping_mul(2_654_435_761).to_le_bytes();
        sizes[usize::from(shard_of(&serial, shards(128)))] += 1;
    }
    assert!(sizes.iter().all(|size| (700..1300).contains(size)), "{sizes:?}");
}

#[test]
fn serial_numbers_are_minimal_and_at_most_twenty_bytes_and_a_sign() {
    assert_eq!(SerialNumber::new(&[0, 0, 0x7f]).unwrap().as_bytes(), [0x7f]);
    assert_eq!(SerialNumber::new(&[0, 0x80]).unwrap().as_bytes(), [0, 0x80]);
    assert_eq!(SerialNumber::new(&[0x00]).unwrap().to_string(), "0");
    assert_eq!(SerialNumber::new(&[0x0a, 0xbc]).unwrap().to_string(), "abc");
    assert!(SerialNumber::new(&[]).is_none());
    assert!(SerialNumber::new(&[0x11; 21]).is_some());
    assert!(SerialNumber::new(&[0x11; 22]).is_none());
}
