//! The corrected tables are without a finding, and every column is where the act has it (requirements 7.1 to 7.6).

use qyzmet_domain::Locale;

use crate::folders::{about_corrected, corrected, printed};

/// How many columns each table has.
const COLUMNS: [usize; 5] = [11, 8, 4, 12, 9];

#[test]
fn the_checker_finds_nothing_in_the_corrected_tables() {
    for table in 1..=5 {
        let findings = about_corrected(table);
        assert!(findings.is_empty(), "table {table}: {findings:#?}");
    }
}

#[test]
fn every_column_is_there_and_names_its_clause() {
    for (table, columns) in (1..=5).zip(COLUMNS) {
        let regulation = corrected(table);
        assert_eq!(regulation.process.actions.len(), columns);
        for action in &regulation.process.actions {
            assert_eq!(action.clause.to_string(), format!("839-2012:T{table}.{}", action.number));
        }
    }
}

/// A column that the act prints whole has the act's own words, its unit and its term also after correction.
#[test]
fn what_the_act_prints_is_kept() {
    for table in 1..=5 {
        let (ours, act) = (corrected(table), printed(table).regulation.unwrap());
        for action in &act.process.actions {
            let number = action.number;
            let own = ours.process.action(number).unwrap();
            assert_eq!(own.unit, action.unit, "T{table}.{number}");
            if action.term.is_some() {
                assert_eq!((own.least, own.term), (action.least, action.term), "T{table}.{number}");
            }
            let words = act.action_words(Locale::Kk, number).unwrap();
            let is_cut = words.contains('…') || (table == 5 && number == 6);
            assert!(
                is_cut || ours.action_words(Locale::Kk, number) == Some(words),
                "T{table}.{number}: {words}"
            );
        }
    }
}

/// The next numbers of requirements 7.1 to 7.5, column "ours".
#[test]
fn the_next_numbers_are_ours() {
    let expected = [
        "1>2 2>4/3 3> 4>5 5>6 6>8/7 7> 8>9 9>11/10 10> 11>",
        "1>2 2>4/3 3> 4>5 5>6 6>8/7 7> 8>",
        "1>2 2>4/3 3> 4>",
        "1>2 2>4/3 3> 4>5 5>7/6 6> 7>8 8>9 9>10 10>12/11 11> 12>",
        "1>2 2>4/3 3> 4>6/5 5> 6>7 7>9/8 8> 9>",
    ];
    for (table, expected) in (1..=5).zip(expected) {
        let column = |action: &qyzmet_engine::Action| {
            let next: Vec<_> = action.next.all().map(|(_, next)| next.to_string()).collect();
            format!("{}>{}", action.number, next.join("/"))
        };
        let found: Vec<_> = corrected(table).process.actions.iter().map(column).collect();
        assert_eq!(found.join(" "), expected, "table {table}");
    }
}
