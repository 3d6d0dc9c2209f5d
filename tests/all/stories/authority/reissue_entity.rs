//! Certificates of legal entities and of their people are renewed by the one that still holds: it says for which entity and for
//! whom, the registers are asked anew, and nobody takes the name of an entity by typing its number.

use jiff::SignedDuration;
use qyzmet_app::{
    Error, RefusalView, StepView,
    authority::{ListCertificates, RenewCertificate, ShowEnding},
};
use qyzmet_domain::CaseId;
use qyzmet_pki::authority::{Holder, Organisation, Person as Subject};
use qyzmet_store::repositories::certificates::{self, CertificateRow};

use super::{
    super::world::{OTHER, Person, WELL, World, files_of, hours, pki, with_authority},
    hold,
    issue_entity::{self, FOREIGN, LACKED, OWN, PAPERS, Wish, entity, ordered, profiles, served},
    issue_portal::{Operator, fill, keys, waiting},
    issued_as, row,
};

const SERVICE: &str = "nca-reissue-entity";

/// A certificate that the authority gave somebody earlier, when the papers were in order; its serial number.
async fn held(world: &World, person: &Person, (place, holder): (usize, &str)) -> String {
    let (of, profile) = (entity(place), format!("{holder}-sign"));
    let organisation = Organisation::new(of.name_kk, of.bin.as_str()).expect("an organisation");
    let subject = Subject::new(Some("ҮЛГІ"), Some("АДАМ"), person.iin.as_str()).expect("a person");
    let named = Holder::Member { person: subject, organisation };
    let key = pki().enrol(&profile, named, hours(24, 24 * 360));
    let row = CertificateRow { profile, ..row(person.account, person, &key.chain[0]) };
    let serial = hex::encode(&row.serial);
    world.app.store.write(move |tx| certificates::insert(tx, &row)).await.expect("known");
    serial
}

/// Asks for the renewal of a certificate.
async fn filled(world: &World, person: &Person, serial: &str, claim: &str) -> Result<CaseId, Error> {
    let case = world.start_service(person, SERVICE).await;
    let at = (person, case);
    fill(world, at, "certificate", &[("serial", serial)]).await?;
    fill(world, at, "contact", &[("email", "aliya@example.kz")]).await?;
    fill(world, at, "storage", &[("storage", "carrier")]).await?;
    fill(world, at, "keys", &[("keys", &keys(claim))]).await?;
    Ok(case)
}

/// The same, signed with the recipient's own EDS.
async fn asked(world: &World, person: &Person, serial: &str) -> CaseId {
    let case = filled(world, person, serial, "/CN=x").await.expect("filled");
    signed(world, person, case).await;
    case
}

async fn signed(world: &World, person: &Person, case: CaseId) {
    let signature = world.signature(person, case, &person.sign).await;
    world.present(person, case, None, Some(signature)).await.expect("accepted");
}

async fn refusal(world: &World, person: &Person, case: CaseId) -> RefusalView {
    let StepView::Refused(refusal) = world.ended(person, case).await.step else { panic!("not refused") };
    refusal
}

/// The certificates among which the form lets somebody choose.
async fn listed(world: &World, person: &Person) -> Vec<String> {
    let case = world.start_service(person, SERVICE).await;
    let StepView::Form(form) = world.view(person, case).await.step else { panic!("no form") };
    form.certificates.into_iter().map(|certificate| certificate.serial).collect()
}

/// [R839-7.P1, R839-7.P2, R839-7.P4, R839-7.P6, R839-7.P8, R839-20.3]
#[test]
fn the_first_head_renews_from_the_banner_and_says_neither_entity_nor_holder() {
    with_authority(async |world| {
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let case = ordered(world, &person, &Wish::of(OWN, "head")).await;
        waiting(world, &person, case).await;
        served(world, &operator, case, &PAPERS[..2]).await;
        issue_entity::issued(world, &person, case).await;
        world.publish(files_of(SERVICE)).await.expect("sound");
        let mine = world.run(&person.caller, ListCertificates).await.expect("a list");
        let left = mine[0].not_after.duration_since(world.app.now());
        world.pass(left - SignedDuration::from_hours(24 * 20));
        operator.stays_in_order(world).await;

        let ending = world.run(&person.caller, ShowEnding).await.expect("an end");
        let serial = ending.renewable.expect("offered");
        let case = world.run(&person.caller, RenewCertificate { serial }).await.expect("begun");
        // Entity, holder, address and place of the keys are known: only the keys are made anew.
        fill(world, (&person, case), "keys", &[("keys", &keys("/CN=x"))]).await.expect("taken");
        signed(world, &person, case).await;
        waiting(world, &person, case).await;
        operator.confirms(world, case, 10).await;
        for certificate in issue_entity::issued(world, &person, case).await {
            let subject = certificate.subject();
            assert_eq!(subject.iin.as_deref(), Some(person.iin.as_str()));
            assert_eq!(subject.bin.as_deref(), Some(entity(OWN).bin.as_str()));
            assert_eq!(subject.organisation.as_deref(), Some(entity(OWN).name_kk), "from the register");
        }
        let all = ["head-auth", "head-auth", "head-sign", "head-sign"];
        assert_eq!(profiles(world, &person).await, all);
        let ending = world.run(&person.caller, ShowEnding).await.expect("an end");
        assert_eq!(ending.renewable, None, "the new certificates stand in for the old ones");
    });
}

/// [R839-7.P1, R839-7.P8]
#[test]
fn whoever_leads_nobody_renews_by_the_certificate_that_holds() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        for holder in ["employee", "signatory"] {
            let serial = held(world, &person, (FOREIGN, holder)).await;
            let case = asked(world, &person, &serial).await;
            waiting(world, &person, case).await;
            operator.confirms(world, case, 10).await;
            for certificate in issue_entity::issued(world, &person, case).await {
                assert_eq!(certificate.subject().bin.as_deref(), Some(entity(FOREIGN).bin.as_str()));
            }
            let (auth, sign) = (format!("{holder}-auth"), format!("{holder}-sign"));
            let made = profiles(world, &person).await;
            let made: Vec<_> = made.into_iter().filter(|profile| profile.starts_with(holder)).collect();
            assert_eq!(made, [auth, sign.clone(), sign], "of the same holder as before");
        }
    });
}

/// [R839-7.C1, R839-7.P3]
#[test]
fn whoever_is_no_longer_the_first_head_is_refused_with_the_answer_of_the_register() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let person = world.person(WELL).await;
        let serial = held(world, &person, (FOREIGN, "head")).await;
        let case = asked(world, &person, &serial).await;
        let refusal = refusal(world, &person, case).await;
        assert_eq!(refusal.clause, "839-2012:7.C1");
        let evidence = refusal.evidence.first().expect("evidence");
        assert!(evidence.answer_id.as_ref().is_some_and(|id| !id.is_empty()), "its answer is named");
        assert_eq!(evidence.expected, person.iin.as_str());
        let head = entity(FOREIGN).leader.expect("a head").iin;
        assert_eq!(evidence.found, head.masked(), "who it is else is nobody's business");
        assert_eq!(profiles(world, &person).await, ["head-sign"], "nothing new");
    });
}

/// [R839-7.C1, R839-7.P3]
#[test]
fn for_an_entity_that_the_register_lacks_by_now_nothing_is_renewed() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let person = world.person(WELL).await;
        let serial = held(world, &person, (LACKED, "employee")).await;
        let case = asked(world, &person, &serial).await;
        let refusal = refusal(world, &person, case).await;
        assert_eq!(refusal.clause, "839-2012:7.C1");
        assert_eq!(refusal.evidence.first().expect("evidence").fact, "Мемлекеттік дерекқордағы ұйым");
    });
}

/// [R839-7.P1, R839-7.C2, R839-7.P7]
#[test]
fn only_a_certificate_of_ones_own_in_force_that_names_an_organisation_is_renewed() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, other) = (world.person(WELL).await, world.person(OTHER).await);
        let foreign = held(world, &other, (OWN, "head")).await;
        let individual = issued_as(world, &person, "person-sign").await;
        let resting = held(world, &person, (OWN, "head")).await;
        let own = held(world, &person, (OWN, "head")).await;
        hold(world, &resting).await;
        assert_eq!(listed(world, &person).await, [own], "nothing else is offered");
        for serial in [&foreign, &individual, &resting, &"5d".repeat(20)] {
            let case = asked(world, &person, serial).await;
            let refusal = refusal(world, &person, case).await;
            assert_eq!(refusal.clause, "839-2012:7.C2", "{serial}");
        }
        let left = RenewCertificate { serial: foreign };
        assert!(matches!(world.run(&person.caller, left).await, Err(Error::NotFound)));
    });
}

/// [R839-7.C2, R839-7.P7]
#[test]
fn what_was_revoked_while_the_request_lay_in_the_queue_is_not_renewed() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let serial = held(world, &person, (FOREIGN, "employee")).await;
        let case = asked(world, &person, &serial).await;
        waiting(world, &person, case).await;
        hold(world, &serial).await;
        operator.confirms(world, case, 10).await;
        assert_eq!(refusal(world, &person, case).await.clause, "839-2012:7.C2");
        assert_eq!(profiles(world, &person).await, ["employee-sign"], "nothing new");
    });
}

/// [R839-7.P1, R839-7.P7]
#[test]
fn a_request_for_a_certificate_that_names_another_entity_becomes_none() {
    with_authority(async |world| {
        world.publish(files_of(SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let serial = held(world, &person, (OWN, "head")).await;
        let claim = format!("/CN=x/OU=BIN{}", entity(FOREIGN).bin);
        let case = filled(world, &person, &serial, &claim).await.expect("filled");
        signed(world, &person, case).await;
        waiting(world, &person, case).await;
        operator.confirms(world, case, 10).await;
        assert_eq!(refusal(world, &person, case).await.clause, "839-2012:7.C2");
        assert_eq!(profiles(world, &person).await, ["head-sign"], "nothing new");
    });
}
