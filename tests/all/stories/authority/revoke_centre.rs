//! Revocation at a service centre: the visitor need not have the key any more, an operator acts and answers for each step.

use qyzmet_app::{
    Error, NextPage, OFFICER, StepView,
    desk::{Place, ShowDeskForm},
};
use qyzmet_domain::{Caller, CaseId, Locale};
use qyzmet_engine::Channel;
use qyzmet_store::{
    journal,
    repositories::{accounts, certificates::State},
};

use super::{
    super::{
        desk::kind,
        world::{Person, WELL, World, files_of, with_authority},
    },
    centre::{approved, begun, decided, filled, is_by, received, refused, started},
    issue_portal::Operator,
    issued, standing,
};

const SERVICE: &str = "nca-revoke-centre";

/// Names the certificate and the reason at the desk.
async fn named(world: &World, caller: &Caller, case: CaseId, serial: &str) -> Result<NextPage, Error> {
    let values = [("serial", serial), ("reason", "key-compromise")];
    filled(world, caller, Place { case, action: 4 }, ("certificate", &values)).await
}

/// A case whose papers are taken in: the certificate is to be named.
async fn at_the_form(world: &World, visitor: &Person, operator: &Operator) -> CaseId {
    world.publish(files_of(SERVICE)).await.expect("sound");
    let case = begun(world, &operator.officer, (SERVICE, visitor), &[]).await;
    received(world, &operator.officer, case).await;
    case
}

/// [R839-10.P1, R839-10.C1, R839-10.P3, R839-10.P4, R839-10.P5, R839-10.C3, R839-10.P7, R839-T5.9]
#[test]
fn an_operator_revokes_the_certificate_of_a_visitor_who_has_lost_the_key() {
    with_authority(async |world| {
        let (visitor, operator) = (world.person(WELL).await, Operator::new(world).await);
        let own = issued(world, &visitor).await;
        let case = at_the_form(world, &visitor, &operator).await;
        let show = ShowDeskForm { place: Place { case, action: 4 }, page: None, locale: Locale::Kk };
        let form = world.run(&operator.officer.caller, show).await.expect("a form").form;
        let listed: Vec<_> = form.certificates.into_iter().map(|certificate| certificate.serial).collect();
        assert_eq!(listed, std::slice::from_ref(&own), "only the visitor's");
        let next = named(world, &operator.officer.caller, case, &own).await.expect("filled");
        assert_eq!(next, NextPage::Step);

        let signed = approved(world, &operator.officer, Place { case, action: 6 }, &operator.key)
            .await
            .expect("approved");
        assert!(
            String::from_utf8(signed).expect("JSON").contains(&own),
            "what is signed names the certificate"
        );
        // The recipient sees the end of the case in the cabinet, as of any other.
        assert!(matches!(world.ended(&visitor, case).await.step, StepView::Issued { .. }));
        let revoked = standing(world, &own).await;
        assert_eq!((revoked.state, revoked.reason), (State::Revoked, Some(1)), "keyCompromise");

        for what in ["case.opened", "case.arrived", "case.received", "case.filled", "case.approved"] {
            assert!(is_by(world, case, &operator.officer, what).await, "{what} is of somebody else");
        }
    });
}

/// [R839-10.C1, R839-10.P2, R839-T5.3]
#[test]
fn whoever_is_not_identified_is_refused_when_the_papers_are_looked_at() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (visitor, operator) = (world.person(WELL).await, Operator::new(world).await);
        let own = issued(world, &visitor).await;
        let case = begun(world, &operator.officer, (SERVICE, &visitor), &[]).await;
        decided(world, &operator.officer, Place { case, action: 2 }, Some("documents")).await;
        assert_eq!(refused(world, &visitor, case).await, "839-2012:10.C1");
        assert_eq!(standing(world, &own).await.state, State::Good);
    });
}

/// [R839-10.P4, R839-10.C2, R839-T5.5]
#[test]
fn a_certificate_of_somebody_else_is_not_taken_and_the_request_is_refused() {
    with_authority(async |world| {
        let (visitor, operator) = (world.person(WELL).await, Operator::new(world).await);
        let foreign = issued(world, &operator.officer.person).await;
        let case = at_the_form(world, &visitor, &operator).await;
        for serial in [foreign.as_str(), "", "no number", &"5d".repeat(20)] {
            let Err(Error::Invalid(errors)) = named(world, &operator.officer.caller, case, serial).await
            else {
                panic!("taken: {serial}")
            };
            assert!(errors.0.contains_key("serial"), "{serial}");
        }
        decided(world, &operator.officer, Place { case, action: 4 }, Some("request")).await;
        assert_eq!(refused(world, &visitor, case).await, "839-2012:10.C2");
        assert_eq!(standing(world, &foreign).await.state, State::Good);
    });
}

/// [R839-10.C3, R839-10.P6, R839-T5.8]
#[test]
fn a_request_that_no_key_of_an_operator_has_signed_is_refused() {
    with_authority(async |world| {
        let (visitor, operator) = (world.person(WELL).await, Operator::new(world).await);
        let own = issued(world, &visitor).await;
        let case = at_the_form(world, &visitor, &operator).await;
        named(world, &operator.officer.caller, case, &own).await.expect("filled");
        // The officer's own key, which the authority knows, but not as that of an operator.
        issued(world, &operator.officer.person).await;
        approved(world, &operator.officer, Place { case, action: 6 }, &operator.officer.person.sign)
            .await
            .expect("signed");
        assert_eq!(refused(world, &visitor, case).await, "839-2012:10.C3");
        assert_eq!(standing(world, &own).await.state, State::Good);
    });
}

/// [R839-10.C3, R839-19.5c]
#[test]
fn the_signature_of_an_operator_whose_certificate_is_on_hold_revokes_nothing() {
    with_authority(async |world| {
        let (visitor, operator) = (world.person(WELL).await, Operator::new(world).await);
        let own = issued(world, &visitor).await;
        let case = at_the_form(world, &visitor, &operator).await;
        named(world, &operator.officer.caller, case, &own).await.expect("filled");
        operator.is_held(world).await;
        // Either the list has reached the portal already, or the row says so: nothing is revoked in both cases.
        if approved(world, &operator.officer, Place { case, action: 6 }, &operator.key).await.is_ok() {
            assert_eq!(refused(world, &visitor, case).await, "839-2012:10.C3");
        }
        assert_eq!(standing(world, &own).await.state, State::Good);
    });
}

/// [R839-10.P1, R839-5.15]
#[test]
fn nobody_but_an_officer_of_the_unit_starts_or_fills_and_never_for_oneself() {
    with_authority(async |world| {
        let (visitor, operator) = (world.person(WELL).await, Operator::new(world).await);
        let own = issued(world, &visitor).await;
        let case = at_the_form(world, &visitor, &operator).await;
        let stranger = world.officer_of(9, "archive", vec![OFFICER]).await;
        let iin = visitor.iin.as_str();
        assert_eq!(kind(started(world, &stranger.caller, SERVICE, (iin, "")).await), "not-found");
        assert_eq!(kind(named(world, &stranger.caller, case, &own).await), "not-found");
        assert_eq!(kind(named(world, &visitor.caller, case, &own).await), "not-found");
        assert_eq!(kind(started(world, &visitor.caller, SERVICE, (iin, "")).await), "not-found");
        let oneself = operator.officer.person.iin.as_str();
        let started = started(world, &operator.officer.caller, SERVICE, (oneself, "")).await;
        assert!(matches!(started, Err(Error::Desk(qyzmet_app::DeskProblem::OwnRequest))));
        assert_eq!(standing(world, &own).await.state, State::Good);
    });
}

/// [R839-10.P1]
#[test]
fn a_visitor_without_an_account_gets_one_into_which_nobody_signs_in_but_by_the_own_eds() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let operator = Operator::new(world).await;
        let iin = "900101300017";
        let nameless = started(world, &operator.officer.caller, SERVICE, (iin, "  ")).await;
        assert!(matches!(nameless, Err(Error::Desk(qyzmet_app::DeskProblem::NameMissing))));
        let name = (iin, "ҮЛГІБАЕВ  Адам");
        let place = started(world, &operator.officer.caller, SERVICE, name).await.expect("started");
        let again = started(world, &operator.officer.caller, SERVICE, name).await.expect("started");
        assert_eq!(place, again, "a second click finds the same case");
        let view = world.work(&operator.officer, place.case, 1).await;
        assert_eq!((view.recipient.as_str(), view.identifier.as_str()), ("ҮЛГІБАЕВ Адам", iin));
        let number: qyzmet_domain::Iin = iin.parse().expect("an IIN");
        let account = world.app.store.read(move |tx| accounts::by_iin(tx, &number));
        let account = account.await.expect("a store").expect("an account");
        assert!(account.password.is_none(), "no way to sign in with a password");
        let entries =
            world.app.store.read(move |tx| journal::of_case(tx, place.case)).await.expect("entries");
        let opened: qyzmet_engine::Event =
            serde_json::from_value(entries[0].payload.clone().expect("a payload")).expect("an event");
        let qyzmet_engine::Event::Opened { channel, .. } = opened else { panic!("not opened") };
        assert_eq!(channel, Channel::ServiceCentre);
    });
}
