//! The status of an order for everybody.

use qyzmet_app::authority::{
    OrderAnswer::{Found, Unknown},
    OrderStatus,
};
use qyzmet_domain::RequestNumber;

use super::{
    super::{
        desk::pages::{Visitor, served, served_with_authority},
        world::{WELL, World, files_of, with_authority},
    },
    asking::proof,
    issue_portal::{Operator, SERVICE, keys, ordered, waiting},
};

/// [R839-12.M, R839-A2.17]
#[test]
fn an_order_is_told_step_by_step_to_whoever_has_its_number() {
    with_authority(async |world: &World| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let case = ordered(world, &person, &keys("/CN=x")).await;
        let number = waiting(world, &person, case).await;
        assert_eq!(world.told(&number).await, Found(OrderStatus::WaitsForPapers));
        operator.receives(world, case).await;
        assert_eq!(world.told(&number).await, Found(OrderStatus::Registered));
        operator.approves(world, case, &operator.key).await;
        world.ended(&person, case).await;
        assert_eq!(world.told(&number).await, Found(OrderStatus::Issued));
    });
}

/// [R839-12.M]
#[test]
fn a_refused_order_is_told_without_its_reason() {
    with_authority(async |world: &World| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let case = ordered(world, &person, &keys("/CN=x")).await;
        let number = waiting(world, &person, case).await;
        operator.receives(world, case).await;
        operator.approves(world, case, &operator.officer.person.sign).await;
        world.ended(&person, case).await;
        assert_eq!(world.told(&number).await, Found(OrderStatus::Refused));
    });
}

/// [R839-12.M]
#[test]
fn a_number_of_nobody_and_a_number_of_another_service_are_answered_alike() {
    with_authority(async |world: &World| {
        let person = world.person(WELL).await;
        let case = world.filled(&person, "+77010000123").await;
        let code = world.code("+77010000123").await;
        world.confirm(&person, case, &code).await.expect("confirmed");
        let other = world.view(&person, case).await.request_number.expect("a number");
        assert_eq!(world.told(&other.parse().expect("a number")).await, Unknown);
        assert_eq!(world.told(&RequestNumber::new(2026, 31).expect("a number")).await, Unknown);
    });
}

/// [R839-A2.4, R839-A2.16]
#[test]
fn the_page_tells_the_status_after_a_proof_of_work_and_nothing_about_the_person() {
    served_with_authority(async |world: &World| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let person = world.person(WELL).await;
        let case = ordered(world, &person, &keys("/CN=x")).await;
        let number = waiting(world, &person, case).await;
        let stranger = Visitor::of(world, None);
        let difficulty = world.app.settings.captcha.difficulty;
        let (picture, answer) = stranger
            .with(move |client| {
                let page = client.get("/orders").expect("the page");
                let form = page.form("captcha-token").expect("the form");
                let token = form.fields.iter().find(|(name, _)| name == "captcha-token").expect("a token");
                let picture = client.fetch(&format!("/captcha/{}", token.1)).expect("a picture");
                let proof = proof(&token.1, difficulty);
                let filled = form.clone().with("number", number.as_str()).with("captcha-proof", &proof);
                (picture, client.send(&page, &filled, None).expect("an answer"))
            })
            .await;
        assert!(picture.bytes.starts_with(b"\x89PNG"), "{}", picture.status);
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(answer.text().contains("Құжаттарды тапсыру күтілуде"), "{}", answer.text());
        for personal in [person.iin.as_str(), person.login.as_str(), "ҮЛГІ"] {
            assert!(!answer.text().contains(personal));
        }
    });
}

/// [R839-A2.18]
#[test]
fn a_mistyped_number_and_a_missing_code_are_told_beside_their_fields() {
    served(async |world: &World| {
        let stranger = Visitor::of(world, None);
        for (number, told) in [
            ("", "Тапсырыс нөмірін енгізіңіз"),
            ("2026-0000-0000-0311", "Нөмірде қате бар"),
            (RequestNumber::new(2026, 31).expect("a number").as_str(), "Суреттегі кодты енгізіңіз"),
        ] {
            let number = number.to_owned();
            let typed = number.clone();
            let send = move |client: &mut xtask::walk::client::Client| {
                let page = client.get("/orders").expect("the page");
                let form = page.form("captcha-token").expect("the form").with("number", &typed);
                client.send(&page, &form, None).expect("an answer")
            };
            let page = stranger.with(send).await;
            assert_eq!(page.status, 422);
            assert!(page.text().contains(told), "{}", page.text());
            assert!(page.text().contains(&format!("value=\"{number}\"")), "what was typed stays");
        }
    });
}
