//! Revocation through the portal: only the owner, only the own, at once.

use std::collections::BTreeMap;

use qyzmet_app::{
    Error, FillPage, StepView,
    authority::{ListCertificates, Phase},
};
use qyzmet_domain::{CaseId, Locale};
use qyzmet_store::repositories::certificates::State;

use super::{
    super::world::{OTHER, Person, WELL, World, files_of, with_authority},
    issued, standing,
};

pub(super) const SERVICE: &str = "nca-revoke-portal";

/// Asks for the revocation of a certificate and signs the request.
pub(super) async fn asked(world: &World, person: &Person, serial: &str) -> CaseId {
    let case = world.start_service(person, SERVICE).await;
    filled(world, person, case, serial).await.expect("filled");
    let signature = world.signature(person, case, &person.sign).await;
    world.present(person, case, None, Some(signature)).await.expect("accepted");
    case
}

async fn filled(world: &World, person: &Person, case: CaseId, serial: &str) -> Result<(), Error> {
    let seen = world.seen(person, case).await;
    let values = [("serial", serial), ("reason", "key-compromise")];
    let values: BTreeMap<_, _> = values.map(|(field, value)| (field.to_owned(), value.to_owned())).into();
    let fill = FillPage { case, seen, page: "certificate".to_owned(), values, locale: Locale::Kk };
    world.run(&person.caller, fill).await.map(drop)
}

/// [R839-8.P1, R839-8.C1, R839-8.P3]
#[test]
fn the_owner_revokes_a_certificate_that_the_form_lists() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, other) = (world.person(WELL).await, world.person(OTHER).await);
        let (own, foreign) = (issued(world, &person).await, issued(world, &other).await);
        let case = world.start_service(&person, SERVICE).await;
        let StepView::Form(form) = world.view(&person, case).await.step else { panic!("no form") };
        let listed: Vec<_> = form.certificates.into_iter().map(|certificate| certificate.serial).collect();
        assert_eq!(listed, std::slice::from_ref(&own), "only the own ones");

        let case = asked(world, &person, &own).await;
        let StepView::Issued { .. } = world.ended(&person, case).await.step else { panic!("not revoked") };
        let revoked = standing(world, &own).await;
        assert_eq!((revoked.state, revoked.reason), (State::Revoked, Some(1)), "keyCompromise");
        assert_eq!(standing(world, &foreign).await.state, State::Good);
        let certificates = world.run(&person.caller, ListCertificates).await.expect("a list");
        assert_eq!(certificates[0].phase, Phase::Revoked);
    });
}

/// [R839-8.C1, R839-8.P2]
#[test]
fn nobody_revokes_the_certificate_of_somebody_else_or_the_same_one_twice() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, other) = (world.person(WELL).await, world.person(OTHER).await);
        let (own, foreign) = (issued(world, &person).await, issued(world, &other).await);
        let case = asked(world, &person, &foreign).await;
        let StepView::Refused(refusal) = world.ended(&person, case).await.step else { panic!("not refused") };
        assert_eq!(refusal.clause, "839-2012:8.C1");
        assert_eq!(standing(world, &foreign).await.state, State::Good);

        let case = asked(world, &person, &own).await;
        world.ended(&person, case).await;
        let again = asked(world, &person, &own).await;
        assert!(
            matches!(world.ended(&person, again).await.step, StepView::Refused(_)),
            "there is nothing left"
        );
    });
}

/// [R839-8.P1]
#[test]
fn what_is_no_serial_number_or_no_reason_of_the_list_is_not_taken() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let person = world.person(WELL).await;
        let case = world.start_service(&person, SERVICE).await;
        for serial in ["", "no number", "5d0", &"5d".repeat(21)] {
            let Err(Error::Invalid(errors)) = filled(world, &person, case, serial).await else {
                panic!("taken: {serial}")
            };
            assert!(errors.0.contains_key("serial"));
        }
    });
}
