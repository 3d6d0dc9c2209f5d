//! The steps of a person through a service, each a use case.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use qyzmet_app::{
    ConfirmRequest, Confirmed, Error, FillPage, NextPage, RequestView, Seen, ShowDocument, ShowProfile,
    ShowRequest, StartCase, StepView,
};
use qyzmet_domain::{CaseId, Locale};
use qyzmet_pki::{Identity, cms};

use super::{Person, SERVICE, World, eventually};

impl World {
    /// Starts linking a number.
    pub(crate) async fn start(&self, person: &Person) -> CaseId {
        self.start_service(person, SERVICE).await
    }

    /// Starts a service.
    pub(crate) async fn start_service(&self, person: &Person, service: &str) -> CaseId {
        let service = service.parse().expect("a service");
        self.run(&person.caller, StartCase { service }).await.expect("a case")
    }

    /// Answers one field of a page.
    pub(crate) async fn answer(
        &self,
        person: &Person,
        case: CaseId,
        page: &str,
        field: (&str, &str),
    ) -> Result<NextPage, Error> {
        let seen = self.seen(person, case).await;
        self.answer_seen(person, (case, seen), page, field).await
    }

    /// Answers one field on a page that was drawn for that step.
    pub(crate) async fn answer_seen(
        &self,
        person: &Person,
        (case, seen): (CaseId, Seen),
        page: &str,
        field: (&str, &str),
    ) -> Result<NextPage, Error> {
        let values = BTreeMap::from([(field.0.to_owned(), field.1.to_owned())]);
        let fill = FillPage { case, seen, page: page.to_owned(), values, locale: Locale::Kk };
        self.run(&person.caller, fill).await
    }

    /// What the page of a request shows now; where it asks for nothing, something that no page shows.
    pub(crate) async fn seen(&self, person: &Person, case: CaseId) -> Seen {
        match self.view(person, case).await.step {
            StepView::Form(form) => form.seen,
            StepView::Confirm(confirm) => confirm.seen,
            _ => Seen::NOTHING,
        }
    }

    /// Fills the whole form of linking: the number, and whether the register may be asked.
    pub(crate) async fn fill(
        &self,
        person: &Person,
        case: CaseId,
        number: &str,
        consent: &str,
    ) -> Result<NextPage, Error> {
        self.answer(person, case, "number", ("number", number)).await?;
        self.answer(person, case, "consent", ("identity-documents", consent)).await
    }

    /// A case that waits for code and signature.
    pub(crate) async fn filled(&self, person: &Person, number: &str) -> CaseId {
        let case = self.start(person).await;
        assert_eq!(self.fill(person, case, number, "yes").await.expect("filled"), NextPage::Step);
        case
    }

    /// The exact bytes that a person is asked to sign.
    pub(crate) async fn document(&self, person: &Person, case: CaseId) -> Vec<u8> {
        self.run(&person.caller, ShowDocument { case }).await.expect("the request").bytes
    }

    /// A signature over the request of a case.
    pub(crate) async fn signature(&self, person: &Person, case: CaseId, key: &Identity) -> Vec<u8> {
        let document = self.document(person, case).await;
        cms::sign(&document, key, self.app.now()).expect("signed")
    }

    /// Confirms with what is given.
    pub(crate) async fn present(
        &self,
        person: &Person,
        case: CaseId,
        code: Option<&str>,
        signature: Option<Vec<u8>>,
    ) -> Result<Confirmed, Error> {
        let seen = self.seen(person, case).await;
        let confirm = ConfirmRequest { case, seen, code: code.map(str::to_owned), signature };
        self.run(&person.caller, confirm).await
    }

    /// Confirms with a code and the person's own signature.
    pub(crate) async fn confirm(
        &self,
        person: &Person,
        case: CaseId,
        code: &str,
    ) -> Result<Confirmed, Error> {
        let signature = self.signature(person, case, &person.sign).await;
        self.present(person, case, Some(code), Some(signature)).await
    }

    /// A case that is confirmed and under way.
    pub(crate) async fn confirmed(&self, person: &Person, number: &str) -> CaseId {
        let case = self.filled(person, number).await;
        let code = self.code(number).await;
        self.confirm(person, case, &code).await.expect("accepted");
        case
    }

    /// Links a number from the first step to the last; the answer is the number of the result.
    pub(crate) async fn link(&self, person: &Person, number: &str) -> String {
        let case = self.confirmed(person, number).await;
        match self.ended(person, case).await.step {
            StepView::Issued { number } => number,
            _ => panic!("the number was not linked"),
        }
    }

    /// A request as its owner sees it.
    pub(crate) async fn view(&self, person: &Person, case: CaseId) -> RequestView {
        let show = ShowRequest { case, page: None, locale: Locale::Kk };
        self.run(&person.caller, show).await.expect("a view")
    }

    /// Waits until the person is told that something takes longer, while time passes.
    pub(crate) async fn delayed(&self, person: &Person, case: CaseId) {
        eventually("a delay", async || {
            self.pass(SignedDuration::from_secs(5));
            let view = self.view(person, case).await;
            matches!(view.step, StepView::Running { delayed: true }).then_some(())
        })
        .await;
    }

    /// A request once it has ended and its result is signed.
    pub(crate) async fn ended(&self, person: &Person, case: CaseId) -> RequestView {
        eventually("the case ends", async || {
            let view = self.view(person, case).await;
            let number = match &view.step {
                StepView::Issued { number } => number.clone(),
                StepView::Refused(refusal) => refusal.number.clone(),
                StepView::Finished { .. } => return Some(view),
                _ => return None,
            };
            self.is_signed(&number).await.then_some(view)
        })
        .await
    }

    /// The number in the person's profile, in part.
    pub(crate) async fn linked(&self, person: &Person) -> Option<String> {
        self.run(&person.caller, ShowProfile).await.expect("a profile").number_masked
    }
}
