//! The tables as printed give exactly the findings of the acceptance list, and no others (requirements 7.7).

use std::collections::BTreeSet;

use qyzmet_engine::FindingKind::{
    self, Loop, MissingAction, MissingTerm, NoSuchAction, SameWords, TermDiffers, UnsaidNext, WrongCompletion,
};
use qyzmet_engine::Severity::{self, Error, Note, Warning};

use crate::folders::about_printed;

/// Severity, kind and columns of one table.
type Expected<'a> = &'a [(Severity, FindingKind, &'a [u32])];

fn exactly(table: usize, expected: Expected<'_>) {
    let columns = |(severity, kind, columns): &(Severity, FindingKind, &[u32])| {
        columns.iter().map(|column| (*severity, *kind, Some(*column))).collect::<Vec<_>>()
    };
    let expected: BTreeSet<_> = expected.iter().flat_map(columns).collect();
    let findings = about_printed(table);
    let found: BTreeSet<_> =
        findings.iter().map(|finding| (finding.severity, finding.kind, finding.action)).collect();
    assert_eq!(found, expected, "{findings:#?}");
    assert_eq!(findings.len(), expected.len(), "one finding for one fault: {findings:#?}");
}

/// [R839-T1.1] [R839-T1.4] [R839-T1.5] [R839-T1.6] [R839-T1.8] [R839-T1.9] [R839-T1.10] [R839-T1.11]
#[test]
fn the_first_table_lacks_three_columns_a_term_and_next_numbers() {
    exactly(
        1,
        &[
            (Error, MissingAction, &[6, 10, 11]),
            (Warning, MissingTerm, &[5]),
            (Warning, UnsaidNext, &[1, 4, 5, 8]),
            (Warning, WrongCompletion, &[9]),
            (Note, TermDiffers, &[8]),
        ],
    );
}

/// [R839-T2.1] [R839-T2.4] [R839-T2.5] [R839-T2.6]
#[test]
fn the_second_table_leads_to_a_ninth_column_of_eight() {
    exactly(2, &[(Error, NoSuchAction, &[6]), (Warning, UnsaidNext, &[1, 4, 5]), (Note, TermDiffers, &[5])]);
}

/// [R839-T3.1] [R839-T3.4]
#[test]
fn the_third_table_has_a_dash_and_a_term_of_its_own() {
    exactly(3, &[(Warning, UnsaidNext, &[1]), (Note, TermDiffers, &[4])]);
}

/// [R839-T4.1] [R839-T4.4] [R839-T4.5] [R839-T4.7] [R839-T4.8] [R839-T4.9] [R839-T4.12]
#[test]
fn the_fourth_table_lacks_two_columns_and_two_terms() {
    exactly(
        4,
        &[
            (Error, MissingAction, &[5, 12]),
            (Warning, MissingTerm, &[1, 4]),
            (Warning, UnsaidNext, &[1, 4, 7, 8, 9]),
            (Note, TermDiffers, &[9]),
        ],
    );
}

/// [R839-T5.1] [R839-T5.4] [R839-T5.6] [R839-T5.7] [R839-T5.9]
#[test]
fn the_fifth_table_leads_to_itself_and_repeats_a_column() {
    exactly(
        5,
        &[
            (Error, Loop, &[4, 7]),
            (Error, SameWords, &[4, 6]),
            (Warning, MissingTerm, &[1, 6]),
            (Warning, UnsaidNext, &[1, 6]),
            (Note, TermDiffers, &[9]),
        ],
    );
}

#[test]
fn a_column_that_leads_to_itself_says_that_its_good_branch_ends_in_a_refusal() {
    for finding in about_printed(5).iter().filter(|finding| finding.kind == Loop) {
        assert!(finding.message.contains("which is a refusal"), "{}", finding.message);
        assert!(finding.line > 0 && finding.file == "process.toml");
    }
}
