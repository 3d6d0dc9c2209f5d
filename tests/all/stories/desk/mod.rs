//! A paid service with an officer's decision, told by use cases on both engines: from the first action to each of its ends.

mod conduct;
mod ends;
mod late_payment;
mod notices;
mod officers;
pub(super) mod pages;
mod regulation;
mod rejected_fee;
mod repository;
mod restart;
mod terms;
mod timers;
mod twice;
mod versions;
pub(super) mod visitors;

use std::collections::BTreeMap;

use jiff::SignedDuration;
use qyzmet_app::{
    ConfirmRequest, HEAD, OFFICER, ShowDocument, StepView,
    desk::{
        AppointOfficer, ApproveWork, DecideWork, ListQueue, Place, QueueItem, ReceivePapers, ShowDecision,
        ShowWork, Verdict, WorkView,
    },
    payments::{CheckPayment, OrderPayment},
};
use qyzmet_domain::{Caller, CaseId, Locale};
use qyzmet_pki::cms;

use super::world::{OWNER, Person, World, eventually, invented};

/// The invented service.
const PERMIT: &str = "desk-permit";

/// Somebody of a unit.
pub(super) struct Officer {
    pub(super) person: Person,
    pub(super) caller: Caller,
    /// The value of the cookie.
    pub(super) token: String,
}

/// The folder of the invented service.
pub(crate) fn permit() -> BTreeMap<String, Vec<u8>> {
    invented("desk/service")
}

impl World {
    /// Publishes the invented service.
    pub(super) async fn with_permit(&self) {
        self.publish(permit()).await.expect("the invented service is sound");
    }

    /// An officer of a unit.
    pub(super) async fn officer_of(&self, number: u32, unit: &str, roles: Vec<&'static str>) -> Officer {
        let person = self.person(number).await;
        let (body, unit) = (OWNER.to_owned(), unit.to_owned());
        let (account, from) = (person.account, self.app.now());
        self.system(AppointOfficer { account, body, unit, roles, from, until: None })
            .await
            .expect("appointed");
        let signed_in = self.sign_in(&person.auth).await.expect("signed in");
        let caller = self.caller(&signed_in.token).await.expect("a session");
        Officer { person, caller, token: signed_in.token }
    }

    pub(super) async fn operator(&self, number: u32) -> Officer {
        self.officer_of(number, "operator", vec![OFFICER]).await
    }

    pub(super) async fn head(&self, number: u32) -> Officer {
        self.officer_of(number, "operator", vec![OFFICER, HEAD]).await
    }

    /// A confirmed request that waits for its fee.
    async fn unpaid(&self, person: &Person) -> CaseId {
        let case = self.start_service(person, PERMIT).await;
        self.answer(person, case, "about", ("place", "Астана")).await.expect("filled");
        let document = self.run(&person.caller, ShowDocument { case }).await.expect("the request").bytes;
        let signature = cms::sign(&document, &person.sign, self.app.now()).expect("signed");
        let seen = self.seen(person, case).await;
        let confirm = ConfirmRequest { case, seen, code: None, signature: Some(signature) };
        self.run(&person.caller, confirm).await.expect("accepted");
        case
    }

    /// Orders and pays the fee on the gateway's page.
    async fn pay(&self, person: &Person, case: CaseId) {
        self.run(&person.caller, OrderPayment { case, locale: Locale::Kk }).await.expect("ordered");
        let StepView::Pay(pay) = self.view(person, case).await.step else { panic!("no fee is asked") };
        let url = pay.pay_url.expect("a page to pay on");
        self.outside.pay(&url).await;
        assert!(self.run(&person.caller, CheckPayment { case }).await.expect("an answer"), "not paid");
    }

    /// The work of a case at an action, once it has come there.
    pub(super) async fn work(&self, officer: &Officer, case: CaseId, action: u32) -> WorkView {
        let place = Place { case, action };
        eventually("the work", async || {
            let view = self.run(&officer.caller, ShowWork { place, locale: Locale::Kk }).await.ok()?;
            view.open.then_some(view)
        })
        .await
    }

    pub(super) async fn queue(&self, officer: &Officer) -> Vec<QueueItem> {
        self.run(&officer.caller, ListQueue { locale: Locale::Kk }).await.expect("a queue").items
    }

    /// A request whose fee is paid and whose papers are taken in: it waits for a decision.
    pub(super) async fn received(&self, person: &Person, officer: &Officer) -> CaseId {
        let case = self.unpaid(person).await;
        self.pay(person, case).await;
        let visit = self.work(officer, case, 6).await.visit;
        let papers = vec!["identity-card".to_owned(), "photo".to_owned()];
        let receive = ReceivePapers { place: Place { case, action: 6 }, visit, papers };
        self.run(&officer.caller, receive).await.expect("received");
        case
    }

    pub(super) async fn decide(
        &self,
        officer: &Officer,
        case: CaseId,
        verdict: Verdict,
    ) -> Result<(), qyzmet_app::Error> {
        let place = Place { case, action: 7 };
        let visit = self.work(officer, case, 7).await.visit;
        self.run(&officer.caller, DecideWork { place, visit, verdict }).await
    }

    /// The officer's own signature over the exact bytes of the decision.
    async fn approval(&self, officer: &Officer, case: CaseId) -> ApproveWork {
        let place = Place { case, action: 8 };
        let visit = self.work(officer, case, 8).await.visit;
        let bytes = self.run(&officer.caller, ShowDecision { place }).await.expect("a decision").bytes;
        let signature = cms::sign(&bytes, &officer.person.sign, self.app.now()).expect("signed");
        ApproveWork { place, visit, signature }
    }

    pub(super) async fn approve(&self, officer: &Officer, case: CaseId) -> Result<(), qyzmet_app::Error> {
        let approval = self.approval(officer, case).await;
        self.run(&officer.caller, approval).await
    }
}

/// A refusal on the one ground of the decision.
fn refused(finding: &str) -> Verdict {
    Verdict::Refused { ground: "mismatch".to_owned(), finding: finding.to_owned() }
}

/// The kind of an error, or `ok`.
pub(super) fn kind<T>(outcome: Result<T, qyzmet_app::Error>) -> &'static str {
    outcome.err().map_or("ok", |error| error.kind())
}

/// So many days.
pub(super) fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}
