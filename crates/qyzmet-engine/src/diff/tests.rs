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
    assert_eq!((cell.action, cell.row.as_str()), (5, "next"));
    assert!(cell.change.new.as_ref().unwrap().contains("8 –"));
    let symbols: Vec<_> = difference.diagram.iter().map(|change| change.symbol.as_str()).collect();
    assert_eq!(symbols, ["flow 5 -> 7", "flow 5 -> 8"]);
    assert!(difference.texts.is_empty());
}

#[test]
fn another_name_of_an_action_shows_everywhere_it_stands() {
    let difference = difference("text.kk.toml", "Нөмірдің қосылмағаны туралы хабарлау", "Хабарлау");
    assert_eq!(difference.texts[0].key, "action.8");
    assert_eq!((difference.table[0].action, difference.table[0].row.as_str()), (8, "action"));
    assert_eq!(difference.diagram[0].symbol, "action 8");
}

#[test]
fn a_changed_check_is_told_as_its_author_writes_it() {
    let difference = difference("process.toml", "is = \"valid\"", "is = \"expired\"");
    let [cell] = difference.table.as_slice() else { panic!("{difference:#?}") };
    assert_eq!((cell.action, cell.row.as_str()), (5, "checks"));
    let (old, new) = (cell.change.old.as_deref().unwrap(), cell.change.new.as_deref().unwrap());
    assert!(old.contains("is = \"valid\"") && new.contains("is = \"expired\""), "{old} {new}");
    assert_eq!((old.lines().count(), new.lines().count()), (1, 1), "the other checks stay");
    assert!(difference.diagram.is_empty());
}

/// Part, key, before, after.
type Told<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Option<&'a str>);

fn told(changes: &[PartChange]) -> Vec<Told<'_>> {
    changes
        .iter()
        .map(|part| {
            let Change { old, new } = &part.change;
            (part.part.as_str(), part.key.as_deref(), old.as_deref(), new.as_deref())
        })
        .collect()
}

#[test]
fn of_a_field_that_changes_the_property_is_told() {
    let difference = difference("form.toml", "required = true", "required = false");
    assert_eq!(told(&difference.form), [("field number", Some("required"), Some("true"), Some("false"))]);
    assert!(difference.table.is_empty() && difference.service.is_empty());
}

#[test]
fn a_field_that_comes_is_told_once_with_the_order_of_its_page() {
    let field =
        "[[page.field]]\n  id = \"note\"\n  type = \"text\"\n\n  [[page.field]]\n  id       = \"number\"";
    let difference = difference("form.toml", "[[page.field]]\n  id       = \"number\"", field);
    let told = told(&difference.form);
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].0 == "field note" && told[0].1.is_none() && told[0].2.is_none(), "{told:#?}");
    assert_eq!(
        told[1],
        ("page number", Some("fields"), Some("[\"number\"]"), Some("[\"note\", \"number\"]"))
    );
}

/// [R10-3]
#[test]
fn a_changed_passport_shows_with_the_class_that_follows() {
    let difference = difference("service.toml", "answer = true, because", "answer = false, because");
    let key = "classification.disclosure-risk.answer";
    assert_eq!(told(&difference.service), [("service", Some(key), Some("true"), Some("false"))]);
    let class: Vec<_> = difference.class.iter().map(|change| change.what).collect();
    assert!(class.contains(&"score"), "{:#?}", difference.class);
}

#[test]
fn a_ground_that_goes_does_not_change_the_others() {
    let ground = "[[ground]]                                 # row 9: a request can be refused on these grounds only\n\
                  id     = \"identity\"\nclause = \"58-2016:A.9.1\"\n";
    let difference = difference("service.toml", ground, "");
    let told = told(&difference.service);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].0 == "ground identity" && told[0].1.is_none() && told[0].3.is_none());
}

#[test]
fn a_row_of_the_standard_is_told_by_its_number() {
    let difference = difference("text.kk.toml", "\"Тегін\"", "\"Ақылы\"");
    let [row] = difference.passport.as_slice() else { panic!("{difference:#?}") };
    assert_eq!((row.number, row.row, row.change.new.as_deref()), (6, "fee", Some("Ақылы")));
}

#[test]
fn another_unit_is_told_by_its_key() {
    let difference = difference(
        "process.toml",
        "id   = \"gbd-fl\"\nkind = \"system\"",
        "id = \"gbd-fl\"\nkind = \"people\"",
    );
    assert_eq!(
        told(&difference.units),
        [("unit gbd-fl", Some("kind"), Some("\"system\""), Some("\"people\""))]
    );
}

#[test]
fn another_working_time_of_a_unit_is_told_by_its_keys() {
    let old = crate::samples::sample("permit");
    let mut new = crate::samples::sample("permit");
    let desk = new.process.units.iter_mut().find(|unit| unit.id == "desk").unwrap();
    desk.working = None;
    let difference = old.difference(&new, Locale::Kk);
    let told: Vec<_> =
        difference.units.iter().map(|change| (change.part.as_str(), change.key.as_deref())).collect();
    assert_eq!(told, [("unit desk", Some("days")), ("unit desk", Some("hours"))]);
    assert!(difference.table.is_empty(), "the cells of the table are the same");
}

#[test]
fn a_column_that_goes_is_told_once() {
    let process = String::from_utf8(crate::samples::number_link().0["process.toml"].clone()).unwrap();
    let last = process.rfind("[[action]]").unwrap();
    let difference = difference("process.toml", &process[last..], "");
    let gone: Vec<_> = difference.table.iter().filter(|change| change.action == 9).collect();
    assert_eq!(gone.len(), 1, "{gone:#?}");
    assert_eq!((gone[0].row.as_str(), gone[0].change.new.as_deref()), ("number", None));
}
