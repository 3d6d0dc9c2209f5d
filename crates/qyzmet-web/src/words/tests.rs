//! The locale files against each other and against the pages: gaps, leftovers, wrong letters.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use super::*;

/// Key -> text as written, of one language.
fn messages_of(locale: Locale) -> BTreeMap<String, String> {
    let mut messages: BTreeMap<String, String> = BTreeMap::new();
    for (file, text) in sources(locale) {
        let mut key = None;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            match key_of_line(line) {
                Some(next) => {
                    assert!(!messages.contains_key(next), "{file}: {next} is defined twice");
                    messages.insert(next.to_owned(), line[line.find('=').unwrap() + 1..].to_owned());
                    key = Some(next.to_owned());
                }
                None => messages.entry(key.clone().unwrap_or_default()).or_default().push_str(line),
            }
        }
    }
    messages.remove("");
    messages
}

/// The places for words in a text: `$name` of Fluent, `{name}` of the elements.
fn places(text: &str) -> BTreeSet<String> {
    let name = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphabetic()).collect::<String>();
    let of =
        |mark: &str| text.split(mark).skip(1).map(name).filter(|name| !name.is_empty()).collect::<Vec<_>>();
    of("$").into_iter().chain(of("\"{")).collect()
}

/// Every handler and template.
fn pages() -> String {
    fn gather(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(&path, all);
            } else if !path.ends_with("words/tests.rs") {
                all.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut all = String::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    all
}

/// The string after each occurrence of an opening such as `f.t("`.
fn literals<'a>(pages: &'a str, opening: &str) -> BTreeSet<&'a str> {
    pages.split(opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_language_has_the_same_keys_and_the_same_places_for_words() {
    let kazakh = messages_of(Locale::Kk);
    assert!(kazakh.len() > 300, "the Kazakh files are read");
    for locale in [Locale::Ru, Locale::En] {
        let other = messages_of(locale);
        assert_eq!(kazakh.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{locale}");
        for (key, text) in &kazakh {
            assert!(!other[key].trim().is_empty(), "{locale}: {key} is empty");
            // The Russian and English of a word may need a number that the Kazakh does not.
            assert!(places(text).is_subset(&places(&other[key])), "{locale}: {key}");
        }
    }
}

#[test]
fn every_text_that_a_page_asks_for_is_there() {
    let pages = pages();
    let known = messages_of(Locale::Kk);
    let openings = [
        ".t(\"",
        ".with(\"",
        ".count(\"",
        ".frame(\"",
        "and(visit, \"signature\", \"",
        "and(&visit, \"login\", \"",
    ];
    let asked: BTreeSet<&str> = openings.iter().flat_map(|opening| literals(&pages, opening)).collect();
    let missing: Vec<_> =
        asked.iter().filter(|key| key.contains('-') && !known.contains_key(**key)).collect();
    assert!(asked.len() > 150 && missing.is_empty(), "{missing:?}");
}

#[test]
fn no_text_is_left_over() {
    let pages = pages();
    let families: BTreeSet<&str> = ["f.of(\"", "f.word(\"", "f.group(\"", "format!(\""]
        .iter()
        .flat_map(|opening| literals(&pages, opening))
        .map(|text| text.split('{').next().unwrap_or_default().trim_end_matches('-'))
        .filter(|family| family.len() > 2)
        .collect();
    let in_family = |key: &str| {
        families.iter().any(|family| key.strip_prefix(family).is_some_and(|rest| rest.starts_with('-')))
    };
    let unused: Vec<String> = messages_of(Locale::Kk)
        .into_keys()
        .filter(|key| !pages.contains(&format!("\"{key}\"")) && !in_family(key))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn no_word_mixes_latin_and_cyrillic_letters() {
    let cyrillic = |c: char| ('\u{400}'..='\u{52f}').contains(&c);
    for locale in Locale::ALL {
        for (key, text) in messages_of(locale) {
            for word in text.split(|c: char| !c.is_alphabetic()) {
                let mixed = word.chars().any(cyrillic) && word.chars().any(|c| c.is_ascii_alphabetic());
                assert!(!mixed, "{locale}: {key}: {word}");
                let kazakh = word.chars().any(|c| "әғқңөұүһі".contains(c.to_lowercase().next().unwrap()));
                assert!(locale == Locale::Kk || !kazakh, "{locale}: {key}: {word} is Kazakh");
            }
        }
    }
}

#[test]
fn numbers_choose_the_plural_form_of_the_language() {
    let found = |locale, count| with(locale, "services-found", &[("count", Word::Count(count))]);
    assert_eq!(found(Locale::Kk, 5), "5 қызмет табылды");
    assert_eq!(found(Locale::Ru, 1), "Найдена 1 услуга");
    assert_eq!(found(Locale::Ru, 3), "Найдено 3 услуги");
    assert_eq!(found(Locale::Ru, 11), "Найдено 11 услуг");
    assert_eq!(found(Locale::En, 1), "1 service found");
}

#[test]
fn words_are_put_in_without_isolation_marks() {
    let text = with(Locale::Kk, "status-due", &[("time", Word::Text("10:41"))]);
    assert_eq!(text, "Қызмет көрсету мерзімі аяқталатын уақыт: 10:41");
}

#[test]
fn an_unknown_key_shows_itself() {
    assert_eq!(text(Locale::Ru, "no-such-key"), "no-such-key");
    assert_eq!(known(Locale::Ru, "no-such-key"), None);
}

#[test]
fn the_words_of_an_element_come_as_one_object() {
    let words: serde_json::Value = serde_json::from_str(&group(Locale::Kk, "qz-sign")).unwrap();
    assert_eq!(words["support"], "Қолдау коды: {code}");
    assert_eq!(words["button-file"], "Қол қою");
}

#[test]
fn words_that_the_app_gives_have_texts() {
    use qyzmet_app::SignatureProblem::{
        Expired, Malformed, NotYetValid, OtherContent, OtherPerson, Revoked, Undetermined, Unsupported,
        Untrusted, WrongPurpose,
    };
    let signatures = [
        Malformed,
        OtherContent,
        OtherPerson,
        Expired,
        NotYetValid,
        Revoked,
        WrongPurpose,
        Untrusted,
        Unsupported,
        Undetermined,
    ];
    let signatures =
        signatures.iter().flat_map(|problem| ["signature", "reason"].map(|family| (family, problem.key())));
    let means = qyzmet_domain::Means::ALL.iter().map(|means| ("means", means.as_str()));
    let fields =
        ["missing", "too-long", "wrong-script", "hostile", "not-a-date", "not-an-answer", "wrong-length"];
    let numbers = ["not-digits", "wrong-check-digit", "wrong-kind", "foreign-phone", "not-mobile"];
    let fields = fields.into_iter().chain(numbers).map(|code| ("problem", code));
    let states = ["open", "running", "issued", "refused", "finished"].map(|state| ("state", state));
    for (family, word) in signatures.chain(means).chain(fields).chain(states) {
        let key = format!("{family}-{}", word.replace(':', "-"));
        assert!(known(Locale::Kk, &key).is_some(), "{key}");
    }
}
