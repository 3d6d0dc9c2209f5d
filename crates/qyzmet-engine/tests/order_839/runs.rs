//! Each corrected service runs from its first action to each of its ends; what is expected stands in its examples.

use std::collections::BTreeSet;

use qyzmet_engine::{Path, run_example};

use crate::folders::corrected;

/// Runs one example of a table. Its own expectations are compared by the engine; the way is given back.
fn run(table: usize, example: &str) -> Path {
    let regulation = corrected(table);
    let file = format!("examples/{example}.toml");
    let example = regulation.examples.iter().find(|known| known.file() == file);
    let example = example.unwrap_or_else(|| panic!("table {table} has no {file}"));
    run_example(&regulation, example).unwrap_or_else(|why| panic!("{file}: {why}"))
}

/// Every end of every table is the end of some example, and every action is on the way of one.
#[test]
fn the_examples_come_to_every_action_and_every_end() {
    for table in 1..=5 {
        let regulation = corrected(table);
        let ways =
            regulation.examples.iter().map(|example| run_example(&regulation, example).unwrap().actions);
        let passed: BTreeSet<u32> = ways.flatten().collect();
        let all: BTreeSet<u32> = regulation.process.actions.iter().map(|action| action.number).collect();
        assert_eq!(passed, all, "table {table}");
    }
}

/// [R839-6.P1] [R839-6.P2] [R839-6.P4] [R839-6.P5] [R839-6.P6] [R839-6.P8] [R839-6.P9] [R839-6.P11] [R839-T1.1]
/// [R839-T1.2] [R839-T1.4] [R839-T1.5] [R839-T1.6] [R839-T1.8] [R839-T1.9] [R839-T1.11]
#[test]
fn a_person_identified_at_a_centre_gets_certificates() {
    assert_eq!(run(1, "issued").actions, [1, 2, 4, 5, 6, 8, 9, 11]);
}

/// [R839-6.C1] [R839-6.P3] [R839-T1.3]
#[test]
fn without_data_in_the_register_the_request_is_refused() {
    assert_eq!(run(1, "no-data").actions, [1, 2, 3]);
}

/// [R839-6.C2] [R839-6.P7] [R839-T1.7]
#[test]
fn with_wrong_documents_the_request_is_refused() {
    assert_eq!(run(1, "wrong-documents").actions, [1, 2, 4, 5, 6, 7]);
}

/// [R839-6.C3] [R839-6.P10] [R839-T1.10]
#[test]
fn an_operator_who_is_not_trusted_confirms_nothing() {
    assert_eq!(run(1, "operator-not-trusted").actions, [1, 2, 4, 5, 6, 8, 9, 10]);
}

/// [R839-7.P1] [R839-7.P2] [R839-7.P4] [R839-7.P5] [R839-7.P6] [R839-7.P8] [R839-T2.1] [R839-T2.2] [R839-T2.4]
/// [R839-T2.5] [R839-T2.6] [R839-T2.8]
#[test]
fn who_has_a_certificate_gets_a_new_one_without_a_visit() {
    assert_eq!(run(2, "reissued").actions, [1, 2, 4, 5, 6, 8]);
}

/// [R839-7.C1] [R839-7.P3] [R839-T2.3]
#[test]
fn a_renewal_without_data_in_the_register_is_refused() {
    assert_eq!(run(2, "no-data").actions, [1, 2, 3]);
}

/// [R839-7.C2] [R839-7.P7] [R839-T2.7]
#[test]
fn a_renewal_by_an_operator_who_is_not_trusted_is_refused() {
    assert_eq!(run(2, "operator-not-trusted").actions, [1, 2, 4, 5, 6, 7]);
}

/// [R839-8.P1] [R839-8.P3] [R839-T3.1] [R839-T3.2] [R839-T3.4]
#[test]
fn the_owner_revokes_a_certificate_on_the_portal() {
    assert_eq!(run(3, "revoked").actions, [1, 2, 4]);
}

/// [R839-8.C1] [R839-8.P2] [R839-T3.3]
#[test]
fn nobody_revokes_the_certificate_of_somebody_else() {
    assert_eq!(run(3, "not-the-owner").actions, [1, 2, 3]);
}

/// [R839-9.P1] [R839-9.P3] [R839-9.P4] [R839-9.P6] [R839-9.P7] [R839-9.P8] [R839-9.P10] [R839-T4.1] [R839-T4.2]
/// [R839-T4.4] [R839-T4.5] [R839-T4.7] [R839-T4.8] [R839-T4.9] [R839-T4.10] [R839-T4.12]
#[test]
fn certificates_are_written_onto_the_card() {
    assert_eq!(run(4, "written").actions, [1, 2, 4, 5, 7, 8, 9, 10, 12]);
}

/// [R839-9.C1] [R839-9.P2] [R839-T4.3]
#[test]
fn with_the_card_of_somebody_else_the_request_is_refused() {
    assert_eq!(run(4, "not-the-owner").actions, [1, 2, 3]);
}

/// [R839-9.C2] [R839-9.P5] [R839-T4.6]
#[test]
fn at_a_desk_without_data_in_the_register_the_request_is_refused() {
    assert_eq!(run(4, "no-data").actions, [1, 2, 4, 5, 6]);
}

/// [R839-9.C3] [R839-9.P9] [R839-T4.11]
#[test]
fn at_a_desk_an_operator_who_is_not_trusted_confirms_nothing() {
    assert_eq!(run(4, "operator-not-trusted").actions, [1, 2, 4, 5, 7, 8, 9, 10, 11]);
}

/// [R839-10.P1] [R839-10.P3] [R839-10.P4] [R839-10.P5] [R839-10.P7] [R839-T5.1] [R839-T5.2] [R839-T5.4] [R839-T5.6]
/// [R839-T5.7] [R839-T5.9]
#[test]
fn at_a_centre_a_certificate_is_revoked_without_the_key() {
    assert_eq!(run(5, "revoked-without-the-key").actions, [1, 2, 4, 6, 7, 9]);
}

/// [R839-10.C1] [R839-10.P2] [R839-T5.3]
#[test]
fn at_a_centre_wrong_documents_are_refused() {
    assert_eq!(run(5, "wrong-documents").actions, [1, 2, 3]);
}

/// [R839-10.C2] [R839-T5.5]
#[test]
fn at_a_centre_a_certificate_that_does_not_exist_is_not_revoked() {
    assert_eq!(run(5, "no-such-certificate").actions, [1, 2, 4, 5]);
}

/// [R839-10.C3] [R839-10.P6] [R839-T5.8]
#[test]
fn at_a_centre_an_operator_who_is_not_trusted_revokes_nothing() {
    assert_eq!(run(5, "operator-not-trusted").actions, [1, 2, 4, 6, 7, 8]);
}
