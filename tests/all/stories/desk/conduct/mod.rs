//! Each duty of order 839 around an operator of the authority, broken on purpose: the portal refuses with the clause, or
//! somebody is told.

mod appeals;
mod bound;
mod checks;
mod departure;
mod lock;
mod onboarding;
mod pages;
mod papers;
mod suspended;
mod yearly;

use jiff::civil::Date;
use qyzmet_app::{
    Error, HEAD, OFFICER,
    conduct::{
        AcknowledgeInstruction, AnswerOnboarding, AttestWorkstation, FileOnboarding, GiveCarrier,
        ListOperators, OnboardingVerdict, PERSONNEL, RESPONSIBLE, RingDuties, ShowOperator, ShowPledge,
        SignPledge, Upload,
    },
};
use qyzmet_domain::{DutyId, conduct::DutyKind};
use qyzmet_pki::cms;

use super::{
    super::world::{Person, World},
    Officer,
};

/// Who answers for operators: at the centre, at the provider, and the direct head.
struct Around {
    personnel: Officer,
    responsible: Officer,
    head: Officer,
}

/// A document as a scanner makes it.
fn scan(words: &str) -> Upload {
    Upload::parse(format!("%PDF-1.7 {words}").into_bytes()).expect("a document")
}

/// The three documents of a case.
fn papers() -> [Option<Upload>; 3] {
    ["хат", "өтініш", "бұйрық"].map(|words| Some(scan(words)))
}

/// The ground and clause of a refusal.
fn refusal<T>(outcome: Result<T, Error>) -> (String, String) {
    match outcome {
        Err(Error::Refused(refusal)) => (refusal.ground, refusal.clause.to_string()),
        Err(other) => panic!("a refusal was expected, but: {other}"),
        Ok(_) => panic!("a refusal was expected"),
    }
}

fn ground(word: &str, place: &str) -> (String, String) {
    (word.to_owned(), format!("839-2012:{place}"))
}

impl World {
    async fn around(&self, numbers: &[u32]) -> Around {
        Around {
            personnel: self.officer_of(numbers[0], "operator", vec![OFFICER, PERSONNEL]).await,
            responsible: self.officer_of(numbers[1], "provider", vec![OFFICER, RESPONSIBLE]).await,
            head: self.officer_of(numbers[2], "operator", vec![OFFICER, HEAD]).await,
        }
    }

    /// Files a case for somebody.
    async fn file(&self, around: &Around, person: &Person) -> DutyId {
        let (iin, words) = (person.iin.clone(), "Хат № 12, 20.11.2026".to_owned());
        let file = FileOnboarding { iin, words, papers: papers() };
        self.run(&around.personnel.caller, file).await.expect("filed")
    }

    async fn give(&self, around: &Around, person: &Person, serial: &str) -> Result<(), Error> {
        let (kind, serial) = ("AKKaztokenStore".to_owned(), serial.to_owned());
        self.run(&around.personnel.caller, GiveCarrier { operator: person.account, kind, serial }).await
    }

    async fn accept(&self, around: &Around, duty: DutyId) -> Result<(), Error> {
        let answer = AnswerOnboarding { duty, verdict: OnboardingVerdict::Accepted };
        self.run(&around.responsible.caller, answer).await
    }

    /// Somebody who has been accepted as an operator and owes everything else.
    async fn accepted(&self, around: &Around, number: u32) -> Officer {
        let person = self.person(number).await;
        let duty = self.file(around, &person).await;
        self.give(around, &person, &format!("KZ-{number:04}")).await.expect("given");
        self.accept(around, duty).await.expect("accepted");
        self.back_at_desk(person).await
    }

    /// Signs in anew.
    async fn back_at_desk(&self, person: Person) -> Officer {
        let token = self.sign_in(&person.auth).await.expect("signed in").token;
        let caller = self.caller(&token).await.expect("a session");
        Officer { person, caller, token }
    }

    async fn pledge(&self, officer: &Officer) {
        let bytes = self.run(&officer.caller, ShowPledge).await.expect("a pledge").bytes;
        let signature = cms::sign(&bytes, &officer.person.sign, self.app.now()).expect("signed");
        self.run(&officer.caller, SignPledge { signature }).await.expect("pledged");
    }

    async fn attest(&self, officer: &Officer, checked_on: Date) -> Result<(), Error> {
        let (antivirus, allow_list, applications) = (true, true, true);
        let attest = AttestWorkstation { checked_on, antivirus, allow_list, applications };
        self.run(&officer.caller, attest).await
    }

    async fn acknowledge(&self, officer: &Officer) {
        self.run(&officer.caller, AcknowledgeInstruction).await.expect("acknowledged");
    }

    /// An operator with whom everything is in order.
    async fn in_order(&self, around: &Around, number: u32) -> Officer {
        let officer = self.accepted(around, number).await;
        self.pledge(&officer).await;
        self.acknowledge(&officer).await;
        self.attest(&officer, self.app.today()).await.expect("attested");
        officer
    }

    async fn ring_duties(&self) {
        self.system(RingDuties).await.expect("rung");
    }

    /// The open duty of a kind, as the provider sees it.
    async fn open_duty(&self, around: &Around, kind: DutyKind) -> Option<DutyId> {
        let view = self.run(&around.responsible.caller, ListOperators).await.expect("a list");
        view.tasks.iter().find(|(_, duty)| duty.kind == kind).map(|(_, duty)| duty.id)
    }

    /// How a duty of an operator ended.
    async fn outcome(&self, around: &Around, officer: &Officer, kind: DutyKind) -> Option<String> {
        let show = ShowOperator { operator: officer.person.account };
        let view = self.run(&around.responsible.caller, show).await.expect("a view");
        view.duties.into_iter().find(|duty| duty.kind == kind).and_then(|duty| duty.outcome)
    }
}
