//! Reads a service folder: every file, every key, and says of each fault where it is and what would be right.

mod checks;
mod example;
mod fields;
mod form;
#[cfg(test)]
mod hostile;
mod notes;
mod printed;
mod process;
mod schema;
mod service;
mod shape;
mod sheet;
#[cfg(test)]
mod tests;
mod texts;

use qyzmet_domain::classification::Classification;
use qyzmet_domain::{Locale, ServiceId};

use crate::finding::{FindingKind, Place};
use crate::regulation::class_of;
use crate::{Acts, Finding, Folder, Regulation, Severity, Texts};

pub(crate) use fields::{Fields, Value};
pub(crate) use printed::Gap;
pub use schema::schemas;
pub(crate) use sheet::{Findings, Sheet};

/// Reads and checks a folder. Warnings and notes do not stand in the way; [`check`] tells them.
///
/// # Errors
/// All findings, gravest first, when at least one of them is an error.
pub fn read(folder: &Folder) -> Result<Regulation, Vec<Finding>> {
    let inspection = inspect(folder);
    let is_sound = inspection.findings.iter().all(|finding| finding.severity < Severity::Error);
    match inspection.regulation {
        Some(regulation) if is_sound => Ok(Regulation { findings: inspection.findings, ..regulation }),
        _ => Err(inspection.findings),
    }
}

/// A folder as the checker sees it: what could be read in spite of faults, and the faults.
#[derive(Debug)]
pub struct Inspection {
    /// The service, when its passport reads.
    pub service: Option<ServiceId>,
    /// Its class, when its passport reads.
    pub class: Option<Classification>,
    /// All of it, when every file reads; it may not be fit to run.
    pub regulation: Option<Regulation>,
    /// Findings, gravest first.
    pub findings: Vec<Finding>,
}

/// Checks a folder and keeps what could be read, so that faulty tables can be compared too.
#[must_use]
pub fn inspect(folder: &Folder) -> Inspection {
    inspect_by(folder, Acts::known())
}

/// The same by other acts than those of this version.
#[must_use]
pub fn inspect_by(folder: &Folder, acts: &Acts) -> Inspection {
    let (regulation, findings) = survey(folder, acts);
    let passport = || table(folder, "service.toml", &Findings::default(), service::read);
    let service = regulation.as_ref().map(|regulation| regulation.service.clone()).or_else(passport);
    Inspection {
        service: service.as_ref().map(|service| service.id.clone()),
        class: service.as_ref().map(class_of),
        regulation,
        findings,
    }
}

/// Warnings and notes about a regulation that can run, gravest first.
#[must_use]
pub fn check(regulation: &Regulation) -> Vec<Finding> {
    regulation.findings.clone()
}

/// A folder as far as it reads, whether it is fit to run or not: to compare it with others, never to run it.
#[must_use]
pub fn read_draft(folder: &Folder) -> Option<Regulation> {
    assemble(folder, &Findings::default())
}

/// The process of a `process.toml` that was written from a model; nothing when it cannot be read.
pub(crate) fn process_of(text: &str) -> Option<crate::Process> {
    let folder = Folder([("process.toml".to_owned(), text.as_bytes().to_vec())].into());
    table(&folder, "process.toml", &Findings::default(), process::read)
}

fn survey(folder: &Folder, acts: &Acts) -> (Option<Regulation>, Vec<Finding>) {
    let findings = Findings::default();
    let regulation = assemble(folder, &findings);
    if let Some(regulation) = &regulation {
        checks::all(regulation, acts, &findings);
    }
    let mut findings = findings.take();
    findings.sort_by(|a, b| {
        b.severity
            .cmp(&a.severity)
            .then_with(|| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)))
    });
    findings.dedup();
    (regulation, findings)
}

/// Each file is read even when another is damaged, so that the author learns everything at once.
fn assemble(folder: &Folder, findings: &Findings) -> Option<Regulation> {
    unknown_files(folder, findings);
    let service = table(folder, "service.toml", findings, service::read);
    let process = table(folder, "process.toml", findings, process::read);
    let form = table(folder, "form.toml", findings, form::read);
    let texts = Locale::ALL.map(|locale| {
        let name = format!("text.{locale}.toml");
        (locale, table(folder, &name, findings, |fields| Some(texts::read(fields))).unwrap_or_default())
    });
    let examples = examples(folder, findings);
    let service = service?;
    let template = text(folder, &service.result.template, findings);
    Some(Regulation {
        version: folder.version(),
        classification: class_of(&service),
        service,
        process: process?,
        form: form?,
        texts: Texts(texts.into_iter().collect()),
        result_template: template?.to_owned(),
        examples,
        findings: Vec::new(),
    })
}

fn examples(folder: &Folder, findings: &Findings) -> Vec<crate::Example> {
    let names = folder.0.keys().filter(|name| is_example(name));
    names.filter_map(|name| table(folder, name, findings, example::read)).collect()
}

fn is_example(name: &str) -> bool {
    name.strip_prefix("examples/").is_some_and(|rest| rest.ends_with(".toml") && !rest.contains('/'))
}

fn unknown_files(folder: &Folder, findings: &Findings) {
    let known = ["service.toml", "process.toml", "form.toml", "text.kk.toml", "text.ru.toml", "text.en.toml"];
    for name in folder.0.keys() {
        let is_template = name.ends_with(".typ") && !name.contains('/');
        if !known.contains(&name.as_str()) && !is_template && !is_example(name) {
            let words = "nothing reads this file; a service folder holds service, process, form, text.kk, text.ru and \
                         text.en (.toml), result.typ and examples/*.toml";
            findings.add(Place::file(name).warning(FindingKind::UnknownFile, words));
        }
    }
}

/// The text of a file, or a finding.
fn text<'a>(folder: &'a Folder, name: &str, findings: &Findings) -> Option<&'a str> {
    let Some(bytes) = folder.0.get(name) else {
        findings.add(Place::file(name).error(FindingKind::MissingFile, "this file is missing"));
        return None;
    };
    if bytes.len() > LARGEST {
        let words = format!("larger than {LARGEST} bytes: no file of a service needs that");
        findings.add(Place::file(name).error(FindingKind::Unreadable, words));
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(why) => {
            let words = format!("not UTF-8 from byte {} on", why.valid_up_to());
            findings.add(Place::file(name).error(FindingKind::Unreadable, words));
            None
        }
    }
}

/// Bounds the work, and the depth, of reading a hostile file, in bytes.
pub const LARGEST: usize = 4 * 1024 * 1024;

/// One file as a table: read by `read`, then searched for keys that nothing has read.
fn table<T>(
    folder: &Folder,
    name: &str,
    findings: &Findings,
    read: impl FnOnce(&Fields<'_>) -> Option<T>,
) -> Option<T> {
    let text = text(folder, name, findings)?;
    let lines = sheet::lines(text);
    let sheet = Sheet { file: name, text, lines: &lines };
    let (document, faults) = toml::de::DeTable::parse_recoverable(text);
    for fault in &faults {
        let place = sheet.place(fault.span().map_or(0, |span| span.start));
        findings.add(place.error(FindingKind::Unreadable, format!("not TOML: {}", fault.message())));
    }
    if !faults.is_empty() {
        return None;
    }
    let fields = Fields::new(sheet, document.get_ref(), document.span().start, findings);
    let value = read(&fields);
    fields.finish();
    value
}
