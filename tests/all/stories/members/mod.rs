//! A composite service, told by use cases on both engines: two services run side by side, each by its own table, and join.

mod events;
mod nested;
mod pages;
mod restart;
mod together;

use std::collections::BTreeMap;

use qyzmet_app::{
    Error, RequestCard, ShowDocument,
    desk::{DecideWork, Place, ReportEvent, Verdict, WorkView},
};
use qyzmet_domain::CaseId;
use qyzmet_pki::cms;

use super::{
    desk::Officer,
    world::{Person, World, invented},
};

/// The composite.
const PACKAGE: &str = "sample-package";
/// Its member that asks a register and nobody else.
const REFERENCE: &str = "sample-reference";
/// Its member that waits for events and for an officer.
const INSPECTION: &str = "sample-inspection";

/// What is said of an event.
fn says(words: &[(&str, &str)]) -> BTreeMap<String, String> {
    words.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// What an officer says of an inspection.
pub(super) fn verdict(verdict: &str) -> BTreeMap<String, String> {
    says(&[("verdict", verdict), ("note", "Шатыр бүтін")])
}

impl World {
    /// Publishes the members and then the composite.
    pub(super) async fn with_package(&self) {
        for service in ["reference", "inspection", "package"] {
            let published = self.publish(invented(&format!("members/services/{service}"))).await;
            published.unwrap_or_else(|why| panic!("{service}: {why:?}"));
        }
    }

    /// A composite that is confirmed: its members are under way.
    pub(super) async fn package(&self, person: &Person) -> CaseId {
        let case = self.start_service(person, PACKAGE).await;
        let document = self.run(&person.caller, ShowDocument { case }).await.expect("the request").bytes;
        let signature = cms::sign(&document, &person.sign, self.app.now()).expect("signed");
        self.present(person, case, None, Some(signature)).await.expect("accepted");
        case
    }

    /// The members of a composite as its page shows them.
    pub(super) async fn members(&self, person: &Person, case: CaseId) -> Vec<RequestCard> {
        self.view(person, case).await.members
    }

    /// The inspection of a composite.
    async fn inspection(&self, person: &Person, case: CaseId) -> CaseId {
        self.members(person, case).await.last().expect("a member").case
    }

    /// An officer reports an inspection.
    pub(super) async fn inspect(
        &self,
        officer: &Officer,
        case: CaseId,
        says: BTreeMap<String, String>,
    ) -> Result<(), Error> {
        let place = Place { case, action: 2 };
        self.run(&officer.caller, ReportEvent { place, visit: 0, says }).await
    }

    /// The laboratory reports its analysis.
    async fn analyse(&self, case: CaseId) -> Result<(), Error> {
        let place = Place { case, action: 4 };
        self.system(ReportEvent { place, visit: 0, says: says(&[("number", "A-17")]) }).await
    }

    /// An officer grants an inspection.
    async fn grant(&self, officer: &Officer, case: CaseId) -> Result<(), Error> {
        let WorkView { visit, .. } = self.work(officer, case, 5).await;
        let place = Place { case, action: 5 };
        self.run(&officer.caller, DecideWork { place, visit, verdict: Verdict::Granted }).await
    }
}

/// The states of members, in their order.
fn states(members: &[RequestCard]) -> Vec<&str> {
    members.iter().map(|member| member.state.as_str()).collect()
}
