//! What operators do at a service centre in both services that are asked for there.

use qyzmet_app::{
    Error, NextPage, Seen, StepView,
    desk::{
        ApproveWork, DecideWork, FillAtDesk, Place, ReceivePapers, ReportEvent, ShowDecision,
        StartForVisitor, Verdict,
    },
};
use qyzmet_domain::{Caller, CaseId};
use qyzmet_pki::{Identity, cms};
use qyzmet_store::journal;

use super::super::{
    desk::Officer,
    world::{Person, World},
};

/// Starts a service for somebody with this number and name.
pub(super) async fn started(
    world: &World,
    caller: &Caller,
    service: &str,
    (iin, name): (&str, &str),
) -> Result<Place, Error> {
    let (service, iin) = (service.parse().expect("a service"), iin.parse().expect("an IIN"));
    world.run(caller, StartForVisitor { service, iin, name: name.to_owned() }).await
}

/// Starts a service for a visitor, who has handed over what the first action awaits.
pub(super) async fn begun(
    world: &World,
    officer: &Officer,
    (service, visitor): (&str, &Person),
    says: &[(&str, &str)],
) -> CaseId {
    let place = started(world, &officer.caller, service, (visitor.iin.as_str(), "")).await.expect("started");
    let visit = world.work(officer, place.case, 1).await.visit;
    let says = says.iter().map(|(fact, value)| ((*fact).to_owned(), (*value).to_owned())).collect();
    let report = ReportEvent { place, visit, says };
    world.run(&officer.caller, report).await.expect("handed over");
    place.case
}

/// Takes in the papers.
pub(super) async fn received(world: &World, officer: &Officer, case: CaseId) {
    let (place, visit) = (Place { case, action: 2 }, world.work(officer, case, 2).await.visit);
    let papers = ["application", "identity-document"].map(str::to_owned).to_vec();
    world.run(&officer.caller, ReceivePapers { place, visit, papers }).await.expect("received");
}

/// Signs what the desk shows at an action with a key; the answer is what was signed.
pub(super) async fn approved(
    world: &World,
    officer: &Officer,
    place: Place,
    key: &Identity,
) -> Result<Vec<u8>, Error> {
    let visit = world.work(officer, place.case, place.action).await.visit;
    let bytes = world.run(&officer.caller, ShowDecision { place }).await.expect("something to sign").bytes;
    let signature = cms::sign(&bytes, key, world.app.now()).expect("signed");
    world.run(&officer.caller, ApproveWork { place, visit, signature }).await.map(|()| bytes)
}

/// Fills a page at the desk.
pub(super) async fn filled(
    world: &World,
    caller: &Caller,
    place: Place,
    (page, values): (&str, &[(&str, &str)]),
) -> Result<NextPage, Error> {
    let seen = Seen { action: place.action, visit: 0 };
    let values = values.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect();
    world.run(caller, FillAtDesk { place, seen, page: page.to_owned(), values }).await
}

/// Decides at the desk.
pub(super) async fn decided(world: &World, officer: &Officer, place: Place, ground: Option<&str>) {
    let verdict = ground.map_or(Verdict::Granted, |ground| Verdict::Refused {
        ground: ground.to_owned(),
        finding: "Жарамсыз".to_owned(),
    });
    let visit = world.work(officer, place.case, place.action).await.visit;
    world.run(&officer.caller, DecideWork { place, visit, verdict }).await.expect("decided");
}

/// The clause of the refusal with which a case ends.
pub(super) async fn refused(world: &World, person: &Person, case: CaseId) -> String {
    match world.ended(person, case).await.step {
        StepView::Refused(refusal) => refusal.clause,
        _ => panic!("not refused"),
    }
}

/// Whether every entry of a case with this name is of this officer, and there is one.
pub(super) async fn is_by(world: &World, case: CaseId, officer: &Officer, what: &str) -> bool {
    let entries = world.app.store.read(move |tx| journal::of_case(tx, case)).await.expect("entries");
    let actors: Vec<_> =
        entries.into_iter().filter(|entry| entry.what == what).map(|entry| entry.actor).collect();
    let own = format!("officer:{}", officer.person.account);
    !actors.is_empty() && actors.iter().all(|actor| *actor == own)
}
