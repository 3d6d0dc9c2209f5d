//! Tables with one fault each, and tables of any length.

use std::path::Path;

use crate::samples::{edited, folder, number_link};
use crate::{Finding, FindingKind, Folder, inspect};

/// Kinds of findings by action.
fn found(folder: &Folder) -> Vec<(FindingKind, Option<u32>)> {
    inspect(folder).findings.iter().map(|finding| (finding.kind, finding.action)).collect()
}

fn of_kind(folder: &Folder, kind: FindingKind) -> Vec<Finding> {
    inspect(folder).findings.into_iter().filter(|finding| finding.kind == kind).collect()
}

/// [R1116-A1.N1]
#[test]
fn a_column_that_is_left_out_is_missing_and_no_other_finding_hides_it() {
    let folder = edited("process.toml", "number     = 9", "number     = 10");
    let missing: Vec<_> =
        found(&folder).into_iter().filter(|(kind, _)| *kind != FindingKind::MissingText).collect();
    assert_eq!(missing, [(FindingKind::MissingAction, Some(9))]);
}

#[test]
fn a_long_gap_is_told_as_one() {
    let folder = edited("process.toml", "number     = 9", "number     = 4000000000");
    let findings = of_kind(&folder, FindingKind::MissingAction);
    assert_eq!(findings.len(), 1);
    assert!(
        findings[0].message.starts_with("actions 9 to 3999999999 are missing"),
        "{}",
        findings[0].message
    );
}

/// [R1116-A1.6]
#[test]
fn a_number_beyond_the_table_is_a_slip_when_some_column_has_nothing_before_it() {
    let slip = edited("process.toml", "next       = 9", "next       = 10");
    assert!(found(&slip).contains(&(FindingKind::NoSuchAction, Some(6))), "{:?}", found(&slip));
    assert!(of_kind(&slip, FindingKind::MissingAction).is_empty());
}

/// [R1116-A1.6]
#[test]
fn a_dash_on_a_step_that_goes_on_is_read_as_the_following_number() {
    for (cell, words) in [("\"–\"", "a dash"), ("\"\"", "nothing")] {
        let folder = edited("process.toml", "next       = 2", &format!("next = {cell}"));
        let findings = of_kind(&folder, FindingKind::UnsaidNext);
        assert_eq!(findings.iter().map(|finding| finding.action).collect::<Vec<_>>(), [Some(1)]);
        assert!(findings[0].message.contains(words) && findings[0].message.ends_with("2 is taken"));
        assert!(crate::read(&folder).is_ok(), "it runs, but somebody should look");
    }
}

/// [R1116-A1.5]
#[test]
fn a_term_that_is_a_dash_or_cut_off_is_no_term() {
    for (cell, words) in [("\"-\"", "a dash"), ("\"\"", "nothing"), ("\"30 s –\"", "“30 s –” is cut off")]
    {
        let folder = edited("process.toml", "term       = \"30 s\"", &format!("term = {cell}"));
        let findings = of_kind(&folder, FindingKind::MissingTerm);
        assert_eq!(findings.len(), 1, "{cell}");
        assert!(findings[0].message.contains(words), "{}", findings[0].message);
    }
}

/// [R1116-A1.5]
#[test]
fn of_a_range_the_longer_end_is_the_term() {
    let folder = edited("process.toml", "term       = \"30 s\"", "term = \"10 s – 30 s\"");
    let regulation = crate::read(&folder).unwrap();
    let action = regulation.process.action(2).unwrap();
    assert_eq!(action.least.unwrap().to_string(), "10 s");
    assert_eq!(action.term.unwrap().to_string(), "30 s");
    let wrong = edited("process.toml", "term       = \"30 s\"", "term = \"10 – 30 s\"");
    assert!(of_kind(&wrong, FindingKind::BadValue)[0].message.contains("both ends"));
}

/// [R1116-A1.3]
#[test]
fn two_columns_with_the_same_words_are_told_at_both() {
    let folder = edited(
        "text.kk.toml",
        "5 = \"Алынған мәліметтердің сәйкестігін тексеру\"",
        "5 = \"абоненттік  нөмірді порталдың есептік жазбасына қосу\"",
    );
    let actions: Vec<_> =
        of_kind(&folder, FindingKind::SameWords).iter().map(|finding| finding.action).collect();
    assert_eq!(actions, [Some(5), Some(6)]);
}

/// [R1116-A1.4]
#[test]
fn a_check_is_not_completed_by_a_refusal() {
    let folder = edited("process.toml", "completion = \"decision\"", "completion = \"reasoned-refusal\"");
    assert_eq!(of_kind(&folder, FindingKind::WrongCompletion)[0].action, Some(5));
}

/// [R1116-5.10]
#[test]
fn a_transactional_service_without_a_signature_is_refused() {
    let folder =
        edited("service.toml", "portal     = [\"otp:number\", \"eds\"]", "portal = [\"otp:number\"]");
    assert_eq!(of_kind(&folder, FindingKind::WrongType)[0].file, "service.toml");
    assert!(crate::read(&folder).is_err());
}

/// [R1116-5.4]
#[test]
fn an_informational_service_asks_nobody_to_sign() {
    let folder = edited("service.toml", "type       = \"transactional\"", "type = \"informational\"");
    let actions: Vec<_> =
        of_kind(&folder, FindingKind::WrongType).iter().map(|finding| finding.action).collect();
    assert_eq!(actions, [Some(3)]);
}

/// [R1116-5.5]
#[test]
fn an_interactive_service_has_a_request_and_an_answer() {
    let folder = edited("service.toml", "type       = \"transactional\"", "type = \"interactive\"");
    assert!(of_kind(&folder, FindingKind::WrongType).is_empty());
}

/// Findings about clauses and texts, as editors see them.
fn told(folder: &Folder, kind: FindingKind) -> Vec<String> {
    of_kind(folder, kind).iter().map(ToString::to_string).collect()
}

#[test]
fn a_clause_that_its_act_does_not_have_is_told_where_it_is_cited() {
    let cited = [
        ("process.toml", "clause     = \"58-2016:5.2\"", "clause     = \"58-2016:5.99\"", "24:14"),
        ("service.toml", "clause = \"58-2016:A.9.2\"", "clause = \"58-2016:5.99\"", "34:10"),
        ("service.toml", "clauses    = [\"58-2016:5.2\"", "clauses    = [\"58-2016:5.99\"", "23:14"),
    ];
    for (file, from, to, place) in cited {
        let folder = edited(file, from, to);
        let words = format!("{file}:{place}: error: the act 58-2016 has no clause `5.99`");
        assert_eq!(told(&folder, FindingKind::UnknownClause), [words]);
        assert!(crate::read(&folder).is_err());
    }
}

/// An agency has acts that this program does not know.
#[test]
fn an_act_that_is_not_known_is_told_once_and_keeps_nothing_from_being_published() {
    let mut folder = edited("service.toml", "act        = \"58-2016\"", "act        = \"7-2026\"");
    let process = String::from_utf8(folder.0["process.toml"].clone()).unwrap();
    folder.0.insert("process.toml".to_owned(), process.replace("58-2016:5.2", "7-2026:5.2").into_bytes());
    let told = told(&folder, FindingKind::UnknownClause);
    assert_eq!(
        told,
        ["service.toml:3:14: warning: no act `7-2026` is known: its clauses cannot be looked up"]
    );
    let faults = crate::read(&folder).err();
    assert!(faults.is_none(), "{faults:#?}");
}

#[test]
fn a_wording_from_before_its_act_or_after_its_end_is_told() {
    let on = |day: &str| {
        let folder = edited("service.toml", "from = 2024-03-30", &format!("from = {day}"));
        told(&folder, FindingKind::OutdatedClause)
    };
    assert!(on("2024-03-30").is_empty());
    let early = on("2024-03-18");
    assert_eq!(early.len(), 1, "{early:?}");
    assert!(early[0].contains("the act 58-2016 holds from 2024-03-19 only"), "{early:?}");
    let cited = |day: &str| {
        let folder =
            edited("process.toml", "clause     = \"58-2016:5.2\"", "clause     = \"10-2016:A1.1.1\"");
        let text = String::from_utf8(folder.0["service.toml"].clone()).unwrap();
        let mut folder = folder;
        let text = text.replace("from = 2024-03-30", &format!("from = {day}"));
        folder.0.insert("service.toml".to_owned(), text.into_bytes());
        told(&folder, FindingKind::OutdatedClause)
    };
    assert!(cited("2026-07-11").is_empty());
    let late = cited("2026-07-12");
    assert!(
        late.len() == 1 && late[0].starts_with("process.toml:24:14: warning: the act 10-2016 lost force"),
        "{late:?}"
    );
}

/// The table of the showcase, followed by a line of notices as long as asked.
fn long(actions: u32) -> Folder {
    let mut folder = number_link();
    let mut table = String::from_utf8(folder.0["process.toml"].clone()).unwrap();
    table = table.replacen("next       = 2", "next = 10", 1);
    for number in 10..=actions {
        let next = if number == actions { 2 } else { number + 1 };
        table.push_str(&format!(
            "\n[[action]]\nnumber = {number}\nunit = \"portal\"\ndoes = \"notify\"\nmessage = \"code\"\n\
             completion = \"message\"\nterm = \"1 s\"\nnext = {next}\nclause = \"58-2016:9\"\n"
        ));
    }
    folder.0.insert("process.toml".to_owned(), table.into_bytes());
    folder
}

#[test]
fn ten_thousand_actions_are_read_to_the_end_and_told_to_be_too_many() {
    let findings = of_kind(&long(10_000), FindingKind::BadValue);
    assert!(findings.iter().any(|finding| finding.message.starts_with("10000 actions")), "{findings:?}");
}

/// [R839-6.P2]
#[test]
fn a_register_must_be_one_that_is_asked_and_be_told_whom_it_is_asked_about() {
    let asked = "ask        = { person = \"recipient.iin\" }";
    let other = |register: &str, ask: &str| {
        edited("process.toml", asked, &format!("register = \"{register}\"\nask = {ask}"))
    };
    let unknown = other("gbd-xx", "{ person = \"recipient.iin\" }");
    let words = of_kind(&unknown, FindingKind::UnknownName)[0].message.clone();
    assert!(words.starts_with("`gbd-xx` is asked, and the portal asks the registers gbd-fl and gbd-ul"));
    let alone = other("gbd-ul", "{ organisation = \"form.number\" }");
    let missing = of_kind(&alone, FindingKind::MissingKey);
    assert_eq!((missing[0].action, missing.len()), (Some(4), 1));
    assert_eq!(missing[0].message, "`ask`: the register gbd-ul must be told `person`");
    let more = other("gbd-fl", "{ person = \"recipient.iin\", organisation = \"form.number\" }");
    let words = of_kind(&more, FindingKind::UnknownKey)[0].message.clone();
    assert_eq!(words, "`ask`: the register gbd-fl is not asked about `organisation`");
}

/// [R839-5.12]
#[test]
fn a_fact_that_no_register_brings_is_told_with_those_that_it_does() {
    let wrong = edited("process.toml", "\"person.life-status\"", "\"person.status\"");
    let words = of_kind(&wrong, FindingKind::UnknownName)[0].message.clone();
    assert!(words.starts_with("`person.status` is no fact that can be known: the register knows person."));
    let stranger = edited("process.toml", "\"person.life-status\"", "\"organisation.bin\"");
    let words = of_kind(&stranger, FindingKind::UnknownName)[0].message.clone();
    assert_eq!(words, "`organisation.bin` is no fact that can be known", "that register is not asked");
}

/// [R1116-7.9]
#[test]
fn a_fee_without_a_term_would_be_waited_for_without_end() {
    let mut folder = crate::samples::sample_folder("permit");
    let text = String::from_utf8(folder.0["process.toml"].clone()).unwrap();
    let pay = text.find("does       = \"pay\"").unwrap();
    let term = pay + text[pay..].find("term ").unwrap();
    let rest = term + text[term..].find('\n').unwrap();
    folder.0.insert("process.toml".to_owned(), format!("{}{}", &text[..term], &text[rest..]).into_bytes());
    let errors: Vec<_> = of_kind(&folder, FindingKind::MissingTerm)
        .into_iter()
        .filter(|finding| finding.severity == crate::Severity::Error)
        .collect();
    assert_eq!(errors.len(), 1, "others are warned of");
    assert!(errors[0].message.contains("an unpaid fee would be waited for without end"));
}

/// [R839-6.P6]
#[test]
fn what_a_person_does_and_no_desk_sees_is_told() {
    let mut folder = crate::samples::sample_folder("desk");
    let text = String::from_utf8(folder.0["process.toml"].clone()).unwrap();
    let seen_by = |folder: &Folder| of_kind(folder, FindingKind::MissingKey);
    assert!(seen_by(&folder).is_empty(), "an officer awaits the visit");
    let away = text.replacen(
        "unit       = \"operator\"\ndoes       = \"await\"",
        "unit = \"recipient\"\ndoes = \"await\"",
        1,
    );
    assert_ne!(away, text);
    folder.0.insert("process.toml".to_owned(), away.clone().into_bytes());
    let [told] = seen_by(&folder).try_into().unwrap();
    assert_eq!((told.severity, told.action), (crate::Severity::Warning, Some(2)));
    assert!(told.message.starts_with("`visit` is what `recipient` does, and no officer sees it"));
    let named = away.replacen("event      = \"visit\"", "event = \"visit\"\ndesk = \"operator\"", 1);
    folder.0.insert("process.toml".to_owned(), named.into_bytes());
    assert!(seen_by(&folder).is_empty());
}

/// `services/nca-issue-entity` with one passage replaced.
fn of_entity(file: &str, from: &str, to: &str) -> Folder {
    of_service("nca-issue-entity", (file, from, to))
}

/// A service with one passage replaced.
fn of_service(service: &str, (file, from, to): (&str, &str, &str)) -> Folder {
    let mut folder = folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services").join(service));
    let text = String::from_utf8(folder.0[file].clone()).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    folder.0.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
    folder
}

/// [R839-6.P1]
#[test]
fn what_depends_on_an_answer_or_a_fact_depends_on_one_that_is_there_before() {
    let pages = (r#""entity", "holder", "contact""#, r#""entity", "contact", "holder""#);
    let optional = ("\"system\"]\n  required = true", "\"system\"]\n  required = false");
    let faults = [
        ("form.toml", (r#"field = "holder""#, r#"field = "bin""#), FindingKind::UnknownName),
        (
            "form.toml",
            (r#"one-of = ["signatory", "employee"]"#, r#"one-of = ["owner"]"#),
            FindingKind::UnknownName,
        ),
        ("form.toml", (r#"holder   = "holder""#, r#"holder   = "nobody""#), FindingKind::UnknownName),
        ("form.toml", optional, FindingKind::BadValue),
        ("process.toml", pages, FindingKind::BadValue),
        ("process.toml", (r#"paper = "authority""#, r#"paper = "other""#), FindingKind::UnknownName),
        ("process.toml", (r#"fact = "form.holder""#, r#"fact = "form.nobody""#), FindingKind::UnknownName),
    ];
    for (file, (from, to), kind) in faults {
        assert!(!of_kind(&of_entity(file, from, to), kind).is_empty(), "{to}");
    }
    let sound = inspect(&of_entity("form.toml", "", "")).findings;
    assert!(sound.is_empty(), "{sound:?}");
}

/// [R839-7.P1]
#[test]
fn keys_that_follow_a_certificate_follow_one_of_which_an_operation_finds_out_whose_it_is() {
    let holders = r#"  holders  = ["head", "signatory", "employee", "organisation", "system"]"#;
    let faults = [
        ("process.toml", r#"gives      = "certificate""#, r#"gives      = "other""#, FindingKind::MissingKey),
        ("form.toml", holders, "", FindingKind::MissingKey),
        ("form.toml", r#"holder   = "serial""#, r#"holder   = "email""#, FindingKind::UnknownName),
        ("process.toml", r#""certificate.bin""#, r#""form.bin""#, FindingKind::UnknownName),
    ];
    for (file, from, to, kind) in faults {
        let folder = of_service("nca-reissue-entity", (file, from, to));
        assert!(!of_kind(&folder, kind).is_empty(), "{from}");
    }
    let sound = inspect(&of_service("nca-reissue-entity", ("form.toml", "", ""))).findings;
    assert!(sound.is_empty(), "{sound:?}");
}

/// [R839-6.P1]
#[test]
fn a_page_on_which_somebody_would_be_asked_nothing_is_found() {
    let position = "  [[page.field]]\n  id       = \"email\"";
    let alone = of_entity(
        "form.toml",
        position,
        "[[page]]\nid = \"mail\"\n\n  [[page.field]]\n  id       = \"email\"",
    );
    let found = of_kind(&alone, FindingKind::BadValue);
    assert!(found.iter().any(|finding| finding.message.contains("asked nothing")), "{found:?}");
}
