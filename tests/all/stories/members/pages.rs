//! The same over HTTP, by pages alone and without scripts: the form of an event, and the members on the applicant's page.

use super::{
    super::{
        desk::pages::{Visitor, served, token},
        world::{OTHER, WELL},
    },
    verdict,
};

/// [R1116-7.10]
#[test]
fn an_officer_reports_an_event_on_a_form_that_asks_what_the_table_asks() {
    served(async |world| {
        world.with_package().await;
        let (person, officer) = (world.person(WELL).await, world.operator(OTHER).await);
        let case = world.start_service(&person, super::INSPECTION).await;
        let desk = Visitor::of(world, Some(&officer.token));
        let place = format!("/desk/{case}/2");
        assert!(desk.fetch("/desk").await.text().contains(&place), "the queue leads to the work");
        let work = desk.fetch(place.clone()).await.text();
        assert!(work.contains(&format!("{place}/report")) && !work.contains(&format!("{place}/take")));
        let form = format!("{place}/report");
        let forged = desk.send(form.clone(), "visit", |form| form.with("csrf", "forged")).await;
        assert_eq!(forged.status, 403, "a form of the desk needs the token of its session");
        let half = desk.send(form.clone(), "visit", |form| form.with("says-verdict", "good")).await.text();
        assert!(half.contains("says-note-error"), "the note is missing");
        assert!(half.contains("value=\"good\" checked"), "what was said stands");
        let old = desk
            .send(form.clone(), "visit", |form| {
                form.with("visit", "1").with("says-verdict", "good").with("says-note", "Бүтін")
            })
            .await;
        assert!(old.at.ends_with(&place), "a form of another visit changes nothing");
        assert_eq!(world.journalled(&person, "case.arrived").await, 0);
        let whole =
            |form: xtask::walk::html::Form| form.with("says-verdict", "good").with("says-note", "Бүтін");
        desk.send(form.clone(), "visit", whole).await;
        assert_eq!(world.journalled(&person, "case.arrived").await, 1);
        let over = desk.fetch(form).await;
        assert!(over.at.ends_with(&place), "what has come is not asked again");
    });
}

/// [R10-2.5]
#[test]
fn the_applicant_sees_the_members_each_with_its_state_and_a_way_to_it() {
    served(async |world| {
        world.with_package().await;
        let (person, officer) = (world.person(WELL).await, world.operator(OTHER).await);
        let case = world.package(&person).await;
        let inspection = world.inspection(&person, case).await;
        world.inspect(&officer, inspection, verdict("bad")).await.expect("reported");
        world.ended(&person, inspection).await;
        let visitor = Visitor::of(world, Some(&token(world, &person).await));
        let page = visitor.fetch(format!("/requests/{case}/status")).await.text();
        let (_, members) = page.split_once("Осы өтініштің қызметтері").expect("the members");
        assert!(members.contains(&format!("/requests/{inspection}")) && members.contains("Сынақ анықтамасы"));
        assert!(members.contains("qz-badge--late"), "the refused one is told apart");
        let own = visitor.fetch(format!("/requests/{inspection}")).await;
        assert_eq!(own.status, 200);
        world.ended(&person, case).await;
    });
}
