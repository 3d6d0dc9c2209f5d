//! Who may approve a ceremony, and what does not count as approval.

use jiff::SignedDuration;
use qyzmet_pki::cms;
use tempfile::tempdir;

use super::world::{Room, SMALL, now, person};
use crate::nca::{NcaError, approval::ApprovalError};

fn refused(room: &Room, signatures: &[Vec<u8>], days: i64) -> ApprovalError {
    let at = now() + SignedDuration::from_hours(24 * days);
    match room.hold_with(signatures, at, &mut |_| {}) {
        Err(NcaError::Approval(refused)) => refused,
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_pair_of_eyes_is_not_enough() {
    let folder = tempdir().unwrap();
    let mut room = Room::new(folder.path());
    // The first person once more, with another certificate and another key.
    room.persons.push(person("850101300015", "БІРІНШІ", 30));
    room.write(SMALL);
    for persons in [&[][..], &[0], &[1], &[0, 0], &[0, 2]] {
        let found = persons.len().min(1);
        let refusal = refused(&room, &room.approve(persons), 0);
        assert_eq!(refusal, ApprovalError::TooFew { found }, "{persons:?}");
    }
    assert!(!room.nca().root().exists(), "something was made");
}

#[test]
fn a_file_that_was_changed_after_it_was_approved_is_refused() {
    let folder = tempdir().unwrap();
    let room = Room::new(folder.path());
    room.write(SMALL);
    let signatures = room.approve(&[0, 1]);
    room.write(&SMALL.replace("days = 3650", "days = 3649"));
    assert_eq!(refused(&room, &signatures, 0), ApprovalError::OtherFile(1));
    let half = [room.approve(&[0]), signatures[1..].to_vec()].concat();
    assert_eq!(refused(&room, &half, 0), ApprovalError::OtherFile(2));
}

#[test]
fn the_certificate_of_an_approver_is_valid_on_the_day() {
    let folder = tempdir().unwrap();
    let mut room = Room::new(folder.path());
    room.persons[1] = person("900101450007", "ЕКІНШІ", 10);
    room.write(SMALL);
    let signatures = room.approve(&[0, 1]);
    assert_eq!(refused(&room, &signatures, 11), ApprovalError::NotValidNow(2));
    assert_eq!(refused(&room, &signatures, -500), ApprovalError::NotValidNow(1));
}

#[test]
fn who_is_not_named_does_not_approve() {
    let folder = tempdir().unwrap();
    let room = Room::new(folder.path());
    room.write(SMALL);
    let stranger = cms::sign(&room.bytes(), &person("850101300015", "БӨТЕН", 30), now()).unwrap();
    let with = |signature: Vec<u8>| [room.approve(&[0]), vec![signature]].concat();
    assert_eq!(refused(&room, &with(stranger), 0), ApprovalError::NotNamed(2));
    assert_eq!(refused(&room, &with(b"words".to_vec()), 0), ApprovalError::Unreadable(2));
}
