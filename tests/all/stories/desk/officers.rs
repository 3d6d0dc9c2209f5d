//! Who may do what at a desk: the own unit, not one's own request, two officers where two are needed, given work.

use qyzmet_app::{
    ADMINISTRATOR, DeskProblem, Error, ListRequests, SignatureProblem, StartCase,
    desk::{
        AmendCalendar, ApproveWork, AskForMore, AssignWork, DecideWork, DeskPart, DownloadDeskDocument,
        ListQueue, Place, ReceivePapers, ShowCalendar, ShowDecision, ShowWork, TakeWork, Verdict,
    },
};
use qyzmet_domain::{Caller, CaseId, Locale};
use qyzmet_pki::cms;

use super::{
    super::world::{OTHER, SERVICE, WELL, World, on_both_engines, well},
    Officer, kind,
};

/// Everything that can be tried at a desk.
async fn everything(world: &World, caller: &Caller, case: CaseId, action: u32) -> Vec<&'static str> {
    let place = Place { case, action };
    let visit = 0;
    let to =
        caller.account().unwrap_or_else(|| qyzmet_domain::AccountId::from_parts(world.app.now(), [1; 10]));
    let (words, signature) = ("сөз".to_owned(), vec![1]);
    let part = DeskPart::Request;
    vec![
        kind(world.run(caller, ShowWork { place, locale: Locale::Kk }).await),
        kind(world.run(caller, TakeWork { place, visit: 0 }).await),
        kind(world.run(caller, ReceivePapers { place, visit, papers: Vec::new() }).await),
        kind(world.run(caller, DecideWork { place, visit, verdict: Verdict::Granted }).await),
        kind(world.run(caller, AskForMore { place, visit, question: words.clone() }).await),
        kind(world.run(caller, AssignWork { place, visit: 0, to, reason: words }).await),
        kind(world.run(caller, ShowDecision { place }).await),
        kind(world.run(caller, ApproveWork { place, visit, signature }).await),
        kind(world.run(caller, DownloadDeskDocument { place, part }).await),
    ]
}

/// [R74-3.1]
#[test]
fn an_officer_of_another_unit_a_person_and_a_stranger_find_no_desk_here() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(5);
        let (person, officer) = (world.person(people[0]).await, world.operator(people[1]).await);
        let case = world.received(&person, &officer).await;
        let archivist = world.officer_of(people[2], "archive", vec![qyzmet_app::OFFICER]).await;
        let other = world.person(people[3]).await;
        for (caller, expected) in [
            (&archivist.caller, "not-found"),
            (&other.caller, "not-found"),
            (&person.caller, "not-found"),
            (&Caller::Anonymous, "sign-in-needed"),
        ] {
            for outcome in everything(world, caller, case, 7).await {
                assert_eq!(outcome, expected);
            }
        }
        assert!(world.queue(&archivist).await.is_empty());
        assert_eq!(kind(world.run(&other.caller, ListQueue { locale: Locale::Kk }).await), "not-found");
    });
}

/// [R839-5.15]
#[test]
fn the_officer_who_decided_cannot_be_the_second_who_approves() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let (person, officer) = (world.person(WELL).await, world.operator(OTHER).await);
        let case = world.received(&person, &officer).await;
        world.decide(&officer, case, Verdict::Granted).await.expect("decided");
        let view = world.work(&officer, case, 8).await;
        assert!(view.barred && !view.may_act);
        let second = world.approve(&officer, case).await;
        assert!(matches!(second, Err(Error::Desk(DeskProblem::SameOfficer))));
        assert_eq!(world.journalled(&person, "case.approved").await, 0);
    });
}

#[test]
fn nobody_works_on_their_own_request() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let (officer, other) = (world.operator(WELL).await, world.operator(OTHER).await);
        let case = world.received(&officer.person, &other).await;
        assert!(world.queue(&officer).await.is_empty());
        assert_eq!(world.queue(&other).await.len(), 1);
        assert!(
            everything(world, &officer.caller, case, 7).await.iter().all(|outcome| *outcome == "not-found")
        );
    });
}

#[test]
fn an_officer_is_a_person_too_and_asks_for_services_as_one() {
    on_both_engines(async |world| {
        let officer = world.operator(WELL).await;
        let service = SERVICE.parse().expect("a service");
        world.run(&officer.caller, StartCase { service }).await.expect("a case");
        let list = world.run(&officer.caller, ListRequests { locale: Locale::Kk }).await.expect("a list");
        assert_eq!(list.len(), 1);
        let opened = world.journal(&officer.person).await;
        assert!(opened.iter().any(|entry| entry.what == "case.opened" && entry.who == "person"));
    });
}

/// [R839-6.P9]
#[test]
fn only_the_officers_own_signature_over_exactly_this_decision_approves() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(5);
        let (person, first, second) =
            (world.person(people[0]).await, world.operator(people[1]).await, world.operator(people[2]).await);
        let case = world.received(&person, &first).await;
        world.decide(&first, case, Verdict::Granted).await.expect("decided");
        let place = Place { case, action: 8 };
        let visit = world.work(&second, case, 8).await.visit;
        let bytes = world.run(&second.caller, ShowDecision { place }).await.expect("a decision").bytes;
        let by = |officer: &Officer, bytes: &[u8]| {
            cms::sign(bytes, &officer.person.sign, world.app.now()).expect("signed")
        };
        let other = world
            .run(&second.caller, ShowDecision { place: Place { case, action: 7 } })
            .await
            .expect("bytes");
        for (signature, problem) in [
            (by(&first, &bytes), SignatureProblem::OtherPerson),
            (by(&second, &other.bytes), SignatureProblem::OtherContent),
            (vec![1, 2, 3], SignatureProblem::Malformed),
        ] {
            let outcome = world.run(&second.caller, ApproveWork { place, visit, signature }).await;
            assert!(matches!(outcome, Err(Error::Signature(found)) if found == problem), "{problem:?}");
        }
        world.approve(&second, case).await.expect("approved");
        world.ended(&person, case).await;
    });
}

#[test]
fn work_that_was_taken_is_done_by_nobody_else_until_it_is_given_on_with_a_reason() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(5);
        let (person, first) = (world.person(people[0]).await, world.operator(people[1]).await);
        let (second, head) = (world.operator(people[2]).await, world.head(people[3]).await);
        let case = world.received(&person, &first).await;
        let place = Place { case, action: 7 };
        world.run(&first.caller, TakeWork { place, visit: 0 }).await.expect("taken");
        assert_eq!(kind(world.run(&second.caller, TakeWork { place, visit: 0 }).await), "late");
        let decided = world.decide(&second, case, Verdict::Granted).await;
        assert!(matches!(decided, Err(Error::Desk(DeskProblem::NotAssigned))));
        let give = |reason: &str| AssignWork {
            place,
            visit: 0,
            to: second.person.account,
            reason: reason.to_owned(),
        };
        assert_eq!(kind(world.run(&second.caller, give("Өзім")).await), "desk");
        assert_eq!(kind(world.run(&head.caller, give("")).await), "desk");
        let stranger = AssignWork { place, visit: 0, to: person.account, reason: "Себеп".to_owned() };
        assert_eq!(kind(world.run(&head.caller, stranger).await), "desk");
        world.run(&head.caller, give("Демалыста")).await.expect("given");
        assert!(world.queue(&second).await[0].mine);
        world.decide(&second, case, Verdict::Granted).await.expect("decided");
        assert_eq!(world.journalled(&person, "case.assigned").await, 2);
    });
}

#[test]
fn only_an_administrator_amends_the_calendar() {
    on_both_engines(async |world| {
        let people = well(3);
        let officer = world.operator(people[0]).await;
        let administrator = world.officer_of(people[1], "operator", vec![ADMINISTRATOR]).await;
        assert_eq!(kind(world.run(&officer.caller, ShowCalendar).await), "not-found");
        let day = jiff::civil::date(2026, 12, 15);
        let amend =
            || AmendCalendar { day, working: false, instead_of: None, reason: "Қаулы".to_owned() };
        assert_eq!(kind(world.run(&officer.caller, amend()).await), "not-found");
        world.run(&administrator.caller, amend()).await.expect("amended");
        let shown = world.run(&administrator.caller, ShowCalendar).await.expect("a calendar");
        assert_eq!((shown.days.len(), shown.days[0].day, shown.days[0].working), (1, day, false));
        assert_eq!(world.journalled(&administrator.person, "calendar-amended").await, 1);
    });
}
