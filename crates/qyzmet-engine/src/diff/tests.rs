//! What an author changes in one place shows in texts, table and diagram together.

use qyzmet_domain::Locale;

use super::*;
use crate::samples::{edited, regulation};

fn difference(file: &str, from: &str, to: &str) -> Difference {
    let folder = edited(file, from, to);
    let new = crate::read_draft(&folder).unwrap();
    regulation().difference(&new, Locale::Kk)
}

#[test]
fn a_version_does_not_differ_from_itself() {
    assert!(regulation().difference(&regulation(), Locale::Kk).is_empty());
}

#[test]
fn a_branch_that_leads_elsewhere_shows_in_table_and_diagram() {
    let difference = difference("process.toml", "{ ok = 6, violation = 7 }", "{ ok = 6, violation = 8 }");
    let [cell] = difference.table.as_slice() else { panic!("{difference:#?}") };
    assert_eq!((cell.action, cell.row), (5, "next"));
    assert!(cell.change.new.as_ref().unwrap().contains("8 –"));
    let symbols: Vec<_> = difference.diagram.iter().map(|change| change.symbol.as_str()).collect();
    assert_eq!(symbols, ["flow 5 -> 7", "flow 5 -> 8"]);
    assert!(difference.texts.is_empty());
}

#[test]
fn another_name_of_an_action_shows_everywhere_it_stands() {
    let difference = difference("text.kk.toml", "Нөмірдің қосылмағаны туралы хабарлау", "Хабарлау");
    assert_eq!(difference.texts[0].key, "action.8");
    assert_eq!((difference.table[0].action, difference.table[0].row), (8, "action"));
    assert_eq!(difference.diagram[0].symbol, "action 8");
}

#[test]
fn a_changed_check_is_told_although_no_word_of_the_table_changes() {
    let difference = difference("process.toml", "is = \"valid\"", "is = \"expired\"");
    let [cell] = difference.table.as_slice() else { panic!("{difference:#?}") };
    assert_eq!((cell.action, cell.row), (5, "does"));
    assert!(difference.diagram.is_empty());
}

#[test]
fn another_working_time_of_a_unit_is_told_with_each_of_its_actions() {
    let old = crate::samples::sample("permit");
    let mut new = crate::samples::sample("permit");
    let desk = new.process.units.iter_mut().find(|unit| unit.id == "desk").unwrap();
    desk.working = None;
    let difference = old.difference(&new, Locale::Kk);
    assert!(difference.table.len() > 1 && difference.table.iter().all(|change| change.row == "working"));
    let Change { old, new } = &difference.table[0].change;
    assert_eq!(old.as_deref(), Some("дс–жм, 09:00–13:00, 14:30–18:30"));
    assert_eq!(new.as_deref(), Some("дс–жм, 09:00–13:00, 14:00–18:00"));
}

#[test]
fn a_column_that_goes_is_told_once() {
    let process = String::from_utf8(crate::samples::number_link().0["process.toml"].clone()).unwrap();
    let last = process.rfind("[[action]]").unwrap();
    let difference = difference("process.toml", &process[last..], "");
    let gone: Vec<_> = difference.table.iter().filter(|change| change.action == 9).collect();
    assert_eq!(gone.len(), 1, "{gone:#?}");
    assert_eq!((gone[0].row, gone[0].change.new.as_deref()), ("number", None));
}
