//! The table says all of the process, and its words are the process again.

use proptest::prelude::*;
use qyzmet_domain::{Locale, Term};

use super::*;
use crate::samples::{edited, regulation};

/// [R1116-12, R1116-A1.N1]
#[test]
fn the_words_of_the_table_read_back_are_the_process_that_runs() {
    let regulation = regulation();
    for locale in Locale::ALL {
        let table = regulation.action_table(locale);
        assert_eq!(table.outline(&regulation), Ok(regulation.process.outline()), "{locale}");
    }
}

/// Every verb with its own keys, every clock, also the cells in which an act says nothing.
/// [R1116-12]
#[test]
fn an_exported_table_read_back_is_the_whole_model() {
    for (name, regulation) in crate::written::every_regulation() {
        for locale in Locale::ALL {
            let json = serde_json::to_string(&regulation.action_table(locale)).unwrap();
            let table: ActionTable = serde_json::from_str(&json).unwrap();
            assert_eq!(table.process(&regulation), Ok(regulation.process.clone()), "{name} {locale}");
        }
    }
}

#[test]
fn a_changed_program_is_another_model_and_a_senseless_one_is_named() {
    let regulation = regulation();
    let mut table = regulation.action_table(Locale::Kk);
    table.columns[4].program = table.columns[4].program.replace("\"valid\"", "\"expired\"");
    let changed = table.process(&regulation).unwrap();
    assert!(changed != regulation.process && changed.outline() == regulation.process.outline());
    table.columns[4].program = "check".to_owned();
    assert_eq!(table.process(&regulation), Err(UnreadableTable::Program(5)));
}

/// [R1116-A1.2, R1116-11]
#[test]
fn the_portal_stands_before_all_other_units() {
    let table = regulation().action_table(Locale::Kk);
    assert_eq!(table.units[0].name, regulation().unit_name(Locale::Kk, crate::process::PORTAL));
    assert_eq!(table.units.len(), 3);
}

/// [R1116-A1.6]
#[test]
fn the_next_number_names_each_way_with_its_condition() {
    let columns = regulation().action_table(Locale::Kk).columns;
    assert_eq!(columns[0].next, "2");
    assert_eq!(columns[2].next, "4 – егер бұзушылық болмаса; 8 – егер бұзушылық болса");
    assert_eq!(columns[8].next, "аяқталады");
}

/// [R1116-A1.5]
#[test]
fn a_term_is_written_as_the_acts_write_it() {
    let columns = regulation().action_table(Locale::Kk).columns;
    assert_eq!((columns[3].term.as_str(), columns[4].term.as_str()), ("1,5 мин", "15 сек"));
}

#[test]
fn a_changed_cell_is_another_model_and_a_senseless_one_is_named() {
    let regulation = regulation();
    let mut table = regulation.action_table(Locale::Ru);
    table.columns[0].next = "3".to_owned();
    assert_ne!(table.outline(&regulation).unwrap(), regulation.process.outline());
    table.columns[3].term = "скоро".to_owned();
    assert_eq!(table.outline(&regulation), Err(UnreadableTable::Cell { column: 4, row: 5 }));
}

#[test]
fn an_action_may_have_a_form_of_completion_in_words_of_its_own() {
    let mut folder = edited("text.kk.toml", "[row]", "[completion]\n9 = \"Нөмір туралы мәлімет\"\n\n[row]");
    for (file, words) in [("text.ru.toml", "Сведение о номере"), ("text.en.toml", "Data on the number")]
    {
        let text = String::from_utf8(folder.0[file].clone()).unwrap();
        folder.0.insert(file.to_owned(), format!("{text}\n[completion]\n9 = \"{words}\"\n").into_bytes());
    }
    let regulation = crate::read(&folder).unwrap();
    let table = regulation.action_table(Locale::Kk);
    assert_eq!(table.columns[8].completion, "Нөмір туралы мәлімет");
    assert_eq!(table.outline(&regulation), Ok(regulation.process.outline()));
}

proptest! {
    #[test]
    fn every_term_survives_its_words(ms in 1u32..200_000_000, days in 1u32..3650) {
        for locale in Locale::ALL {
            let phrases = Phrases::of(locale);
            let running = Term::Running(jiff::SignedDuration::from_millis(i64::from(ms) * 10));
            for term in [running, Term::CalendarDays(days), Term::WorkingDays(days)] {
                prop_assert_eq!(terms::read(phrases, &terms::say(phrases, term)), Some(term));
                for least in [None, Some(running), Some(Term::CalendarDays(1))] {
                    let cell = terms::cell(phrases, least, Some(term));
                    prop_assert_eq!(terms::of_cell(phrases, &cell), Some((least, Some(term))), "{}", cell);
                }
            }
        }
    }
}
