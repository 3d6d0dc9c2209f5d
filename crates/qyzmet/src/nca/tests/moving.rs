//! The drill: an authority moves to another machine and goes on there; a damaged archive moves nothing.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use qyzmet_pki::{Reason, SerialNumber, authority::Revoked};
use tempfile::{TempDir, tempdir};

use super::world::{ATTIME, Room, SMALL, issue, must, now, person, secret, tools};
use crate::nca::{
    NcaError,
    archive::{self, ArchiveError},
    folder::Folder,
    open::Nca,
};

const WORDS: &str = "Мұрағат құпиясы";
const CA_SECRET: &str = "Орталық құпиясы";

/// A founded authority and its archive.
fn exported() -> (TempDir, Room) {
    let folder = tempdir().unwrap();
    let room = Room::new(folder.path());
    room.write(SMALL);
    room.hold().unwrap();
    let archive = folder.path().join("nca.archive");
    archive::export(&room.nca(), &archive, &secret(WORDS), &room.persons[0], &[5; 23], now()).unwrap();
    (folder, room)
}

fn import(room: &Room, archive: &str, words: &str) -> Result<Nca, NcaError> {
    let exporter = &room.persons[0].chain[0];
    let there = Folder::new(&room.folder.join("there"));
    archive::import(&room.folder.join(archive), &there, &secret(words), exporter, now())
}

fn refused(room: &Room, archive: &str, words: &str) -> ArchiveError {
    match import(room, archive, words) {
        Err(NcaError::Archive(refused)) => refused,
        other => panic!("{other:?}"),
    }
}

/// Issues a certificate with the authority of a folder, writes it there and has OpenSSL judge it with the newest list.
fn issue_and_verify(folder: &Folder, serial: u8) {
    let nca = Nca::open(folder).unwrap();
    let issued = issue(nca.identity("ca", &secret(CA_SECRET)).unwrap(), serial);
    let out = tempdir().unwrap();
    fs::write(out.path().join("own.pem"), issued.pem()).unwrap();
    let nca = folder.root().display();
    let said = must(
        out.path(),
        &format!(
            "openssl crl -inform DER -in {nca}/lists/ca.crl -out list.pem && openssl verify -x509_strict -crl_check {ATTIME} \
             -CRLfile list.pem -CAfile {nca}/certificates/root.pem -untrusted {nca}/certificates/ca.pem own.pem"
        ),
    );
    assert!(said.contains("own.pem: OK"), "{said}");
}

fn list_number(folder: &Folder) -> String {
    must(folder.root(), "openssl crl -inform DER -in lists/ca.crl -noout -crlnumber").trim().to_owned()
}

#[test]
fn an_authority_moves_and_goes_on() {
    if !tools(&["openssl"]) {
        return;
    }
    let (_folder, room) = exported();
    issue_and_verify(&room.nca(), 1);
    let nca = Nca::open(&room.nca()).unwrap();
    let next = now() + jiff::SignedDuration::from_hours(24);
    nca.sign_list("ca", &secret(CA_SECRET), &[], now(), next).unwrap();
    let archive = room.folder.join("second.archive");
    archive::export(&room.nca(), &archive, &secret(WORDS), &room.persons[0], &[6; 23], now()).unwrap();
    assert_eq!(fs::metadata(&archive).unwrap().permissions().mode() & 0o777, 0o600);

    let there = import(&room, "second.archive", WORDS).unwrap();
    assert_eq!(there.record(), nca.record());
    let folder = Folder::new(&room.folder.join("there"));
    assert_eq!(fs::metadata(folder.key("ca")).unwrap().permissions().mode() & 0o777, 0o600);
    issue_and_verify(&folder, 2);
    assert_eq!(list_number(&folder), "crlNumber=0x02");
    let revoked = Revoked::new(SerialNumber::new(&[1; 20]).unwrap(), now(), Reason::Superseded);
    there.sign_list("ca", &secret(CA_SECRET), &[revoked], now(), next).unwrap();
    assert_eq!(list_number(&folder), "crlNumber=0x03", "a number was used twice or left out");
    issue_and_verify(&folder, 3);
}

#[test]
fn an_archive_does_not_overwrite_an_authority_or_another_archive() {
    let (_folder, room) = exported();
    fs::create_dir_all(room.folder.join("there")).unwrap();
    fs::write(room.folder.join("there/record.json"), "{}").unwrap();
    assert_eq!(refused(&room, "nca.archive", WORDS), ArchiveError::Exists);
    assert_eq!(fs::read(room.folder.join("there/record.json")).unwrap(), b"{}");
    let archive = room.folder.join("nca.archive");
    let again = archive::export(&room.nca(), &archive, &secret(WORDS), &room.persons[0], &[5; 23], now());
    assert!(matches!(again, Err(NcaError::File { .. })));
}

#[test]
fn a_damaged_archive_moves_nothing() {
    let (_folder, room) = exported();
    let whole = fs::read(room.folder.join("nca.archive")).unwrap();
    let damaged = room.folder.join("damaged.archive");
    // The head costs no work to refuse; one place in each part of the rest is enough, as every byte is authenticated.
    let places = [0, 22, 40, 44, 60, whole.len() / 2, whole.len() - 1];
    for place in places {
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        fs::write(&damaged, bytes).unwrap();
        refused(&room, "damaged.archive", WORDS);
        assert!(nothing_is_left(&room.folder), "{place}");
    }
    for length in [0, 30, 60, whole.len() - 1] {
        fs::write(&damaged, &whole[..length]).unwrap();
        refused(&room, "damaged.archive", WORDS);
    }
    fs::write(&damaged, [&whole[..], b"x"].concat()).unwrap();
    refused(&room, "damaged.archive", WORDS);
    assert!(nothing_is_left(&room.folder));
    assert_eq!(refused(&room, "nca.archive", "other words"), ArchiveError::NotOpened);
    assert!(import(&room, "nca.archive", WORDS).is_ok(), "the archive was not good, so nothing was proved");
}

fn nothing_is_left(folder: &Path) -> bool {
    !folder.join("there").exists() && !folder.join(".there.importing").exists()
}

#[test]
fn an_archive_of_somebody_else_is_refused() {
    let (_folder, mut room) = exported();
    room.persons.swap(0, 1);
    assert!(matches!(refused(&room, "nca.archive", WORDS), ArchiveError::Signature(_)));
    // The expected person, but with an expired certificate.
    room.persons[0] = person("850101300015", "БІРІНШІ", -1);
    let archive = room.folder.join("late.archive");
    archive::export(&room.nca(), &archive, &secret(WORDS), &room.persons[0], &[7; 23], now()).unwrap();
    assert!(matches!(refused(&room, "late.archive", WORDS), ArchiveError::Signature(_)));
    assert!(nothing_is_left(&room.folder));
}
