//! The contract with the register of legal entities: client and simulator over real signed SOAP, and answers in all shapes.

use std::time::Duration;

use jiff::SignedDuration;
use qyzmet_app::ports::{
    ConsentQuestion, ConsentService, ConsentToken, Fault, OrganisationAnswer, OrganisationQuestion,
    OrganisationRegister,
};
use qyzmet_domain::{Bin, Iin, Register};

use super::{Client, SERVICE_ID, answer, demo::organisations};
use crate::{
    breaker::{BreakerConfig, BreakerState},
    gbd_fl::people::demo_people,
    kdp,
    shep::{Gateway, GatewayConfig, Said, simulator, status},
    simulation::Running,
    test_support::{ANY, Ca, clock, message, now, switch, text_of},
};

const GATEWAY_BIN: &str = "991240000013";
const PORTAL_BIN: &str = "980540000019";

struct Story {
    gateway: Running,
    register: Client,
    consents: kdp::Client,
    clock: crate::Clock,
}

async fn gateway(ca: &Ca) -> Running {
    let options = simulator::Options {
        addr: ANY,
        identity: ca.organisation("GATEWAY", GATEWAY_BIN),
        trust: ca.trust(),
        seed: 5,
        people: 20,
        slow: Duration::from_secs(60),
        clock: clock(),
    };
    simulator::serve(options, std::future::pending()).await.unwrap()
}

async fn story_with(timeout: Duration) -> Story {
    let ca = Ca::new();
    let gateway = gateway(&ca).await;
    let clock = clock();
    let way = Gateway::new(GatewayConfig {
        url: format!("http://{}{}", gateway.addr, simulator::SYNC_PATH),
        sender_id: "pep".to_owned(),
        password: None,
        identity: ca.organisation("PORTAL", PORTAL_BIN),
        trust: ca.trust(),
        gateway_bin: GATEWAY_BIN.parse().unwrap(),
        timeout,
        clock: clock.clone(),
    });
    let (way, company_bin) = (way.unwrap(), PORTAL_BIN.parse().unwrap());
    let breaker = BreakerConfig { failures: 3, rest: SignedDuration::from_secs(10) };
    let asker = kdp::Asker { company: "Портал".to_owned(), company_bin };
    let register = Client::new(way.clone(), SERVICE_ID, breaker);
    Story { gateway, register, consents: kdp::Client::new(way, asker, breaker), clock }
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
    async fn token(&self, iin: &Iin, register: Register) -> Result<ConsentToken, Fault> {
        let purpose = "Ұйымның деректері".to_owned();
        let question =
            ConsentQuestion { message: message(1), at: now(), iin: iin.clone(), register, purpose };
        self.consents.token(question).await
    }

    /// Asks with a consent of one's own.
    async fn ask(&self, number: usize) -> Result<OrganisationAnswer, Fault> {
        let consent = self.token(&me(), Register::LegalEntities).await?;
        self.ask_with(number, consent).await
    }

    async fn ask_with(&self, number: usize, consent: ConsentToken) -> Result<OrganisationAnswer, Fault> {
        self.register.organisation(question(number, consent)).await
    }

    async fn switch(&self, mode: &str) {
        switch(self.gateway.page, mode).await;
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
    let foreign = story.token(&demo_people()[2].iin, Register::LegalEntities).await.unwrap();
    let of_persons = story.token(&me(), Register::Individuals).await.unwrap();
    let none = ConsentToken { token: String::new(), public_key: String::new() };
    for consent in [foreign, of_persons, none] {
        assert_eq!(story.ask_with(1, consent).await.err(), Some(Fault::Rejected("no consent".to_owned())));
    }
}

#[tokio::test]
async fn whatever_is_wrong_with_an_answer_is_a_typed_fault_and_never_an_absence() {
    let story = story().await;
    let consent = story.token(&me(), Register::LegalEntities).await.unwrap();
    for mode in ["fault", "malformed", "truncated", "dtd", "wrong-signature", "down"] {
        story.switch(mode).await;
        let fault = story.ask_with(1, consent.clone()).await.err().unwrap();
        assert!(fault.is_passing(), "{mode}: {fault}");
        story.clock.advance(SignedDuration::from_secs(11));
    }
    story.switch("ok").await;
    assert!(story.ask_with(1, consent).await.is_ok());
}

/// [R839-5.6]
#[tokio::test]
async fn one_register_that_is_down_opens_its_own_breaker_only() {
    let story = story_with(Duration::from_millis(200)).await;
    let consent = story.token(&me(), Register::LegalEntities).await.unwrap();
    story.switch("slow").await;
    for _ in 0..3 {
        assert_eq!(story.ask_with(1, consent.clone()).await.err(), Some(Fault::Timeout));
    }
    assert_eq!(story.register.breaker(), BreakerState::Open);
    assert_eq!(story.consents.breaker(), BreakerState::Closed);
    story.switch("ok").await;
    story.clock.advance(SignedDuration::from_secs(10));
    assert!(story.ask_with(1, consent).await.is_ok());
    assert_eq!(story.register.breaker(), BreakerState::Closed);
}

#[tokio::test]
async fn the_gateway_s_page_lists_its_entities() {
    let story = story().await;
    let page = text_of(story.gateway.page, "/").await;
    assert!(organisations().iter().all(|entity| page.contains(entity.bin.as_str())));
}

/// Reads an answer as it could come about the first entity.
fn read(status: &str, data: &str) -> Result<OrganisationAnswer, Fault> {
    let consent = ConsentToken { token: String::new(), public_key: String::new() };
    let asked = question(1, consent);
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
    let ca = Ca::new();
    let (listener, addr) = crate::simulation::listen(ANY).await.unwrap();
    drop(listener);
    let way = Gateway::new(GatewayConfig {
        url: format!("http://{addr}/"),
        sender_id: "pep".to_owned(),
        password: None,
        identity: ca.organisation("PORTAL", PORTAL_BIN),
        trust: ca.trust(),
        gateway_bin: GATEWAY_BIN.parse().unwrap(),
        timeout: Duration::from_secs(5),
        clock: clock(),
    });
    let register = Client::new(way.unwrap(), SERVICE_ID, BreakerConfig::default());
    let none = ConsentToken { token: String::new(), public_key: String::new() };
    let asked = register.organisation(question(1, none)).await;
    assert_eq!(asked.err(), Some(Fault::Unavailable("connection refused".to_owned())));
}
