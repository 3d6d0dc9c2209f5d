//! The folder of the showcase service reads well; damaged ones are told where and why.

use proptest::prelude::*;
use qyzmet_domain::calendar::Hours;

use super::*;
use crate::samples::{edited, number_link, regulation};

/// The one finding of this kind, as file, line and message.
fn only(folder: &Folder, kind: FindingKind) -> (String, u32, String) {
    let (_, findings) = survey(folder, crate::Acts::known());
    let mut found: Vec<_> = findings.iter().filter(|finding| finding.kind == kind).collect();
    let all: Vec<_> = findings.iter().map(ToString::to_string).collect();
    let finding = found.pop().unwrap_or_else(|| panic!("nothing of {kind:?} in {all:#?}"));
    (finding.file.clone(), finding.line, finding.message.clone())
}

fn is_error(folder: &Folder, kind: FindingKind) {
    only(folder, kind);
    assert!(read(folder).is_err(), "{kind:?} must keep the service from being published");
}

#[test]
fn the_folder_of_the_service_is_without_fault() {
    let (_, findings) = survey(&number_link(), crate::Acts::known());
    assert!(findings.is_empty(), "{}", findings.iter().map(|f| format!("{f}\n")).collect::<String>());
    assert_eq!(regulation().examples.len(), 10);
}

#[test]
fn an_unknown_key_is_told_with_its_line_and_the_keys_that_are_known() {
    let folder = edited("process.toml", "completion = \"data\"", "complexion = \"data\"");
    let (file, line, message) = only(&folder, FindingKind::UnknownKey);
    assert_eq!((file.as_str(), line), ("process.toml", 21));
    assert!(message.contains("`complexion`") && message.contains("completion"), "{message}");
    assert_eq!(only(&folder, FindingKind::MissingKey).2, "`completion` is missing here");
}

#[test]
fn a_code_that_proves_a_number_without_saying_which_is_told() {
    let folder = edited("process.toml", "to         = \"form.number\"\n", "");
    let (file, _, message) = only(&folder, FindingKind::MissingKey);
    assert_eq!(file, "process.toml");
    assert!(message.contains("`to` is missing"), "{message}");
}

#[test]
fn a_verb_that_does_not_exist_is_told_with_those_that_do() {
    let folder = edited("process.toml", "does       = \"call\"", "does       = \"telephone\"");
    let (file, line, message) = only(&folder, FindingKind::UnknownVerb);
    assert_eq!((file.as_str(), line), ("process.toml", 76));
    assert!(message.contains("`telephone`") && message.contains("fill, confirm, number"), "{message}");
}

/// [R1116-A1.5]
#[test]
fn a_unit_may_have_days_and_hours_of_its_own_and_nonsense_in_them_is_told() {
    let unit = "id   = \"portal\"\nkind = \"system\"\n";
    let with = |time: &str| edited("process.toml", unit, &format!("{unit}{time}\n"));
    let days = with(r#"days = ["monday", "saturday"]"#);
    let regulation = read(&days).unwrap();
    let working = regulation.process.unit("portal").unwrap().working.clone().expect("a time of its own");
    assert_eq!(working.days.days().len(), 2);
    assert_eq!(working.hours, Hours::default(), "what is left out is as usual");
    let words = |folder: &Folder| only(folder, FindingKind::BadValue).2;
    assert!(words(&with(r#"days = ["montag"]"#)).contains("monday, tuesday"));
    assert!(words(&with(r#"days = ["sunday", "monday"]"#)).contains("in order and each once"));
    assert!(words(&with(r#"hours = ["14:00-18:00", "09:00-13:00"]"#)).contains("without overlap"));
}

#[test]
fn broken_toml_is_told_at_its_line_and_column() {
    let folder = edited("form.toml", "id = \"consent\"", "id = \"consent");
    let findings = read(&folder).unwrap_err();
    let finding = findings.iter().find(|finding| finding.kind == FindingKind::Unreadable).unwrap();
    assert_eq!((finding.file.as_str(), finding.line), ("form.toml", 12));
    assert!(finding.column > 1 && finding.to_string().starts_with("form.toml:12:"), "{finding}");
}

#[test]
fn all_faults_of_a_folder_are_told_at_once() {
    let mut folder = edited("process.toml", "unit       = \"gbd-fl\"", "unit = 5");
    folder.0.insert("form.toml".to_owned(), vec![0xff, 0xfe]);
    folder.0.remove("text.ru.toml");
    let findings = read(&folder).unwrap_err();
    let kinds: Vec<_> = findings.iter().map(|finding| (finding.file.as_str(), finding.kind)).collect();
    assert!(kinds.contains(&("process.toml", FindingKind::BadValue)), "{kinds:?}");
    assert!(kinds.contains(&("form.toml", FindingKind::Unreadable)), "{kinds:?}");
    assert!(kinds.contains(&("text.ru.toml", FindingKind::MissingFile)), "{kinds:?}");
}

#[test]
fn an_empty_folder_lacks_every_file() {
    let findings = read(&Folder::default()).unwrap_err();
    assert!(findings.iter().all(|finding| finding.kind == FindingKind::MissingFile));
    assert_eq!(findings.len(), 6);
}

#[test]
fn faults_of_the_action_table_are_found() {
    let next = |from: &str, to: &str| edited("process.toml", from, to);
    is_error(&next("next       = 9", "next       = 99"), FindingKind::NoSuchAction);
    is_error(&next("next       = 9", "next       = 6"), FindingKind::Loop);
    is_error(
        &next("next       = { ok = 6, violation = 7 }", "next = { ok = 4, violation = 7 }"),
        FindingKind::Unreachable,
    );
    is_error(&next("{ ok = 6, violation = 7 }", "{ ok = 6 }"), FindingKind::WrongBranch);
    is_error(
        &next("{ ok = 6, violation = 7 }", "{ ok = 6, violation = 7, absent = 7 }"),
        FindingKind::WrongBranch,
    );
    is_error(&next("{ ok = 6, violation = 7 }", "{ ok = 6, violation = 9 }"), FindingKind::MissingRefusal);
    is_error(&next("{ ok = 4, violation = 8 }", "{ ok = 4, violation = 7 }"), FindingKind::MissingRefusal);
    is_error(&next("unit       = \"gbd-fl\"", "unit       = \"gbd\""), FindingKind::UnknownName);
    is_error(&next("\"form.number\" }", "\"form.nomber\" }"), FindingKind::UnknownName);
    is_error(&next("\"number\", \"consent\"", "\"number\", \"agree\""), FindingKind::UnknownName);
    is_error(&next("number     = 8", "number     = 7"), FindingKind::Duplicate);
    let (_, line, message) = only(&next("term       = \"30 s\"", ""), FindingKind::MissingTerm);
    assert_eq!((line, message.as_str()), (26, "action 2 has no statutory term"));
    assert!(read(&next("term       = \"30 s\"", "")).is_ok(), "an act may leave a term out");
}

#[test]
fn a_round_without_rest_is_found() {
    let round = "next       = { ok = 6, violation = 7 }\nclause     = \"58-2016:A.9\"";
    let second = "next = { ok = 10, violation = 7 }\nclause = \"58-2016:A.9\"\n[[action]]\nnumber = 10\nunit = \
                  \"portal\"\ndoes = \"check\"\nchecks = [{ fact = \"today\", is = \"2026-01-01\", ground = \"identity\" }]\n\
                  completion = \"decision\"\nterm = \"1 s\"\nnext = { ok = 5, violation = 7 }\nclause = \"58-2016:A.9\"";
    is_error(&edited("process.toml", round, second), FindingKind::Loop);
}

#[test]
fn a_round_that_would_send_messages_without_end_is_found() {
    is_error(&edited("process.toml", "next       = 9", "next       = 5"), FindingKind::Loop);
}

#[test]
fn a_round_by_way_of_a_register_ends_the_example_and_not_the_reader() {
    let folder = edited("process.toml", "next       = 9", "next       = { ok = 4, violation = 9 }");
    let (_, _, message) = only(&folder, FindingKind::FailedExample);
    assert!(message.contains("steps"), "{message}");
}

/// [R58-A.4]
#[test]
fn people_have_no_place_in_a_fully_automated_service() {
    let folder =
        edited("process.toml", "id   = \"portal\"\nkind = \"system\"", "id = \"portal\"\nkind = \"people\"");
    is_error(&folder, FindingKind::ManualStep);
}

/// [R10-A1.2]
#[test]
fn a_confirmation_of_its_own_needs_a_listed_exception() {
    is_error(&edited("service.toml", "\"58-2016:6.2\"", "\"74-2016:4.2\""), FindingKind::UnlistedException);
    is_error(&edited("service.toml", "bank-app   = [", "sms = ["), FindingKind::MissingKey);
}

#[test]
fn a_text_missing_in_one_language_is_found() {
    let folder = edited("text.ru.toml", "no-consent = \"Отсутствие", "noconsent = \"Отсутствие");
    let findings = read(&folder).unwrap_err();
    let missing: Vec<_> =
        findings.iter().filter(|finding| finding.kind == FindingKind::MissingText).collect();
    let told: Vec<String> = missing.iter().map(ToString::to_string).collect();
    let ground = "service.toml:33:10: error: the text `ground.no-consent` is missing in text.ru.toml";
    assert!(told.contains(&ground.to_owned()), "{told:#?}");
    let other = "the text `ground.noconsent` is missing in text.kk.toml";
    let other = missing.iter().find(|finding| finding.message == other).unwrap();
    assert!(other.file == "text.ru.toml" && other.line > 0, "it stands there although nothing asks for it");
    is_error(&folder, FindingKind::MissingText);
}

#[test]
fn a_message_longer_than_one_sms_is_found() {
    let folder = edited("text.kk.toml", "Ешкімге айтпаңыз.", "Осы кодты ешқашан ешкімге айтпаңыз.");
    is_error(&folder, FindingKind::LongMessage);
}

#[test]
fn latin_letters_inside_cyrillic_words_are_found() {
    let folder = edited("text.kk.toml", "\"Тегін\"", "\"Тeгін\"");
    let (_, _, message) = only(&folder, FindingKind::BadValue);
    assert!(message.contains("row.fee"), "{message}");
}

#[test]
fn an_example_that_runs_otherwise_is_found() {
    let folder = edited("examples/linked.toml", "[1, 2, 3, 4, 5, 6, 9]", "[1, 2, 3, 4, 5, 9]");
    let (file, _, message) = only(&folder, FindingKind::FailedExample);
    assert_eq!(file, "examples/linked.toml");
    assert!(message.ends_with("path: expected [1, 2, 3, 4, 5, 9], found [1, 2, 3, 4, 5, 6, 9]"), "{message}");
}

#[test]
fn actions_that_take_longer_than_the_service_are_found() {
    let folder = edited("process.toml", "term       = \"1.5 min\"", "term       = \"9 min\"");
    let (_, _, message) = only(&folder, FindingKind::TermExceeded);
    assert_eq!(message, "after acceptance the actions take up to 630 s, and the service has 10 min");
}

#[test]
fn a_file_without_end_is_not_read() {
    let mut folder = number_link();
    folder.0.insert("form.toml".to_owned(), b"# nothing\n".repeat(420_000));
    let findings = read(&folder).unwrap_err();
    assert!(findings.iter().any(|finding| finding.message.starts_with("larger than")));
}

/// The stack of the process must not depend on how deep somebody nests brackets or dots.
#[test]
fn a_folder_nested_without_end_is_answered() {
    let deep = 300_000;
    let nested = [
        format!("a = {}1{}", "[".repeat(deep), "]".repeat(deep)),
        format!("a = {}1{}", "{ a = ".repeat(deep), " }".repeat(deep)),
        format!("{}a = 'x'", "a.".repeat(deep)),
        format!("[{}a]\nb = 'x'", "a.".repeat(deep)),
        format!("[[{}a]]\nb = 'x'", "a.".repeat(deep)),
    ];
    for text in nested {
        for file in ["text.kk.toml", "process.toml", "examples/linked.toml"] {
            let mut folder = number_link();
            folder.0.insert(file.to_owned(), text.clone().into_bytes());
            assert!(read(&folder).is_err());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever is done to a file: an answer, and never a panic.
    #[test]
    fn a_damaged_folder_is_answered(file in 0..8_usize, at in 0..6000_usize, bytes in proptest::collection::vec(any::<u8>(), 0..6), cut in 0..40_usize) {
        let mut folder = number_link();
        let name = folder.0.keys().nth(file + 8).or(folder.0.keys().next()).unwrap().clone();
        let content = folder.0.get_mut(&name).unwrap();
        let at = at % content.len().max(1);
        let end = (at + cut).min(content.len());
        content.splice(at..end, bytes);
        if let Err(findings) = read(&folder) {
            prop_assert!(findings.iter().any(|finding| finding.severity == Severity::Error));
        }
    }

    /// As above, with damage that is still UTF-8 and often TOML: words of the folder in other places.
    #[test]
    fn a_folder_with_shuffled_words_is_answered(file in 0..3_usize, from in 0..400_usize, to in 0..400_usize) {
        let mut folder = number_link();
        let name = ["process.toml", "service.toml", "form.toml"][file];
        let text = String::from_utf8(folder.0[name].clone()).unwrap();
        let words: Vec<&str> = text.split_inclusive([' ', '\n']).collect();
        let mut shuffled = words.clone();
        shuffled.swap(from % words.len(), to % words.len());
        folder.0.insert(name.to_owned(), shuffled.concat().into_bytes());
        if let Err(findings) = read(&folder) {
            prop_assert!(findings.iter().any(|finding| finding.severity == Severity::Error));
        }
    }
}

/// The form of the showcase with a field of keys in the place of its number.
fn with_keys(profiles: &str) -> Folder {
    edited(
        "form.toml",
        "type     = \"mobile-number\"",
        &format!("type     = \"keys\"\nprofiles = {profiles}"),
    )
}

/// [R839-6.P1]
#[test]
fn a_field_of_keys_names_its_profiles_once_each_and_asks_for_their_words() {
    let (_, findings) = survey(&with_keys(r#"["sign", "auth"]"#), crate::Acts::known());
    let words = findings.iter().filter(|finding| finding.message.contains("profile.sign"));
    assert_eq!(words.count(), 3, "one for each language");
    let line = |profiles: &str, kind| only(&with_keys(profiles), kind);
    let (file, _, message) = line(r#"["sign", "sign"]"#, FindingKind::Duplicate);
    assert_eq!((file.as_str(), message.as_str()), ("form.toml", "each profile stands in `profiles` once"));
    assert!(line(r#"["single", "auth"]"#, FindingKind::BadValue).2.contains("`single` is the one key"));
    assert!(line(r#"["owner"]"#, FindingKind::BadValue).2.contains("expected one of: sign, auth, single"));
    assert!(line("[]", FindingKind::BadValue).2.contains("at least one"));
}
