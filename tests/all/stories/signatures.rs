//! Signatures that must not confirm a request: each has its own answer and a journal entry, and leaves the case as it was.

use std::sync::Arc;

use qyzmet_app::{Error, SignatureProblem, StepView};
use qyzmet_domain::CaseId;
use qyzmet_pki::{Identity, cms};

use super::world::{OTHER, Person, Pki, WELL, World, hours, key, moment, on_both_engines, pki, subject};

const NUMBER: &str = "+77010000123";

/// Somebody whose case waits for code and signature.
struct Waiting<'a> {
    world: &'a World,
    person: Person,
    case: CaseId,
    code: String,
}

impl<'a> Waiting<'a> {
    async fn new(world: &'a World) -> Self {
        let person = world.person(WELL).await;
        let case = world.filled(&person, NUMBER).await;
        let code = world.code(NUMBER).await;
        Self { world, person, case, code }
    }

    async fn signed_by(&self, key: &Identity) -> Vec<u8> {
        self.world.signature(&self.person, self.case, key).await
    }

    /// The signature is refused with this answer, journalled, and costs no attempt of the code.
    async fn is_refused(&self, signature: Option<Vec<u8>>, why: SignatureProblem) {
        let before = self.world.journalled(&self.person, "signature-refused").await;
        let outcome = self.world.present(&self.person, self.case, Some(&self.code), signature).await;
        match outcome {
            Err(Error::Signature(problem)) => assert_eq!(problem, why),
            Err(other) => panic!("{why:?} expected, but: {other}"),
            Ok(_) => panic!("{why:?} expected, but the request was accepted"),
        }
        let after = self.world.journalled(&self.person, "signature-refused").await;
        assert_eq!(after, before + 1, "{why:?} stands in the journal");
        let StepView::Confirm(confirm) = self.world.view(&self.person, self.case).await.step else {
            panic!("{why:?} has changed the case")
        };
        assert_eq!(confirm.code.expect("a code").attempts_left, 3);
    }

    /// The right signature still serves.
    async fn goes_on(self) {
        self.world.confirm(&self.person, self.case, &self.code).await.expect("accepted");
        let ended = self.world.ended(&self.person, self.case).await;
        assert!(matches!(ended.step, StepView::Issued { .. }));
    }
}

/// [R10-A1.1.2, R58-5.2c]
#[test]
fn what_is_no_signature_at_all_is_malformed() {
    on_both_engines(async |world| {
        let waiting = Waiting::new(world).await;
        let mut cut = waiting.signed_by(&waiting.person.sign).await;
        cut.truncate(cut.len() / 2);
        for bytes in [Vec::new(), b"not a signature".to_vec(), vec![0x30; 100_000], cut] {
            waiting.is_refused(Some(bytes), SignatureProblem::Malformed).await;
        }
        waiting.is_refused(None, SignatureProblem::Malformed).await;
        waiting.goes_on().await;
    });
}

/// [R58-5.2c]
#[test]
fn the_signature_of_another_person_confirms_nothing() {
    on_both_engines(async |world| {
        let waiting = Waiting::new(world).await;
        let other = world.person(OTHER).await;
        let foreign = waiting.signed_by(&other.sign).await;
        waiting.is_refused(Some(foreign), SignatureProblem::OtherPerson).await;
        waiting.goes_on().await;
    });
}

/// [R10-2.15]
#[test]
fn a_signature_over_something_else_confirms_nothing() {
    on_both_engines(async |world| {
        let waiting = Waiting::new(world).await;
        let mut document = world.document(&waiting.person, waiting.case).await;
        document.push(b' ');
        let signature = cms::sign(&document, &waiting.person.sign, world.app.now()).expect("signed");
        waiting.is_refused(Some(signature), SignatureProblem::OtherContent).await;
        waiting.goes_on().await;
    });
}

/// [R58-5.2c]
#[test]
fn a_certificate_counts_only_within_its_time() {
    on_both_engines(async |world| {
        let waiting = Waiting::new(world).await;
        let iin = waiting.person.iin.clone();
        let expired = key("person-sign", &iin, hours(48, -24));
        let signature = waiting.signed_by(&expired).await;
        waiting.is_refused(Some(signature), SignatureProblem::Expired).await;
        let early = key("person-sign", &iin, hours(-24, 48));
        let signature = waiting.signed_by(&early).await;
        waiting.is_refused(Some(signature), SignatureProblem::NotYetValid).await;
        waiting.goes_on().await;
    });
}

/// [R58-5.2c]
#[test]
fn a_revoked_certificate_confirms_nothing() {
    on_both_engines(async |world| {
        let waiting = Waiting::new(world).await;
        let lost = key("person-sign", &waiting.person.iin, hours(24, 48));
        let list = pki().list(&[&lost.chain[0]], moment(-1), moment(24 * 365));
        world.app.trust.load().add_crl(&list).expect("a list");
        let signature = waiting.signed_by(&lost).await;
        waiting.is_refused(Some(signature), SignatureProblem::Revoked).await;
        waiting.goes_on().await;
    });
}

/// [R58-5.2c]
#[test]
fn a_certificate_for_signing_in_signs_no_request() {
    on_both_engines(async |world| {
        let waiting = Waiting::new(world).await;
        let signature = waiting.signed_by(&waiting.person.auth).await;
        waiting.is_refused(Some(signature), SignatureProblem::WrongPurpose).await;
        waiting.goes_on().await;
    });
}

/// [R58-5.2c]
#[test]
fn a_certificate_of_an_authority_that_nobody_trusts_confirms_nothing() {
    on_both_engines(async |world| {
        let waiting = Waiting::new(world).await;
        let stranger = Pki::found("БӨТЕН");
        let signer = stranger.enrol("person-sign", subject(&waiting.person.iin), hours(24, 48));
        let signature = waiting.signed_by(&signer).await;
        waiting.is_refused(Some(signature), SignatureProblem::Untrusted).await;
        waiting.goes_on().await;
    });
}

/// [R58-5.2c]
#[test]
fn while_the_revocation_list_is_stale_nobody_can_say_and_later_it_goes_on() {
    on_both_engines(async |world| {
        let waiting = Waiting::new(world).await;
        let stale = pki().trust_with(&pki().list(&[], moment(-48), moment(-24)));
        let fresh = world.app.trust.swap(Arc::new(stale));
        let signature = waiting.signed_by(&waiting.person.sign).await;
        waiting.is_refused(Some(signature), SignatureProblem::Undetermined).await;
        world.app.trust.store(fresh);
        waiting.goes_on().await;
    });
}
