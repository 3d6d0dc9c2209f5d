//! Every use case tried by somebody who may not: a stranger, another person with the number of a foreign case, a program.

use std::collections::BTreeMap;

use qyzmet_app::{
    ChangeLocale, ConfirmRequest, DownloadResult, FillPage, ListRequests, ResultPart, SaveDraft, SealJournal,
    Seen, SendCodeAgain, ShowCabinet, ShowDataUse, ShowDocument, ShowProfile, ShowRequest, ShowResult,
    SignOut, StartCase, Sweep, UseCase, VerifyJournal, WithdrawCase,
};
use qyzmet_domain::{ApiClient, Caller, CaseId, Locale, OfficerSession, RepresentativeSession};

use super::world::{OTHER, SERVICE, WELL, World, on_both_engines};

const NUMBER: &str = "+77010000123";

/// What somebody tries, with the names of things that are not theirs.
struct Attempt<'a> {
    world: &'a World,
    caller: Caller,
    case: CaseId,
    result: String,
}

impl Attempt<'_> {
    async fn try_one<U: UseCase>(&self, use_case: U) -> (&'static str, String) {
        let outcome = self.world.run(&self.caller, use_case).await;
        (U::NAME, outcome.err().map_or_else(|| "ok".to_owned(), |error| error.kind().to_owned()))
    }

    /// Use cases that name a case or a result.
    async fn on_things(&self) -> Vec<(&'static str, String)> {
        let (case, locale, number) = (self.case, Locale::Kk, self.result.clone());
        let (page, values) = ("number".to_owned(), BTreeMap::new());
        let fill = FillPage { case, seen: Seen::NOTHING, page: page.clone(), values: values.clone(), locale };
        let part = ResultPart::Json;
        vec![
            self.try_one(ShowRequest { case, page: None, locale }).await,
            self.try_one(fill).await,
            self.try_one(SaveDraft { case, seen: Seen::NOTHING, page, values }).await,
            self.try_one(ShowDocument { case }).await,
            self.try_one(SendCodeAgain { case, locale }).await,
            self.try_one(ConfirmRequest { case, seen: Seen::NOTHING, code: None, signature: None }).await,
            self.try_one(WithdrawCase { case, seen: Seen::NOTHING }).await,
            self.try_one(ShowResult { number: number.clone(), locale }).await,
            self.try_one(DownloadResult { number, part, locale }).await,
        ]
    }

    /// Use cases on what is the caller's own.
    async fn on_oneself(&self) -> Vec<(&'static str, String)> {
        let locale = Locale::Kk;
        vec![
            self.try_one(StartCase { service: SERVICE.parse().expect("a service") }).await,
            self.try_one(ListRequests { locale }).await,
            self.try_one(ShowCabinet { locale }).await,
            self.try_one(ShowProfile).await,
            self.try_one(ShowDataUse { locale, before: None }).await,
            self.try_one(ChangeLocale { locale }).await,
            self.try_one(SignOut).await,
        ]
    }

    /// Use cases of the system.
    async fn of_the_system(&self) -> Vec<(&'static str, String)> {
        vec![
            self.try_one(SealJournal).await,
            self.try_one(VerifyJournal).await,
            self.try_one(Sweep).await,
            self.try_one(qyzmet_app::RefreshCatalogue).await,
            self.try_one(qyzmet_app::TryForms).await,
            self.try_one(qyzmet_app::PublishService { name: String::new(), folder: BTreeMap::new() }).await,
        ]
    }
}

fn all_say(outcomes: &[(&'static str, String)], expected: &str) {
    for (name, outcome) in outcomes {
        assert_eq!(outcome, expected, "{name}");
    }
}

/// [R58-5.1]
#[test]
fn a_stranger_is_sent_to_the_sign_in_from_everywhere() {
    on_both_engines(async |world| {
        let owner = world.person(WELL).await;
        let result = world.link(&owner, NUMBER).await;
        let case = world.start(&owner).await;
        let stranger = Attempt { world, caller: Caller::Anonymous, case, result };
        all_say(&stranger.on_things().await, "sign-in-needed");
        all_say(&stranger.on_oneself().await, "sign-in-needed");
        all_say(&stranger.of_the_system().await, "sign-in-needed");
    });
}

/// [R74-3.1]
#[test]
fn another_person_is_told_that_a_foreign_case_and_result_do_not_exist() {
    on_both_engines(async |world| {
        let (owner, other) = (world.person(WELL).await, world.person(OTHER).await);
        let result = world.link(&owner, NUMBER).await;
        world.pass(jiff::SignedDuration::from_mins(2));
        let form = world.start(&owner).await;
        let caller = other.caller.clone();
        let attempt = Attempt { world, caller: caller.clone(), case: form, result: result.clone() };
        all_say(&attempt.on_things().await, "not-found");
        all_say(&attempt.of_the_system().await, "not-found");
        world.fill(&owner, form, NUMBER, "yes").await.expect("filled");
        let attempt = Attempt { world, caller, case: form, result };
        all_say(&attempt.on_things().await, "not-found");
        let list = world.run(&other.caller, ListRequests { locale: Locale::Kk }).await.expect("a list");
        assert!(list.is_empty(), "nothing of the owner is listed");
    });
}

/// [R74-3.1]
#[test]
fn a_case_and_a_result_that_nobody_has_look_like_foreign_ones() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let case = CaseId::from_parts(world.app.now(), [7; 10]);
        for result in ["", "\0", "KZ-2026-00000000017", &"9".repeat(100_000)] {
            let result = result.to_owned();
            let attempt = Attempt { world, caller: person.caller.clone(), case, result };
            all_say(&attempt.on_things().await, "not-found");
        }
    });
}

/// [R74-3.1]
#[test]
fn a_program_with_a_key_of_its_own_comes_in_by_no_door_of_people() {
    on_both_engines(async |world| {
        let owner = world.person(WELL).await;
        let case = world.start(&owner).await;
        let caller = Caller::ApiClient(ApiClient { id: "bank".to_owned(), scopes: Vec::new() });
        let attempt = Attempt { world, caller, case, result: String::new() };
        all_say(&attempt.on_things().await, "not-found");
        all_say(&attempt.on_oneself().await, "not-found");
        all_say(&attempt.of_the_system().await, "not-found");
    });
}

/// An officer is a person where persons go, which the stories of the desk tell; the doors of the system stay shut.
///
/// [R74-3.1, R58-3]
#[test]
fn whoever_acts_for_an_entity_comes_in_by_no_door_of_persons_and_an_officer_by_none_of_the_system() {
    on_both_engines(async |world| {
        let owner = world.person(WELL).await;
        let result = world.link(&owner, NUMBER).await;
        let case = world.start(&owner).await;
        let person = owner.caller.session().expect("a session").clone();
        let officer = OfficerSession {
            person: person.clone(),
            body: "mdai".to_owned(),
            unit: "registry".to_owned(),
            roles: vec!["registrar".to_owned(), "administrator".to_owned()],
        };
        let bin = "020540003431".parse().expect("a BIN");
        let caller = Caller::Representative(RepresentativeSession { person, bin });
        let attempt = Attempt { world, caller, case, result: result.clone() };
        all_say(&attempt.on_things().await, "not-found");
        all_say(&attempt.on_oneself().await, "not-found");
        all_say(&attempt.of_the_system().await, "not-found");
        let attempt = Attempt { world, caller: Caller::Officer(officer), case, result };
        all_say(&attempt.of_the_system().await, "not-found");
    });
}
