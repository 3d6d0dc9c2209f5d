//! The service of order 58 as its standard describes it, row by row, in the act's own words.

use jiff::civil::date;
use qyzmet_domain::classification::{Method, Warning};
use qyzmet_domain::{Clause, Locale, Means, OtpPurpose};

use crate::samples::regulation;
use crate::service::{Automation, Fee, Schedule};
use crate::{Channel, FieldKind, PASSPORT_ROWS, run_example};

/// [R58-4a]
#[test]
fn the_service_has_the_name_and_the_channels_of_the_act() {
    let regulation = regulation();
    let title = "Абоненттік нөмірді «электрондық үкіметтің» веб-порталының есептік жазбасына қосу";
    assert_eq!(regulation.title(Locale::Kk), title);
    assert!(regulation.is_offered_on(Channel::Portal) && regulation.is_offered_on(Channel::MobileApp));
}

/// [R58-4b]
#[test]
fn the_standard_has_ten_rows_in_each_language() {
    let regulation = regulation();
    for locale in Locale::ALL {
        let rows = regulation.passport(locale);
        assert_eq!(rows.each_ref().map(|row| row.number), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        assert_eq!(rows.each_ref().map(|row| row.id), PASSPORT_ROWS);
        assert!(rows.iter().all(|row| !row.head.is_empty() && !row.content.is_empty()), "{locale}");
    }
}

/// Head and content of one row in Kazakh.
fn row(number: usize) -> (String, String) {
    let regulation = regulation();
    let rows = regulation.passport(Locale::Kk);
    (rows[number - 1].head.to_owned(), rows[number - 1].content.to_owned())
}

/// [R58-A.1]
#[test]
fn row_one_names_the_provider() {
    let (head, content) = row(1);
    assert_eq!(head, "Көрсетілетін қызметті берушінің атауы");
    let ministry =
        "Қазақстан Республикасының Цифрлық даму, инновациялар және аэроғарыш өнеркәсібі министрлігі";
    assert_eq!(content, ministry);
}

/// [R58-A.2]
#[test]
fn row_two_names_the_channels_that_are_switched_on() {
    let (head, content) = row(2);
    assert_eq!(head, "Мемлекеттік қызметті ұсыну тәсілдері");
    assert!(content.contains("мобильді қосымшасы, екінші деңгейлі банктердің мобильді қосымшалары"));
    assert_eq!(regulation().service.channels, [Channel::Portal, Channel::MobileApp, Channel::BankApp]);
}

/// [R58-A.3]
#[test]
fn row_three_is_ten_minutes() {
    assert_eq!(row(3).1, "Қызмет көрсету мерзімі – 10 (он) минут");
    assert_eq!(regulation().service.term.limit.to_string(), "10 min");
}

/// [R58-A.4]
#[test]
fn row_four_is_fully_automated() {
    assert_eq!(row(4).1, "Электрондық (толық автоматтандырылған)");
    assert_eq!(regulation().service.automation, Automation::Full);
}

/// [R58-A.6]
#[test]
fn row_six_is_free_of_charge() {
    assert_eq!(row(6).1, "Тегін");
    assert_eq!(regulation().service.fee, Fee::Free);
}

/// [R58-A.7]
#[test]
fn row_seven_is_round_the_clock() {
    assert!(
        row(7).1.contains(
            "тәулік бойы, жөндеу жұмыстарын жүргізуге байланысты техникалық үзілістерді қоспағанда"
        )
    );
    assert_eq!(regulation().service.schedule, Schedule::AroundTheClock);
}

/// [R58-A.9.2]
#[test]
fn row_nine_has_exactly_two_grounds() {
    let grounds = regulation().service.grounds;
    let clauses: Vec<_> = grounds.iter().map(|ground| ground.clause.to_string()).collect();
    assert_eq!(clauses, ["58-2016:A.9.1", "58-2016:A.9.2"]);
}

/// [R58-A.10]
#[test]
fn row_ten_gives_the_contact_centre() {
    let regulation = regulation();
    assert_eq!(regulation.service.contacts, ["1414", "8-800-080-7777"]);
    assert!(regulation.service.contacts.iter().all(|number| row(10).1.contains(number)));
}

/// [R58-5.2a]
#[test]
fn the_button_has_exactly_the_words_of_the_act() {
    let regulation = regulation();
    let field = regulation.form.field("number").unwrap();
    assert_eq!(field.kind, FieldKind::MobileNumber);
    let key = format!("button.{}", field.button.as_ref().unwrap());
    assert_eq!(regulation.text(Locale::Kk, &key), Some("Тексеру кодын алу"));
}

/// [R10-3]
#[test]
fn the_class_is_computed_from_the_passport() {
    let regulation = regulation();
    let class = regulation.classification();
    assert_eq!(class.points.each_ref().map(|point| point.points), [2, 2, 0, 0]);
    assert_eq!((class.score, class.method), (4, Method::Eds));
    assert_eq!(class.because.last(), Some(&Clause::fixed("10-2016", "5.8")));
}

/// [R10-ST]
#[test]
fn a_new_classification_says_that_order_10_was_due_to_lose_force() {
    let (class, warning) = regulation().classification_on(date(2026, 11, 21));
    assert_eq!(class, *regulation().classification());
    assert!(matches!(warning, Some(Warning::DueToHaveLostForce { act: "10-2016", .. })));
}

/// [R58-A.8a]
#[test]
fn each_channel_asks_what_its_paragraph_asks() {
    let (regulation, code) = (regulation(), Means::Otp(OtpPurpose::Number));
    assert_eq!(regulation.confirmation(Channel::Portal), [code, Means::Eds]);
    assert_eq!(regulation.confirmation(Channel::MobileApp), [code, Means::Biometrics]);
    assert_eq!(regulation.confirmation(Channel::BankApp), [code, Means::Biometrics, Means::NumberMatch]);
    assert!(regulation.confirmation(Channel::Ussd).is_empty());
}

/// [R10-A1.1.2]
#[test]
fn without_a_listed_exception_the_class_decides() {
    let confirm = "clauses    = [\"58-2016:5.2\", \"58-2016:6.2\", \"58-2016:7\"]";
    let mut folder = crate::samples::edited("service.toml", confirm, "");
    let text = String::from_utf8(folder.0["service.toml"].clone()).unwrap();
    let own = |line: &&str| !line.starts_with("[confirm]") && !line.contains("\"otp:number\"");
    let text = text.lines().filter(own).collect::<Vec<_>>().join("\n");
    folder.0.insert("service.toml".to_owned(), text.into_bytes());
    folder.0.retain(|name, _| !name.starts_with("examples/"));
    assert_eq!(crate::read(&folder).unwrap().confirmation(Channel::Portal), [Means::Eds]);
}

/// [R58-5.2b]
#[test]
fn the_message_with_the_code_fits_one_sms_and_is_bound_to_its_origin() {
    let regulation = regulation();
    for locale in Locale::ALL {
        let values = [("code", "123456"), ("host", "qyzmet.gov.kz")];
        let text = regulation.message(locale, "code", &values).unwrap();
        assert!(text.chars().count() <= 70, "{text}");
        assert_eq!(text.lines().last(), Some("@qyzmet.gov.kz #123456"));
        assert!(text.lines().next().unwrap().contains("123456"));
    }
}

#[test]
fn every_sample_case_of_the_service_runs_as_it_says() {
    let regulation = regulation();
    for example in &regulation.examples {
        let path = run_example(&regulation, example).unwrap_or_else(|why| panic!("{}: {why}", example.name));
        assert_eq!(path.actions.first(), Some(&1));
    }
    let outcomes: std::collections::BTreeSet<_> =
        regulation.examples.iter().map(|e| e.then.outcome.as_str()).collect();
    assert_eq!(outcomes.into_iter().collect::<Vec<_>>(), ["issued", "not-linked", "refused"]);
}

/// The class after one passage of the passport is changed; examples are left out, for they may run otherwise then.
fn score_with(from: &str, to: &str) -> [u8; 4] {
    let mut folder = crate::samples::edited("service.toml", from, to);
    folder.0.retain(|name, _| !name.starts_with("examples/"));
    crate::read(&folder).unwrap().classification().points.each_ref().map(|point| point.points)
}

/// [R10-3.3]
#[test]
fn criterion_three_follows_from_the_term_of_the_standard() {
    assert_eq!(score_with("limit = \"10 min\"", "limit = \"30 min\""), [2, 2, 0, 0]);
    assert_eq!(score_with("limit = \"10 min\"", "limit = \"31 min\""), [2, 2, 1, 0]);
    assert_eq!(score_with("limit = \"10 min\"", "limit = \"1 working-day\""), [2, 2, 1, 0]);
}

/// [R10-3.4]
#[test]
fn criterion_four_follows_from_the_fee_of_the_standard() {
    assert_eq!(score_with("\"free\"", "\"paid\""), [2, 2, 0, 1]);
}

/// [R10-3]
#[test]
fn a_service_without_its_answers_cannot_be_published() {
    for answer in ["disclosure-risk  =", "changes-register ="] {
        let folder = crate::samples::edited("service.toml", answer, "another-answer =");
        assert!(crate::read(&folder).is_err(), "{answer}");
    }
}
