//! What a ceremony file may say, and where its faults are shown.

use tempfile::tempdir;

use super::world::{Room, SMALL};
use crate::nca::{NcaError, plan::Plan};

#[test]
fn a_fault_is_shown_with_its_line_and_column() {
    let folder = tempdir().unwrap();
    let room = Room::new(folder.path());
    for (old, new, place, word) in [
        ("days = 7300", "day = 7300", "19:1", "day"),
        ("\"ec-p384\"", "\"ed25519\"", "18:16", "ed25519"),
        ("issuer = \"root\"", "issuer = \"rot\"", "25:10", "no certificate above"),
        ("name = \"ca\"", "name = \"root\"", "23:8", "taken"),
        ("name = \"ca\"", "name = \"Қ А\"", "23:8", "small letters"),
        ("days = 3650", "days = 7301", "28:8", "longer than its issuer"),
        ("days = 3650", "days = 0", "28:8", "not between"),
        ("days = 7300", "days = 9126", "19:8", "of its profile"),
        ("crl = [\"http://pki.example.kz/pki/crl/root.crl\"], ", "", "23:8", "`urls.crl`"),
        (", issuer = \"http://pki.example.kz/pki/ca/root.crt\"", "", "23:8", "`urls.issuer`"),
        ("list-days = 7\n", "", "23:8", "list-days"),
        ("for = \"issuing\"", "for = \"ocsp\"", "23:8", "only an authority"),
        ("passphrase = { file = \"ca.secret\" }", "token = \"other\"", "27:7", "[token]"),
        (", passphrase = { file = \"ca.secret\" }", "", "27:7", "either"),
        ("for = \"issuing\"\nissuer = \"root\"", "for = \"issuing\"", "23:8", "`issuer` is missing"),
        ("for = \"root\"", "for = \"root\"\nissuer = \"ca\"", "16:10", "a root has no issuer"),
    ] {
        room.write(&SMALL.replacen(old, new, 1));
        let NcaError::Plan(fault) = Plan::read(&room.ceremony_file()).unwrap_err() else { panic!("{new}") };
        assert_eq!(format!("{}:{}", fault.line, fault.column), place, "{fault}");
        assert!(fault.message.contains(word) && fault.to_string().contains("ceremony.toml:"), "{fault}");
    }
}

#[test]
fn two_different_certificates_are_pinned() {
    let folder = tempdir().unwrap();
    let mut room = Room::new(folder.path());
    room.persons[1] = room.persons[0].clone();
    room.write(SMALL);
    let fault = Plan::read(&room.ceremony_file()).unwrap_err().to_string();
    assert!(fault.contains(":7:22:") && fault.contains("already"), "{fault}");
    room.persons.pop();
    room.write(SMALL);
    let fault = Plan::read(&room.ceremony_file()).unwrap_err().to_string();
    assert!(fault.contains("2 approvers are needed"), "{fault}");
}

#[test]
fn the_documented_example_is_a_good_plan() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("ceremony.toml");
    std::fs::write(&path, include_str!("../../../../../config/ceremony.example.toml")).unwrap();
    let plan = Plan::read(&path).unwrap();
    let duties: Vec<&str> = plan.certificates.iter().map(|planned| planned.duty.as_str()).collect();
    assert_eq!(duties, ["root", "issuing", "issuing", "ocsp", "timestamp"]);
}
