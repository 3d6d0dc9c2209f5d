//! Nothing personal and no secret may stand in a log (invariant 7).

use std::{fs, path::Path};

use serde_json::Value;

/// Fails when a log of any part holds one of the words; the message names the file, not the word.
pub(super) fn hold_nothing_personal(logs: &Path, forbidden: &[String]) {
    for entry in fs::read_dir(logs).expect("a folder of logs").flatten() {
        let text = fs::read_to_string(entry.path()).expect("a log");
        for (index, line) in text.lines().enumerate() {
            let line = without_time(line);
            let found = forbidden.iter().position(|word| holds(&line, word));
            if let Some(which) = found {
                let name = entry.path().display().to_string();
                panic!("{name}:{}: secret or personal word no. {which} stands in the log: {line}", index + 1);
            }
        }
    }
}

/// The line without its own time: its microseconds look like a code.
fn without_time(line: &str) -> String {
    match serde_json::from_str::<Value>(line) {
        Ok(Value::Object(mut fields)) => {
            fields.remove("timestamp");
            fields.remove("at");
            Value::Object(fields).to_string()
        }
        _ => line.to_owned(),
    }
}

/// Whether the word stands in the line; digits count only when they are not part of a longer number.
fn holds(line: &str, word: &str) -> bool {
    if !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return line.contains(word);
    }
    line.match_indices(word).any(|(start, _)| {
        let before = line.get(..start).and_then(|text| text.chars().next_back());
        let after = line.get(start + word.len()..).and_then(|text| text.chars().next());
        let goes_on =
            |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_hexdigit() || letter == '.');
        !goes_on(before) && !after.is_some_and(|letter| letter.is_ascii_hexdigit())
    })
}

#[test]
fn a_code_is_found_and_a_fraction_of_a_second_is_not() {
    assert!(holds("code 123456 sent", "123456"));
    assert!(!holds("took 0.123456 s", "123456") && !holds("ab123456cd", "123456"));
}
