//! The contract with the register of legal entities: client and simulator over real signed SOAP, and answers in all shapes.

use std::time::Duration;

use jiff::SignedDuration;
use qyzmet_app::ports::{
    ConsentToken, Fault, OrganisationAnswer, OrganisationQuestion, OrganisationRegister,
};
use qyzmet_domain::{Bin, Iin, Register};

use super::{Client, answer, demo::organisations};
use crate::{
    breaker::{BreakerConfig, BreakerState},
    gbd_fl::people::demo_people,
    shep::{
        Said, status,
        test_support::{BREAKER, Behind, GATEWAY_BIN, no_consent, way_to_nobody},
    },
    test_support::{message, now, text_of},
};

struct Story {
    behind: Behind,
    register: Client,
}

async fn story_with(timeout: Duration) -> Story {
    let behind = Behind::gateway(GATEWAY_BIN, 20, timeout).await;
    Story { register: Client::new(behind.way.clone(), BREAKER), behind }
}

async fn story() -> Story {
    story_with(Duration::from_secs(10)).await
}

/// Who asks in these tests.
fn me() -> Iin {
    demo_people()[0].iin.clone()
}

/// The invented entity with this number, from 1.
fn bin(number: usize) -> Bin {
    organisations()[number - 1].bin.clone()
}

fn question(number: usize, consent: ConsentToken) -> OrganisationQuestion {
    OrganisationQuestion { message: message(2), at: now(), bin: bin(number), requestor: me(), consent }
}

impl Story {
    /// Asks with a consent of one's own.
    async fn ask(&self, number: usize) -> Result<OrganisationAnswer, Fault> {
        let consent = self.behind.token(&me(), Register::LegalEntities).await?;
        self.ask_with(number, consent).await
    }

    async fn ask_with(&self, number: usize, consent: ConsentToken) -> Result<OrganisationAnswer, Fault> {
        self.register.organisation(question(number, consent)).await
    }
}

#[test]
fn all_invented_entities_have_numbers_that_are_issued() {
    assert_eq!(organisations().len(), 5);
    assert!(organisations()[1].leader.is_some());
}

/// [R839-5.12]
#[tokio::test]
async fn an_entity_is_found_with_names_registration_address_and_leader() {
    let answer = story().await.ask(1).await.unwrap();
    let entity = answer.organisation.unwrap();
    assert_eq!(entity.bin, bin(1));
    assert_eq!(
        (entity.name_kk.as_str(), entity.name_ru.as_str()),
        ("«Үлгі Құрылыс» ЖШС", "ТОО «Улги Курылыс»")
    );
    assert_eq!(entity.registered.to_string(), "2015-01-20");
    assert!(entity.address.unwrap().starts_with("Астана қаласы, "));
    let leader = entity.leader.unwrap();
    assert_eq!((leader.iin, leader.name.as_str()), (me(), "Серікбаева Айгерім Нұрланқызы"));
    assert_eq!((leader.position_kk.as_str(), leader.position_ru.as_str()), ("директор", "директор"));
    assert_eq!(answer.answer_id.len(), 36);
}

/// [R839-6.P2]
#[tokio::test]
async fn the_register_tells_whose_entity_it_is_and_whose_it_is_not() {
    let story = story().await;
    let led_by =
        async |number| story.ask(number).await.unwrap().organisation.unwrap().leader.map(|leader| leader.iin);
    let somebody = led_by(2).await.unwrap();
    assert!(demo_people().iter().all(|person| person.iin != somebody));
    assert_eq!(led_by(3).await, Some(demo_people()[1].iin.clone()));
    assert_eq!(led_by(4).await, None, "the post is vacant");
}

/// [R839-6.C1]
#[tokio::test]
async fn an_entity_that_the_register_lacks_is_an_answer_with_a_number_and_not_a_fault() {
    let story = story().await;
    let answer = story.ask(5).await.unwrap();
    assert!(answer.organisation.is_none());
    assert_eq!(answer.answer_id.len(), 36);
    assert_eq!(story.register.breaker(), BreakerState::Closed);
}

/// [R58-A.9.2]
#[tokio::test]
async fn without_a_consent_of_whoever_asks_and_for_this_very_register_it_refuses_for_good() {
    let story = story().await;
    let foreign = story.behind.token(&demo_people()[2].iin, Register::LegalEntities).await.unwrap();
    let of_persons = story.behind.token(&me(), Register::Individuals).await.unwrap();
    for consent in [foreign, of_persons, no_consent()] {
        assert_eq!(story.ask_with(1, consent).await.err(), Some(Fault::Rejected("no consent".to_owned())));
    }
}

#[tokio::test]
async fn whatever_is_wrong_with_an_answer_is_a_typed_fault_and_never_an_absence() {
    let story = story().await;
    let consent = story.behind.token(&me(), Register::LegalEntities).await.unwrap();
    for mode in ["fault", "malformed", "truncated", "dtd", "wrong-signature", "down"] {
        story.behind.switch(mode).await;
        let fault = story.ask_with(1, consent.clone()).await.err().unwrap();
        assert!(fault.is_passing(), "{mode}: {fault}");
        story.behind.clock.advance(SignedDuration::from_secs(11));
    }
    story.behind.switch("ok").await;
    assert!(story.ask_with(1, consent).await.is_ok());
}

/// [R839-5.6]
#[tokio::test]
async fn one_register_that_is_down_opens_its_own_breaker_only() {
    let story = story_with(Duration::from_millis(200)).await;
    let consent = story.behind.token(&me(), Register::LegalEntities).await.unwrap();
    story.behind.switch("slow").await;
    for _ in 0..3 {
        assert_eq!(story.ask_with(1, consent.clone()).await.err(), Some(Fault::Timeout));
    }
    assert_eq!(story.register.breaker(), BreakerState::Open);
    assert_eq!(story.behind.breaker_of_consents(), BreakerState::Closed);
    story.behind.switch("ok").await;
    story.behind.clock.advance(SignedDuration::from_secs(10));
    assert!(story.ask_with(1, consent).await.is_ok());
    assert_eq!(story.register.breaker(), BreakerState::Closed);
}

#[tokio::test]
async fn the_gateway_s_page_lists_its_entities() {
    let story = story().await;
    let page = text_of(story.behind.gateway.page, "/").await;
    assert!(organisations().iter().all(|entity| page.contains(entity.bin.as_str())));
}

/// Reads an answer as it could come about the first entity.
fn read(status: &str, data: &str) -> Result<OrganisationAnswer, Fault> {
    let asked = question(1, no_consent());
    let data = data.replace("$message", &asked.message.to_string()).replace("$bin", asked.bin.as_str());
    let document = roxmltree::Document::parse(&data).unwrap();
    answer::read(&Said { status, data: Some(document.root_element()) }, &asked)
}

const GOOD: &str = "<data><requestNumber>$message</requestNumber><status><Code>001</Code></status><businessData>\
    <ReportNumber>7</ReportNumber><Organization><BIN>$bin</BIN><OrganizationNameKz>Ү</OrganizationNameKz>\
    <OrganizationNameRu>У</OrganizationNameRu><RegistrationDate>2015-01-20+05:00</RegistrationDate>\
    <OrganizationLeader><FIO>С А</FIO><PositionInfo><NameKz>б</NameKz><NameRu>д</NameRu></PositionInfo>\
    <IIN>$iin</IIN></OrganizationLeader></Organization></businessData></data>";

fn good() -> String {
    GOOD.replace("$iin", me().as_str())
}

#[test]
fn what_is_whole_is_read() {
    let entity = read(status::DONE, &good()).unwrap().organisation.unwrap();
    assert_eq!((entity.registered.to_string().as_str(), entity.address), ("2015-01-20", None));
}

/// [R839-5.12]
#[test]
fn whatever_is_not_understood_is_a_fault() {
    for (from, to) in [
        ("$message", "another"),
        ("<Code>001", "<Code>002"),
        ("<Code>001", "<Code>777"),
        ("<status><Code>001</Code></status>", ""),
        ("<ReportNumber>7</ReportNumber>", ""),
        ("$bin", "180740004561"),
        ("<OrganizationNameKz>Ү", "<OrganizationNameKz>"),
        ("<OrganizationNameRu>У", "<OrganizationNameRu>"),
        ("2015-01-20", "20.01.2015"),
        ("<IIN>", "<IIN>0"),
        ("<FIO>С А</FIO>", ""),
        ("<NameKz>б</NameKz>", ""),
        ("</Organization>", "</Organization><Organization/>"),
    ] {
        let broken = good().replacen(from, to, 1);
        assert_ne!(broken, good(), "{from}");
        let fault = read(status::DONE, &broken).err();
        assert!(matches!(fault, Some(Fault::Malformed(_))), "{from} -> {to}: {fault:?}");
    }
    assert!(matches!(read("SCSX999", &good()), Err(Fault::Malformed(_))));
}

#[tokio::test]
async fn nobody_listening_is_not_reachable() {
    let register = Client::new(way_to_nobody().await, BreakerConfig::default());
    let asked = register.organisation(question(1, no_consent())).await;
    assert_eq!(asked.err(), Some(Fault::Unavailable("connection refused".to_owned())));
}
