//! The page that asks for keys, without scripts and with answers that no browser would send.

use qyzmet_app::Error;
use qyzmet_engine::FieldError;

use super::{
    super::{
        desk::pages::{Visitor, served_with_authority, token},
        world::{WELL, World, files_of, with_authority},
    },
    issue_portal::{SERVICE, at_the_keys, fill, keys},
};

/// [R839-6.P1]
#[test]
fn an_answer_that_is_no_request_for_a_key_is_told_and_the_case_stays_where_it_is() {
    with_authority(async |world: &World| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let person = world.person(WELL).await;
        let case = at_the_keys(world, &person).await;
        for (answer, why) in [
            ("", FieldError::Missing),
            ("{}", FieldError::NotKeys),
            (r#"[{"profile":"sign","request":"MAA="}]"#, FieldError::OtherKeys),
            (
                r#"[{"profile":"sign","request":"MAA="},{"profile":"auth","request":"MAA="}]"#,
                FieldError::UnusableKey,
            ),
        ] {
            let refused = fill(world, (&person, case), "keys", &[("keys", answer)]).await;
            assert!(matches!(refused, Err(Error::Invalid(errors)) if errors.0["keys"] == why), "{answer}");
        }
        assert!(world.view(&person, case).await.request_number.is_none());
        fill(world, (&person, case), "keys", &[("keys", &keys("/CN=x"))]).await.expect("taken");
    });
}

/// [R839-6.P1]
#[test]
fn without_scripts_the_page_says_what_is_needed_and_refuses_in_words() {
    served_with_authority(async |world: &World| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let person = world.person(WELL).await;
        let case = at_the_keys(world, &person).await;
        let visitor = Visitor::of(world, Some(&token(world, &person).await));
        let page = visitor.fetch(format!("/requests/{case}?page=keys")).await;
        assert!(page.text().contains("Кілттер тек браузердің өзінде жасалады"), "{}", page.text());
        let refused = visitor.send(format!("/requests/{case}?page=keys"), "keys", |form| form).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("Кілттерді жасап, олардың файлын сақтаңыз"), "{}", refused.text());
    });
}
