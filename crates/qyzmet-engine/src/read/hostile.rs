//! Folders that somebody damaged, or made to do damage: each gets an answer that names file, kind and reason.

use crate::samples::{edited, number_link};
use crate::{FindingKind, Folder, Severity, inspect};

/// A folder with one file put in the place of another.
fn with(file: &str, content: impl Into<Vec<u8>>) -> Folder {
    let mut folder = number_link();
    folder.0.insert(file.to_owned(), content.into());
    folder
}

fn without(file: &str) -> Folder {
    let mut folder = number_link();
    folder.0.remove(file);
    folder
}

/// A table in which every action asks a register and goes on to the next, the last to the first.
fn ring(actions: u32) -> Folder {
    let mut table = String::from("[[unit]]\nid = \"portal\"\nkind = \"system\"\n");
    for number in 1..=actions {
        let next = if number == actions { 1 } else { number + 1 };
        table.push_str(&format!(
            "[[action]]\nnumber = {number}\nunit = \"portal\"\ndoes = \"number\"\ncompletion = \"message\"\n\
             term = \"1 s\"\nnext = {next}\nclause = \"58-2016:9\"\n"
        ));
    }
    with("process.toml", table)
}

/// What is wrong, the folder, the file that is told, the kind, and words of the message.
type Case = (&'static str, Folder, &'static str, FindingKind, &'static str);

fn hostile_files() -> Vec<Case> {
    use FindingKind::{MissingFile, MissingKey, Unreadable};
    let deep = format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    vec![
        ("an empty folder", Folder::default(), "process.toml", MissingFile, "missing"),
        ("an empty table", with("process.toml", ""), "process.toml", MissingKey, "`action` is missing"),
        ("no TOML", with("process.toml", "[[action"), "process.toml", Unreadable, "not TOML"),
        (
            "a key twice",
            with("form.toml", "a = 1\na = 2"),
            "form.toml",
            Unreadable,
            "not TOML: duplicate key",
        ),
        (
            "no UTF-8",
            with("text.kk.toml", [0xff, 0xfe, 0x00]),
            "text.kk.toml",
            Unreadable,
            "not UTF-8 from byte 0",
        ),
        ("a template that is no text", with("result.typ", [0x80]), "result.typ", Unreadable, "not UTF-8"),
        ("deep nesting", with("service.toml", deep), "service.toml", Unreadable, "not TOML"),
        (
            "a huge file",
            with("text.ru.toml", vec![b'#'; 5_000_000]),
            "text.ru.toml",
            Unreadable,
            "larger than",
        ),
    ]
}

fn hostile_tables() -> Vec<Case> {
    use FindingKind::{
        BadValue, Duplicate, Loop, MissingFile, MissingText, UnknownFile, UnknownKey, UnknownVerb,
    };
    vec![
        ("ten thousand actions in a ring", ring(10_000), "process.toml", BadValue, "10000 actions"),
        ("a ring", ring(3), "process.toml", Loop, "comes back to it"),
        (
            "a verb of nobody",
            edited("process.toml", "\"notify\"", "\"explode\""),
            "process.toml",
            UnknownVerb,
            "`explode`",
        ),
        (
            "a key of nobody",
            edited("service.toml", "permit ", "permits "),
            "service.toml",
            UnknownKey,
            "`permits`",
        ),
        (
            "a number twice",
            edited("process.toml", "number     = 2", "number     = 1"),
            "process.toml",
            Duplicate,
            "is taken",
        ),
        ("no template", without("result.typ"), "result.typ", MissingFile, "missing"),
        ("no language", without("text.en.toml"), "text.en.toml", MissingFile, "missing"),
        (
            "no text",
            edited("text.en.toml", "title =", "titel ="),
            "service.toml",
            MissingText,
            "`title` is missing in text.en.toml",
        ),
        (
            "a name that climbs",
            with("../../etc/passwd", "x"),
            "../../etc/passwd",
            UnknownFile,
            "nothing reads this file",
        ),
        (
            "a number without end",
            edited("process.toml", "next       = 2", "next = 99999999999999999999"),
            "process.toml",
            BadValue,
            "`next`",
        ),
    ]
}

#[test]
fn every_hostile_folder_is_answered_with_the_place_and_the_reason() {
    for (name, folder, file, kind, words) in hostile_files().into_iter().chain(hostile_tables()) {
        let findings = inspect(&folder).findings;
        let told = findings
            .iter()
            .any(|finding| finding.file == file && finding.kind == kind && finding.message.contains(words));
        let all: Vec<_> = findings.iter().take(20).map(ToString::to_string).collect();
        assert!(told, "{name}: {all:#?}");
        let harmless = kind == FindingKind::UnknownFile;
        assert_eq!(findings.iter().any(|finding| finding.severity == Severity::Error), !harmless, "{name}");
    }
}
