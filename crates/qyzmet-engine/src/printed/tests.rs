//! What the printed regulation says; that it can be printed is proved where the printer is.

use qyzmet_domain::Locale;

use crate::Phrases;
use crate::samples::{edited, regulation};

fn words(locale: Locale) -> String {
    regulation().printed(locale).data.to_string()
}

/// [R1116-1, R1116-2, R1116-3, R1116-4, R1116-9, R1116-10, R1116-17]
#[test]
fn the_head_names_provider_standard_degree_type_status_contacts_and_devices() {
    let text = words(Locale::Kk);
    for part in [
        "Цифрлық даму, инновациялар және аэроғарыш өнеркәсібі министрлігі",
        "№ 58 бұйрығы",
        "30.03.2024",
        "толықтай автоматтандырылған",
        "транзакциялық",
        "мәртебесін тексеру тәсілі",
        "1414, 8-800-080-7777",
        "ұтқыр телефон",
    ] {
        assert!(text.contains(part), "{part}");
    }
}

/// [R1116-11]
#[test]
fn a_unit_with_a_working_time_of_its_own_is_printed_with_it() {
    let unit = "id   = \"portal\"\nkind = \"system\"\n";
    let days = "days = [\"monday\", \"tuesday\"]\n";
    let folder = edited("process.toml", unit, &format!("{unit}{days}"));
    let text = |locale| crate::read(&folder).unwrap().printed(locale).data.to_string();
    assert!(text(Locale::Kk).contains("; дс–сс, 09:00–13:00, 14:00–18:00)"), "{}", text(Locale::Kk));
    assert!(text(Locale::Ru).contains("; пн–вт, 09:00–13:00, 14:00–18:00)"));
}

/// [R1116-8]
#[test]
fn screen_forms_come_from_the_live_form_in_both_languages() {
    for (locale, page, button) in [
        (Locale::Kk, "Қандай нөмірді қосасыз?", "Тексеру кодын алу"),
        (Locale::Ru, "Какой номер подключить?", "Получить код проверки"),
    ] {
        let forms = regulation().printed(locale).data["forms"].clone();
        assert_eq!(forms["pages"].as_array().unwrap().len(), regulation().form.pages.len());
        assert_eq!(forms["pages"][0]["title"], page);
        assert_eq!(forms["pages"][0]["button"], button);
        assert_eq!(forms["pages"][1]["fields"][0]["kind"], "yes-no");
    }
    let changed = edited("form.toml", "required = true\n  button", "required = false\n  button");
    let forms = crate::read(&changed).unwrap().printed(Locale::Kk).data["forms"].clone();
    assert!(forms["pages"][0]["fields"][0]["label"].as_str().unwrap().ends_with("(міндетті емес)"));
}

/// [R1116-14]
#[test]
fn samples_hold_every_ground_every_message_and_every_other_ending() {
    let regulation = regulation();
    let samples = regulation.printed(Locale::Kk).data["samples"].clone();
    let grounds = samples["grounds"].as_array().unwrap();
    assert_eq!(grounds.len(), regulation.service.grounds.len());
    assert_eq!(samples["messages"].as_array().unwrap().len(), 3);
    assert_eq!(samples["outcomes"].as_array().unwrap().len(), 1);
    assert!(!samples.to_string().contains('$'), "a placeholder is a blank on paper: {samples}");
}

/// [R1116-A4.0, R1116-A4.1, R1116-A4.2, R1116-A4.3]
#[test]
fn the_questionnaire_has_two_questions_and_three_answers_in_order() {
    let survey = regulation().printed(Locale::Kk).data["survey"].clone();
    assert_eq!(survey["questions"].as_array().unwrap().len(), 2);
    let answers: Vec<_> =
        survey["answers"].as_array().unwrap().iter().filter_map(|one| one.as_str()).collect();
    assert_eq!(answers, ["қанағаттанған жоқпын", "ішінара қанағаттанамын", "қанағаттанамын"]);
}

/// [R1116-5.Z]
#[test]
fn a_service_adds_words_of_its_own_to_the_glossary() {
    let mut folder = crate::samples::number_link();
    for name in ["text.kk.toml", "text.ru.toml", "text.en.toml"] {
        let text = String::from_utf8(folder.0[name].clone()).unwrap();
        folder.0.insert(name.to_owned(), format!("{text}\n[glossary]\nSIM = \"SIM\"\n").into_bytes());
    }
    let printed = crate::read(&folder).unwrap().printed(Locale::Kk);
    let items = printed.data["sections"][0]["items"].as_array().unwrap();
    assert_eq!(items.last().unwrap(), "SIM – SIM");
}

/// [R1116-11, R1116-12]
#[test]
fn units_and_the_whole_table_are_there() {
    let data = regulation().printed(Locale::Ru).data;
    assert_eq!(data["sections"][2]["items"].as_array().unwrap().len(), 3);
    let columns: usize = data["table"]["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["columns"].as_array().unwrap().len())
        .sum();
    assert_eq!(columns, regulation().process.actions.len());
    assert_eq!(data["table"]["heads"].as_array().unwrap().len(), 6);
    assert_eq!(data["table"]["heads"][0], Phrases::of(Locale::Ru).say("table.number"));
}

#[test]
fn no_word_is_missing_in_any_language() {
    for locale in Locale::ALL {
        assert!(!words(locale).contains('⟦'), "{locale}");
    }
}

/// [R839-6.P1]
#[test]
fn a_field_of_keys_is_printed_as_the_list_of_keys_that_are_made() {
    let mut folder =
        edited("form.toml", "type     = \"mobile-number\"", "type = \"keys\"\nprofiles = [\"single\"]");
    let text = |locale| format!("text.{locale}.toml");
    for (locale, words) in [(Locale::Kk, "Бір кілт"), (Locale::Ru, "Один ключ"), (Locale::En, "One key")]
    {
        folder
            .0
            .get_mut(&text(locale))
            .unwrap()
            .extend(format!("\n[profile]\nsingle = \"{words}\"\n").bytes());
    }
    let printed = crate::read_draft(&folder).unwrap().printed(Locale::Kk).data;
    let field = &printed["forms"]["pages"][0]["fields"][0];
    assert_eq!((&field["kind"], &field["keys"][0]), (&"keys".into(), &"Бір кілт".into()));
}
