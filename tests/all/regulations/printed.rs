//! The printed regulation compiles to an archival, accessible PDF, and says what it said when somebody looked at it.
//!
//! `QYZMET_GOLDEN=write cargo nextest run -p qyzmet-tests printed` writes the texts anew.

use std::{fs, process::Command};

use qyzmet_domain::Locale;
use qyzmet_engine::{Acts, Regulation};
use xtask::{repository, shell};

use super::services;

/// Printed in Kazakh and in Russian, as the act asks.
const PRINTED: [Locale; 2] = [Locale::Kk, Locale::Ru];

fn pdf(regulation: &Regulation, locale: Locale) -> Vec<u8> {
    qyzmet_app::print_regulation(regulation, locale, jiff::Timestamp::UNIX_EPOCH)
        .unwrap_or_else(|fault| panic!("{} {locale}: {fault}", regulation.id()))
}

/// What a reader can copy out, without the version, which changes with every file of the folder.
fn text_of(regulation: &Regulation, pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("regulation.pdf");
    fs::write(&file, pdf).expect("a file is kept");
    let mut command = Command::new("pdftotext");
    command.args(["-nopgbrk", "-enc", "UTF-8"]).arg(&file).arg("-");
    let text = String::from_utf8(shell::output(&mut command).expect("pdftotext runs")).expect("words");
    text.replace(&regulation.version.as_str()[..12], "…")
}

/// [R1116-1, R1116-8, R1116-12, R1116-14, R839-16]
#[test]
fn every_regulation_prints_what_it_printed_when_it_was_looked_at() {
    let mut faults = Vec::new();
    for (service, regulation) in services() {
        for locale in PRINTED {
            let text = text_of(&regulation, &pdf(&regulation, locale));
            let file = repository::root().join(format!("tests/golden/{service}/regulation.{locale}.txt"));
            if std::env::var("QYZMET_GOLDEN").as_deref() == Ok("write") {
                fs::create_dir_all(file.parent().expect("a folder")).expect("a folder is made");
                fs::write(&file, text).expect("a file is kept");
            } else if fs::read_to_string(&file).unwrap_or_default() != text {
                faults.push(file.display().to_string());
            }
        }
    }
    assert!(faults.is_empty(), "changed; look, then write anew with QYZMET_GOLDEN=write: {faults:#?}");
}

#[test]
fn the_same_folder_prints_the_same_bytes() {
    let services = services();
    let regulation = services.values().next().expect("a service");
    assert_eq!(pdf(regulation, Locale::Kk), pdf(regulation, Locale::Kk));
}

/// [R1116-8, R1116-14]
#[test]
fn the_text_of_the_document_holds_table_forms_samples_and_questionnaire() {
    for (service, regulation) in services() {
        let text = text_of(&regulation, &pdf(&regulation, Locale::Kk));
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let table = regulation.action_table(Locale::Kk);
        let mut parts = vec!["1-қосымша".to_owned(), "5-қосымша".to_owned(), "қанағаттанамын".to_owned()];
        parts.extend(
            regulation.form.pages.iter().filter_map(|page| {
                regulation.text(Locale::Kk, &format!("page.{}", page.id)).map(str::to_owned)
            }),
        );
        parts.extend(table.units.iter().map(|unit| unit.name.clone()));
        let grounds = regulation.service.grounds.iter();
        let meanings = grounds.filter_map(|ground| Acts::known().meaning(&ground.clause, Locale::Kk));
        parts.extend(meanings.map(|words| words.split_whitespace().take(4).collect::<Vec<_>>().join(" ")));
        // What only the service's own template prints: the number and the address of an invented result.
        parts.push("https://qyzmet.example/r/2026-000000001-0".to_owned());
        for part in parts {
            assert!(flat.contains(&part), "{service}: {part}");
        }
    }
}
