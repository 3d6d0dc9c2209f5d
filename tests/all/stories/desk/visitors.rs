//! A visitor at a service centre, by the pages of the desk alone and without scripts.

use qyzmet_app::{OFFICER, StepView, conduct::SettleOperator};
use qyzmet_domain::conduct::Carrier;
use xtask::walk::{
    client::{Client, Page},
    html::Form,
};

use super::{
    super::{
        authority::issued_as,
        world::{files_of, well},
    },
    pages::{Visitor, served},
};

const SERVICE: &str = "nca-revoke-centre";

/// Fills the form with this field on a page as these values say, and sends it.
pub(crate) async fn send(desk: &Visitor, path: &str, field: &'static str, values: &[(&str, &str)]) -> Page {
    let path = path.to_owned();
    let values: Vec<_> =
        values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let sent = move |client: &mut Client| {
        let page = client.get(&path).expect("the page");
        let fill = |form: Form, (name, value): &(String, String)| form.with(name, value);
        let form = values.iter().fold(page.form(field).expect("the form"), fill);
        client.send(&page, &form, None).expect("an answer")
    };
    desk.with(sent).await
}

/// [R839-10.P1, R839-10.P4, R839-10.C3, R839-9.P3, R839-15.1a]
#[test]
fn an_officer_serves_a_visitor_by_pages_alone() {
    served(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let people = well(4);
        let (visitor, officer) = (world.person(people[0]).await, world.operator(people[1]).await);
        let serial = issued_as(world, &visitor, "person-sign").await;
        let desk = Visitor::of(world, Some(&officer.token));
        assert!(desk.fetch("/desk").await.text().contains("/desk/start"), "the queue leads to it");

        for (values, error) in [
            (vec![("iin", visitor.iin.as_str())], "service-error"),
            (vec![("service", SERVICE), ("iin", "900101300018")], "iin-error"),
            (vec![("service", SERVICE), ("iin", officer.person.iin.as_str())], "iin-error"),
            (vec![("service", SERVICE), ("iin", "900101300017")], "name-error"),
        ] {
            let page = send(&desk, "/desk/start", "iin", &values).await;
            assert_eq!(page.status, 422, "{error}");
            assert!(page.text().contains(error), "{error}");
        }
        let whole = [("service", SERVICE), ("iin", visitor.iin.as_str())];
        let first = send(&desk, "/desk/start", "iin", &whole).await.at;
        let case = first.strip_prefix("/desk/").and_then(|rest| rest.strip_suffix("/1")).expect("the work");
        let at = |action: u32, what: &str| format!("/desk/{case}/{action}{what}");

        send(&desk, &at(1, "/report"), "visit", &[]).await;
        let gone = desk.fetch(at(1, "")).await.text();
        assert!(gone.contains(&at(2, "")), "the officer goes straight on");
        let papers = [("paper-application", "on"), ("paper-identity-document", "on")];
        send(&desk, &at(2, "/receive"), "visit", &papers).await;

        let form = desk.fetch(at(4, "/fill")).await.text();
        assert!(form.contains(&serial) && form.contains(visitor.iin.as_str()), "whose, and which");
        let empty = send(&desk, &at(4, "/fill"), "seen", &[]).await;
        assert!(empty.status == 422 && empty.text().contains("serial-error"));
        let chosen = [("serial", serial.as_str()), ("reason", "superseded")];
        send(&desk, &at(4, "/fill"), "seen", &chosen).await;
        assert!(desk.fetch(at(6, "")).await.text().contains(&serial), "what is to be certified");
        let (approve, decision) = (at(6, "/approve"), at(6, "/decision.json"));
        let owing = desk.sign(approve.clone(), decision.clone(), &officer, world).await;
        assert_eq!(owing.status, 422);
        assert!(owing.text().contains("15.1"), "whoever certifies owes a carrier first");
        let carrier = Carrier::parse("AKKaztokenStore", "KZ-1").expect("a carrier");
        let settle =
            SettleOperator { account: officer.person.account, carrier, words: "сынақ".to_owned() };
        world.system(settle).await.expect("an operator");
        desk.sign(approve, decision, &officer, world).await;
        // Nobody here is an operator of an authority: the certificate stays.
        let ended = world.ended(&visitor, case.parse().expect("a case")).await;
        assert!(matches!(ended.step, StepView::Refused(refusal) if refusal.clause == "839-2012:10.C3"));

        let archivist = world.officer_of(people[2], "archive", vec![OFFICER]).await;
        let other = Visitor::of(world, Some(&archivist.token));
        for path in ["/desk/start".to_owned(), at(4, "/fill"), at(4, "")] {
            assert_eq!(other.fetch(path.clone()).await.status, 404, "another unit at {path}");
        }
    });
}
