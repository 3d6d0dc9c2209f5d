//! Certificates for legal entities, their heads, employees and information systems: the entity is that of the register of legal
//! entities, the person that of the register of individuals, and whoever does not lead the entity proves the authority.

use std::time::Duration;

use jiff::SignedDuration;
use qyzmet_app::{
    Error, RefusalView, StepView,
    authority::{ListCertificates, ShowInstall},
    desk::{Place, ReceivePapers, ReportEvent},
};
use qyzmet_connectors::gbd_ul::demo::{Organisation, organisations};
use qyzmet_domain::{CaseId, Locale};
use qyzmet_pki::Certificate;
use qyzmet_store::repositories::certificates::{self, CertificateRow, State};

use super::{
    super::world::{Person, WELL, World, eventually, files_of, turn, with_authority},
    issue_portal::{Operator, fill, keys, refused, waiting},
    revoke_portal::{self, asked},
    standing,
    strict::judged,
};

pub(super) const SERVICE: &str = "nca-issue-entity";
/// Led by the first person of the demo.
pub(super) const OWN: usize = 0;
/// Led by somebody who is nobody of the demo.
pub(super) const FOREIGN: usize = 1;
/// Not in the register.
pub(super) const LACKED: usize = 4;
pub(super) const PAPERS: [&str; 3] = ["application", "identity-document", "authority"];

pub(super) fn entity(place: usize) -> Organisation {
    organisations().swap_remove(place)
}

/// What somebody asks for: for an entity, for whom, in which position, with which claim in the requests for certificates.
pub(super) struct Wish<'a> {
    pub(super) entity: usize,
    pub(super) holder: &'a str,
    pub(super) position: Option<&'a str>,
    pub(super) claim: String,
}

impl<'a> Wish<'a> {
    pub(super) fn of(entity: usize, holder: &'a str) -> Self {
        Self { entity, holder, position: None, claim: "/CN=whatever a browser says".to_owned() }
    }
}

/// A form that is filled in up to the page on which position and address are asked.
async fn at_the_contact(world: &World, person: &Person, wish: &Wish<'_>) -> CaseId {
    world.publish(files_of(SERVICE)).await.expect("sound");
    let case = world.start_service(person, SERVICE).await;
    let bin = entity(wish.entity).bin.to_string();
    fill(world, (person, case), "entity", &[("bin", &bin)]).await.expect("taken");
    fill(world, (person, case), "holder", &[("holder", wish.holder)]).await.expect("taken");
    case
}

pub(super) async fn ordered(world: &World, person: &Person, wish: &Wish<'_>) -> CaseId {
    let case = at_the_contact(world, person, wish).await;
    let at = (person, case);
    let mut contact = vec![("email", "aliya@example.kz")];
    contact.extend(wish.position.map(|position| ("position", position)));
    fill(world, at, "contact", &contact).await.expect("taken");
    let centre =
        [("region", "Ақмола облысы"), ("settlement", "Көкшетау"), ("registration-centre", "№ 1 ХҚКО")];
    fill(world, at, "centre", &centre).await.expect("taken");
    fill(world, at, "storage", &[("storage", "carrier")]).await.expect("taken");
    fill(world, at, "keys", &[("keys", &keys(&wish.claim))]).await.expect("taken");
    case
}

/// The operator takes these papers in.
async fn received(world: &World, by: &Operator, case: CaseId, papers: &[&str]) -> Result<(), Error> {
    let (place, visit) = (Place { case, action: 9 }, world.work(&by.officer, case, 9).await.visit);
    let papers = papers.iter().map(|paper| (*paper).to_owned()).collect();
    world.run(&by.officer.caller, ReceivePapers { place, visit, papers }).await
}

/// The recipient stands at the centre.
async fn arrived(world: &World, by: &Operator, case: CaseId) {
    let (place, visit) = (Place { case, action: 8 }, world.work(&by.officer, case, 8).await.visit);
    world.run(&by.officer.caller, ReportEvent { place, visit, says: [].into() }).await.expect("here");
}

/// Everything that the operator does for an order.
pub(super) async fn served(world: &World, by: &Operator, case: CaseId, papers: &[&str]) {
    arrived(world, by, case).await;
    received(world, by, case, papers).await.expect("received");
    by.confirms(world, case, 11).await;
}

/// The certificates of a case that has ended well, judged by others.
pub(super) async fn issued(world: &World, person: &Person, case: CaseId) -> Vec<Certificate> {
    let view = world.ended(person, case).await;
    assert!(matches!(view.step, StepView::Issued { .. }), "not issued");
    let number = view.request_number.expect("a number").parse().expect("a number");
    let install = world.run(&person.caller, ShowInstall { number, locale: Locale::Kk }).await;
    let install = install.expect("certificates");
    let mut profiles: Vec<_> = install.certificates.iter().map(|one| one.profile).collect();
    profiles.sort_unstable();
    assert_eq!(profiles, ["auth", "sign"], "each beside the key that was made for it");
    judged(world, &install)
}

pub(super) async fn rows(world: &World, person: &Person) -> Vec<CertificateRow> {
    let account = person.account;
    world.app.store.read(move |tx| certificates::of_account(tx, account, 10)).await.expect("rows")
}

pub(super) async fn profiles(world: &World, person: &Person) -> Vec<String> {
    let mut profiles: Vec<_> = rows(world, person).await.into_iter().map(|row| row.profile).collect();
    profiles.sort();
    profiles
}

async fn refusal(world: &World, person: &Person, wish: &Wish<'_>) -> RefusalView {
    let case = ordered(world, person, wish).await;
    let StepView::Refused(refusal) = world.ended(person, case).await.step else { panic!("not refused") };
    refusal
}

/// [R839-6.P1, R839-6.P2, R839-6.C1, R839-6.P9, R839-6.P11, R839-20.3, R839-8.P3]
#[test]
fn the_first_head_whom_the_register_names_needs_no_paper_and_can_revoke_later() {
    with_authority(async |world| {
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let own = entity(OWN);
        let claim = format!("/CN=x/OU=BIN{}", own.bin);
        let case = ordered(world, &person, &Wish { claim, ..Wish::of(OWN, "head") }).await;
        waiting(world, &person, case).await;
        arrived(world, &operator, case).await;
        let work = world.work(&operator.officer, case, 9).await;
        let asked_for: Vec<_> = work.papers.iter().map(|paper| paper.id.as_str()).collect();
        assert_eq!(asked_for, &PAPERS[..2], "the register has said who leads");
        received(world, &operator, case, &PAPERS[..2]).await.expect("received");
        operator.confirms(world, case, 11).await;
        for certificate in issued(world, &person, case).await {
            let subject = certificate.subject();
            assert_eq!(subject.iin.as_deref(), Some(person.iin.as_str()));
            assert_eq!(subject.bin.as_deref(), Some(own.bin.as_str()));
            assert_eq!(subject.organisation.as_deref(), Some(own.name_kk), "from the register");
        }
        assert_eq!(profiles(world, &person).await, ["head-auth", "head-sign"]);

        world.publish(files_of(revoke_portal::SERVICE)).await.expect("sound");
        let mine = world.run(&person.caller, ListCertificates).await.expect("a list");
        let serial = &mine.iter().find(|one| one.profile == "head-sign").expect("listed").serial;
        let case = asked(world, &person, serial).await;
        world.ended(&person, case).await;
        assert_eq!(standing(world, serial).await.state, State::Revoked);
    });
}

/// [R839-6.C1, R839-6.P3, R839-5.12] A representative is checked in both.
#[test]
fn whoever_is_not_the_first_head_is_refused_with_the_answer_of_the_register() {
    with_authority(async |world| {
        let person = world.person(WELL).await;
        let refusal = refusal(world, &person, &Wish::of(FOREIGN, "head")).await;
        assert_eq!(refusal.clause, "839-2012:6.C1");
        let evidence = refusal.evidence.first().expect("evidence");
        assert!(evidence.answer_id.as_ref().is_some_and(|id| !id.is_empty()), "its answer is named");
        assert_eq!(evidence.expected, person.iin.as_str());
        let head = entity(FOREIGN).leader.expect("a head").iin;
        assert_eq!(evidence.found, head.masked(), "who it is else is nobody's business");
        assert!(rows(world, &person).await.is_empty());
    });
}

/// [R839-6.C1, R839-6.P3]
#[test]
fn an_entity_that_the_register_lacks_gets_nothing() {
    with_authority(async |world| {
        let person = world.person(WELL).await;
        let refusal = refusal(world, &person, &Wish::of(LACKED, "organisation")).await;
        assert_eq!(refusal.clause, "839-2012:6.C1");
        let evidence = refusal.evidence.first().expect("evidence");
        assert_eq!(evidence.fact, "Мемлекеттік дерекқордағы ұйым");
        assert!(evidence.answer_id.is_some());
    });
}

/// Time passes, but no faster than whoever carries a job out: they must not find its lease over.
async fn later(world: &World) {
    world.pass(SignedDuration::from_secs(5));
    tokio::time::sleep(Duration::from_millis(100)).await;
}

/// [R839-6.P2] A register that is down is a delay, never a refusal.
#[test]
fn registers_that_are_down_delay_the_order() {
    with_authority(async |world| {
        let person = world.person(WELL).await;
        turn(world.outside.gateway, "down").await;
        let case = ordered(world, &person, &Wish::of(OWN, "head")).await;
        eventually("a delay", async || {
            later(world).await;
            match world.view(&person, case).await.step {
                StepView::Running { delayed } => delayed.then_some(()),
                _ => panic!("a fault of a system has ended the case"),
            }
        })
        .await;
        turn(world.outside.gateway, "ok").await;
        eventually("a number", async || {
            later(world).await;
            world.view(&person, case).await.request_number
        })
        .await;
    });
}

/// [R839-6.P6, R839-6.C2]
#[test]
fn employees_say_their_position_and_bring_proof_of_their_authority() {
    with_authority(async |world| {
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let case = at_the_contact(world, &person, &Wish::of(FOREIGN, "employee")).await;
        let silent = fill(world, (&person, case), "contact", &[("email", "aliya@example.kz")]).await;
        let Err(Error::Invalid(errors)) = silent else { panic!("taken without a position") };
        assert!(errors.0.contains_key("position"));
        for (holder, expected) in [
            ("employee", ["employee-auth", "employee-sign"].as_slice()),
            ("signatory", &["employee-auth", "employee-sign", "signatory-auth", "signatory-sign"]),
        ] {
            let wish = Wish { position: Some("бас бухгалтер"), ..Wish::of(FOREIGN, holder) };
            let case = ordered(world, &person, &wish).await;
            waiting(world, &person, case).await;
            arrived(world, &operator, case).await;
            let lacking = received(world, &operator, case, &PAPERS[..2]).await;
            assert!(lacking.is_err(), "taken without proof of authority");
            received(world, &operator, case, &PAPERS).await.expect("received");
            operator.confirms(world, case, 11).await;
            for certificate in issued(world, &person, case).await {
                assert_eq!(certificate.subject().bin.as_deref(), Some(entity(FOREIGN).bin.as_str()));
            }
            assert_eq!(profiles(world, &person).await, expected);
        }
    });
}

/// [R839-6.P11]
#[test]
fn an_entity_and_its_information_system_get_certificates_that_name_no_person() {
    with_authority(async |world| {
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        for (place, holder, papers) in
            [(OWN, "organisation", &PAPERS[..2]), (OWN, "system", &PAPERS[..2]), (FOREIGN, "system", &PAPERS)]
        {
            let case = ordered(world, &person, &Wish::of(place, holder)).await;
            waiting(world, &person, case).await;
            served(world, &operator, case, papers).await;
            for certificate in issued(world, &person, case).await {
                let subject = certificate.subject();
                assert_eq!(subject.iin, None);
                assert_eq!(subject.common_name.as_deref(), Some(entity(place).name_kk));
                assert_eq!(subject.bin.as_deref(), Some(entity(place).bin.as_str()));
            }
        }
        let rows = rows(world, &person).await;
        assert_eq!(rows.len(), 6);
        let bins = [entity(OWN).bin.to_string(), entity(FOREIGN).bin.to_string()];
        assert!(rows.iter().all(|row| row.holder.as_ref().is_some_and(|holder| bins.contains(holder))));
    });
}

/// [R839-6.P1, R839-6.P10]
#[test]
fn a_request_that_names_another_entity_or_a_person_instead_becomes_no_certificate() {
    with_authority(async |world| {
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let wrong = [
            ("head", format!("/CN=x/OU=BIN{}", entity(FOREIGN).bin)),
            ("system", format!("/CN=x/OU=BIN{}", entity(FOREIGN).bin)),
            ("organisation", format!("/CN=x/serialNumber=IIN{}", person.iin)),
        ];
        for (holder, claim) in wrong {
            let case = ordered(world, &person, &Wish { claim, ..Wish::of(OWN, holder) }).await;
            waiting(world, &person, case).await;
            served(world, &operator, case, &PAPERS[..2]).await;
            assert_eq!(refused(world, &person, case).await, "839-2012:6.C3", "{holder}");
        }
        assert!(rows(world, &person).await.is_empty());
    });
}
