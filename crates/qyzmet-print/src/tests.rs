//! Proofs of the printing: letters, standard, sameness, faults with their place, hostile data, hostile templates.

mod templates;

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{PrintError, render_within};

const HEAD: &str = "#set document(title: \"Сынақ\")\n#set text(lang: \"kk\", font: \"Noto Sans\")\n";
const KAZAKH: &str = "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі";

fn at() -> Timestamp {
    "2026-05-20T20:15:30Z".parse().unwrap()
}

/// As the function of the crate, with a limit that a loaded machine cannot reach.
fn render(template: &str, data: &Value, at: Timestamp) -> Result<Vec<u8>, PrintError> {
    render_within(template, data, at, Duration::from_secs(300))
}

fn print(body: &str, data: &Value) -> Result<Vec<u8>, PrintError> {
    render(&format!("{HEAD}{body}"), data, at())
}

/// What a reader can copy out of the document, by a program that is not ours.
fn text_of(pdf: &[u8]) -> String {
    let mut tool = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext of poppler-utils is needed");
    tool.stdin.take().unwrap().write_all(pdf).unwrap();
    let output = tool.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

fn contains(pdf: &[u8], part: &str) -> bool {
    pdf.windows(part.len()).any(|window| window == part.as_bytes())
}

#[test]
fn kazakh_letters_and_signs_survive_in_the_text() {
    let signs = "№ 12 «сыйақы» 500 ₸ – Әлия Қуанышқызы";
    for style in ["regular", "bold"] {
        let body = format!("#set text(weight: \"{style}\")\n#data.letters \\ #data.signs");
        let text = text_of(&print(&body, &json!({"letters": KAZAKH, "signs": signs})).unwrap());
        assert!(text.contains(KAZAKH) && text.contains(signs), "{text}");
    }
}

#[test]
fn the_document_claims_the_archival_and_the_accessible_standard() {
    let pdf = print("Мәтін", &json!({})).unwrap();
    assert!(contains(&pdf, "<pdfaid:part>2</pdfaid:part>"));
    assert!(contains(&pdf, "<pdfaid:conformance>A</pdfaid:conformance>"));
    assert!(contains(&pdf, "<pdfuaid:part>1</pdfuaid:part>"));
}

#[test]
fn the_date_of_the_document_is_the_time_given() {
    let pdf = print("Мәтін", &json!({})).unwrap();
    assert!(contains(&pdf, "<xmp:CreateDate>2026-05-20T20:15:30+00:00</xmp:CreateDate>"));
}

#[test]
fn today_in_a_template_is_the_day_in_kazakhstan() {
    let pdf = print("#datetime.today().display()", &json!({})).unwrap();
    assert!(text_of(&pdf).contains("2026-05-21"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let body = "= Тақырып\n#data.name\n#image(qr(data.url), alt: \"QR\")";
    let data = json!({"name": KAZAKH, "url": "https://qyzmet.example/v/7"});
    assert_eq!(print(body, &data).unwrap(), print(body, &data).unwrap());
}

#[test]
fn another_time_gives_another_document() {
    let later = at() + jiff::SignedDuration::from_secs(1);
    let template = format!("{HEAD}Мәтін");
    assert_ne!(render(&template, &json!({}), at()), render(&template, &json!({}), later));
}

#[test]
fn markup_and_code_inside_data_are_shown_and_not_executed() {
    let hostile = "#panic(1) *x* $y$ = z \" \\ ] #read(\"/etc/passwd\") <a> @b // c /* d";
    let text = text_of(&print("#data.name", &json!({ "name": hostile })).unwrap());
    assert!(text.contains(hostile), "{text}");
}

#[test]
fn a_wrong_template_is_refused_with_line_and_column() {
    let unknown = render("Бірінші жол\n  #missing", &json!({}), at()).unwrap_err();
    let PrintError::Template { line, column, message } = unknown else { panic!("{unknown}") };
    assert_eq!((line, column, message.as_str()), (2, 4, "unknown variable: missing"));
    let unclosed = render("#let a = (1, 2", &json!({}), at()).unwrap_err();
    let PrintError::Template { line, column, message } = unclosed else { panic!("{unclosed}") };
    assert_eq!((line, column, message.as_str()), (1, 10, "unclosed delimiter"));
}

#[test]
fn a_missing_key_is_refused_at_its_place() {
    let fault = print("#data.number", &json!({})).unwrap_err();
    assert!(matches!(&fault, PrintError::Template { line: 3, message, .. } if message.contains("number")));
}

#[test]
fn a_picture_without_words_is_refused_by_the_standard() {
    let fault = print("\n#image(qr(\"x\"))", &json!({})).unwrap_err();
    assert!(
        matches!(&fault, PrintError::Template { line: 4, message, .. } if message.contains("alt")),
        "{fault}"
    );
}

#[test]
fn a_template_reaches_no_file_package_or_network() {
    for body in [
        "#read(\"/etc/hostname\")",
        "#include \"other.typ\"",
        "#import \"@preview/example:0.1.0\": x",
        "#image(\"https://example.org/x.png\")",
        "#sys.inputs.at(\"HOME\")",
    ] {
        assert!(matches!(print(body, &json!({})), Err(PrintError::Template { .. })), "{body}");
    }
}

#[test]
fn a_character_without_a_glyph_is_named() {
    let fault = print("#data.name", &json!({"name": "漢"})).unwrap_err();
    assert_eq!(fault, PrintError::NoGlyph { character: '漢' });
}

#[test]
fn control_characters_in_data_do_not_panic() {
    let pdf = print("#data.name", &json!({"name": "a\u{0}b\u{1b}c\u{202e}d\r\n"}));
    assert!(matches!(pdf, Ok(_) | Err(PrintError::Template { .. })), "{pdf:?}");
}

#[test]
fn a_qr_code_holds_the_text_and_too_long_a_text_is_refused() {
    assert!(print("#image(qr(data.url), alt: \"x\")", &json!({"url": "https://qyzmet.example"})).is_ok());
    let fault = print("#image(qr(data.url), alt: \"x\")", &json!({"url": "x".repeat(5000)})).unwrap_err();
    assert!(matches!(&fault, PrintError::Template { line: 3, message, .. } if message.contains("too long")));
}

#[test]
fn endless_loops_and_recursion_are_stopped_by_typst() {
    for body in ["#while true {}", "#let f(x) = f(x + 1)\n#f(0)"] {
        assert!(matches!(print(body, &json!({})), Err(PrintError::Template { .. })), "{body}");
    }
}

#[test]
fn a_template_that_takes_too_long_is_given_up() {
    let body = "#{ for i in range(3000) { for j in range(3000) { let _ = calc.pow(2, 9) } } }";
    let limit = Duration::from_millis(20);
    let fault = render_within(&format!("{HEAD}{body}"), &json!({}), at(), limit).unwrap_err();
    assert_eq!(fault, PrintError::TooSlow { limit });
}

#[test]
fn a_fault_does_not_repeat_what_the_data_say() {
    for body in ["#int(data.iin)", "#panic(data.name + data.iin)", "#datetime(year: data.iin)"] {
        let fault = print(body, &json!({"iin": "90010135000X", "name": "Қуаныш"})).unwrap_err().to_string();
        assert!(!fault.contains("90010135000X") && !fault.contains("Қуаныш"), "{fault}");
    }
}

#[test]
fn a_deep_template_is_refused_or_printed_but_ends_no_process() {
    let most = crate::world::MOST_BYTES - HEAD.len();
    for unit in ["+1", ".b", "()", "=x", "+(", "#[", "+x=>1", "+{"] {
        let body = format!("#let x = 1{}", unit.repeat((most - 20) / unit.len()));
        let pdf = print(&body, &json!({}));
        assert!(matches!(pdf, Ok(_) | Err(PrintError::Template { .. })), "{unit}: {pdf:?}");
    }
    let fault = render(&" ".repeat(crate::world::MOST_BYTES + 1), &json!({}), at()).unwrap_err();
    assert!(matches!(fault, PrintError::Template { message, .. } if message.contains("longer")));
}

#[test]
fn code_that_nobody_reviewed_is_out_of_reach() {
    for body in ["#eval(\"1\")", "#std.eval(\"1\")", "#plugin(bytes(()))", "#std.plugin(bytes(()))"] {
        assert!(matches!(print(body, &json!({})), Err(PrintError::Template { .. })), "{body}");
    }
}

const TITLED: &str = "#set document(title: \"Regulation\")\n#set text(lang: \"en\")\n";

fn part(template: &str, data: serde_json::Value) -> crate::Part {
    crate::Part { template: template.to_owned(), data }
}

#[test]
fn a_part_prints_its_own_data_on_pages_of_its_own() {
    let main = part(
        &format!("{TITLED}Main #data.name\n#include \"part-1.typ\"\n#include \"part-2.typ\""),
        serde_json::json!({ "name": "one" }),
    );
    let sample =
        |name: &str| part("#set page(paper: \"a5\")\nPart #data.name", serde_json::json!({ "name": name }));
    let pdf = crate::render_with(main, vec![sample("two"), sample("three")], at()).unwrap();
    let text = text_of(&pdf);
    for words in ["Main one", "Part two", "Part three"] {
        assert!(text.contains(words), "{words} in {text}");
    }
}

#[test]
fn a_part_that_was_not_given_cannot_be_included() {
    let main = part(&format!("{TITLED}#include \"part-2.typ\""), serde_json::json!({}));
    let parts = vec![part("Part", serde_json::json!({}))];
    assert!(matches!(
        crate::render_with(main, parts, at()),
        Err(crate::PrintError::Template { line: 3, .. })
    ));
}
