//! What people type: missing, wrong, hostile. Each is named at its field, nothing of it gets further, nothing breaks.

use std::collections::BTreeMap;

use qyzmet_app::{Error, FillPage, NextPage, SaveDraft, ShowRequest, StepView};
use qyzmet_domain::{CaseId, Locale};
use qyzmet_engine::FieldError;

use super::world::{Person, WELL, World, on_both_engines};

const NUMBER: &str = "+77010000123";

async fn mistake(world: &World, person: &Person, case: CaseId, number: &str) -> FieldError {
    match world.answer(person, case, "number", ("number", number)).await {
        Err(Error::Invalid(errors)) => *errors.0.get("number").expect("a mistake in the number"),
        Err(other) => panic!("another error: {other}"),
        Ok(_) => panic!("a number of {} letters was taken", number.chars().count()),
    }
}

/// [R58-2.1]
#[test]
fn a_number_that_is_none_of_this_country_is_named_at_its_field() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let case = world.start(&person).await;
        let wrong = [
            ("", FieldError::Missing),
            ("   ", FieldError::Missing),
            ("+1 202 555 0100", FieldError::ForeignPhone),
            ("+7 727 250 00 00", FieldError::NotMobile),
            ("+7 701 000 01", FieldError::WrongLength),
        ];
        for (number, expected) in wrong {
            assert_eq!(mistake(world, &person, case, number).await, expected, "{number}");
        }
        assert!(matches!(world.view(&person, case).await.step, StepView::Form(_)));
        assert_eq!(world.journalled(&person, "case.filled").await, 0);
    });
}

/// [R58-2.1]
#[test]
fn hostile_values_are_refused_as_a_mistake_and_not_as_a_fault() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let case = world.start(&person).await;
        let long = "7".repeat(1_000_000);
        let numbers =
            ["\0", "+7701\u{0}0000123", "\u{202e}+77010000123", "+7701000012\u{b3}", "нөмір", "'; --", &long];
        for number in numbers {
            mistake(world, &person, case, number).await;
        }
        for consent in ["maybe", "\0", "GIVEN\u{202e}", &long] {
            world.answer(&person, case, "number", ("number", NUMBER)).await.expect("a number");
            let answer = world.answer(&person, case, "consent", ("identity-documents", consent)).await;
            assert!(matches!(answer, Err(Error::Invalid(_))));
        }
        assert!(world.outside.inbox.to(NUMBER).is_empty(), "no code has left");
    });
}

/// [R58-A.9.2]
#[test]
fn the_consent_must_be_answered_and_no_page_can_be_passed_over() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let case = world.start(&person).await;
        let consent = ("identity-documents", "yes");
        let next = world.answer(&person, case, "consent", consent).await.expect("an answer");
        assert_eq!(next, NextPage::Page("number".to_owned()), "the number is still missing");
        let missing = world.answer(&person, case, "consent", ("other", "yes")).await;
        assert!(matches!(missing, Err(Error::Invalid(_))));
        let unknown = world.answer(&person, case, "payment", consent).await;
        assert!(matches!(unknown, Err(Error::NotFound)));
        let next = world.answer(&person, case, "number", ("number", NUMBER)).await.expect("an answer");
        assert_eq!(next, NextPage::Page("consent".to_owned()));
        let next = world.answer(&person, case, "consent", consent).await.expect("an answer");
        assert_eq!(next, NextPage::Step);
    });
}

/// [R74-3.1]
#[test]
fn a_draft_keeps_whatever_was_typed_in_bounds_and_harms_nothing() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let case = world.start(&person).await;
        let seen = world.seen(&person, case).await;
        for typed in ["+7 70", "\u{202e}тест", "a\0b", "\u{1b}[31m", &"ж".repeat(1_000_000)] {
            let values = BTreeMap::from([
                ("number".to_owned(), typed.to_owned()),
                ("another\0field".to_owned(), "x".to_owned()),
            ]);
            let draft = SaveDraft { case, seen, page: "number".to_owned(), values };
            world.run(&person.caller, draft).await.expect("kept");
            let show = ShowRequest { case, page: Some("number".to_owned()), locale: Locale::Ru };
            let view = world.run(&person.caller, show).await.expect("a view");
            let StepView::Form(form) = view.step else { panic!("not a form") };
            assert!(form.fields[0].value.chars().count() <= 4_000);
        }
        world.fill(&person, case, NUMBER, "yes").await.expect("filled");
    });
}

/// [R58-5.2b]
#[test]
fn the_message_comes_in_the_persons_language_and_is_bound_to_the_portal() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let words = [(Locale::Kk, "Ешкімге айтпаңыз"), (Locale::Ru, "Никому"), (Locale::En, "not tell")];
        for (index, (locale, words)) in words.into_iter().enumerate() {
            let number = format!("+7701000000{index}");
            let case = world.start(&person).await;
            world.answer(&person, case, "number", ("number", &number)).await.expect("a number");
            let values = BTreeMap::from([("identity-documents".to_owned(), "yes".to_owned())]);
            let seen = world.seen(&person, case).await;
            let fill = FillPage { case, seen, page: "consent".to_owned(), values, locale };
            world.run(&person.caller, fill).await.expect("filled");
            let text = world.message(&number).await;
            assert!(text.contains(words), "the words of {locale}");
            let last = text.lines().last().expect("a last line");
            assert!(last.starts_with("@portal.example #"), "the last line binds the code to the portal");
            assert!(text.chars().count() <= 70, "one message of 70 letters: {}", text.chars().count());
            assert_eq!(text.matches("@portal.example").count(), 1);
        }
    });
}
