//! Diagrams and tables of all services as they are known to be good: a change shows as a change of a file.
//!
//! `QYZMET_GOLDEN=write cargo nextest run -p qyzmet-engine golden` writes them anew; look at them before they go in.

use std::fs;
use std::path::{Path, PathBuf};

use qyzmet_domain::Locale;

use crate::samples::folder;
use crate::{ActionTable, Regulation};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every service of the repository.
fn services() -> Vec<(String, Regulation)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join("services")).unwrap() {
        let path = entry.unwrap().path();
        if path.join("service.toml").is_file() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            // Whether it may be published is for other tests; what can be read can be drawn.
            let regulation = crate::read_draft(&folder(&path));
            found.push((name, regulation.unwrap_or_else(|| panic!("{} cannot be read", path.display()))));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// The table as plain text, a line for each cell.
fn plain(table: &ActionTable) -> String {
    let mut text = format!("{}\n", table.title);
    for unit in &table.units {
        text.push_str(&format!("- {} ({})\n", unit.name, unit.kind));
    }
    for column in &table.columns {
        text.push('\n');
        for (head, cell) in table.heads.iter().zip(column.cells()) {
            text.push_str(&format!("{head}: {cell}\n"));
        }
    }
    text
}

/// Compares, or writes when told to.
fn compare(service: &str, name: &str, found: &str, faults: &mut Vec<String>) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(service).join(name);
    if std::env::var("QYZMET_GOLDEN").as_deref() == Ok("write") {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, found).unwrap();
    } else if fs::read_to_string(&file).unwrap_or_default() != found {
        faults.push(file.display().to_string());
    }
}

/// [R1116-12, R1116-13, R839-16, R839-17]
#[test]
fn tables_and_diagrams_of_all_services_are_as_they_were_looked_at() {
    let mut faults = Vec::new();
    for (service, regulation) in services() {
        compare(&service, "diagram.kk.svg", &regulation.svg(Locale::Kk, None), &mut faults);
        compare(&service, "diagram.ru.bpmn", &regulation.bpmn(Locale::Ru), &mut faults);
        for locale in [Locale::Kk, Locale::Ru] {
            let table = plain(&regulation.action_table(locale));
            compare(&service, &format!("table.{locale}.txt"), &table, &mut faults);
        }
    }
    assert!(faults.is_empty(), "changed; look, then write anew with QYZMET_GOLDEN=write: {faults:#?}");
}

/// [R1116-12]
#[test]
fn the_table_of_every_service_read_back_is_its_process() {
    for (service, regulation) in services() {
        for locale in Locale::ALL {
            let table = regulation.action_table(locale);
            assert_eq!(table.outline(&regulation), Ok(regulation.process.outline()), "{service} {locale}");
        }
    }
}
