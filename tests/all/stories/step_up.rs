//! A change of the linked number asks who it is once more, when the session was opened without EDS and not just now.

use jiff::SignedDuration;
use qyzmet_app::{
    Error, NextPage, OpenChallenge, ShowRequest, SignInWithEds, SignInWithPassword, SignatureProblem,
    SignedIn, StepView,
};
use qyzmet_domain::{Caller, CaseId, Locale, SignInMethod};
use qyzmet_pki::{Identity, cms};
use secrecy::SecretString;

use super::world::{OTHER, PASSWORD, Person, WELL, World, on_both_engines};

const OLD: &str = "+77010000123";
const NEW: &str = "+77020000456";

/// Longer than a proof by password counts as fresh.
const LATER: SignedDuration = SignedDuration::from_mins(16);

async fn by_password(world: &World, as_caller: &Caller, login: &str) -> Result<SignedIn, Error> {
    let sign_in = SignInWithPassword {
        login: login.to_owned(),
        password: SecretString::from(PASSWORD),
        from: "192.0.2.7".to_owned(),
        again: as_caller.session().is_some(),
    };
    world.run(as_caller, sign_in).await
}

async fn by_eds(world: &World, as_caller: &Caller, key: &Identity) -> Result<SignedIn, Error> {
    let challenge = world.run(as_caller, OpenChallenge).await.expect("a challenge");
    let signature = cms::sign(&challenge.content, key, world.app.now()).expect("signed");
    let from = "192.0.2.7".to_owned();
    world.run(as_caller, SignInWithEds { challenge: challenge.id, signature, from, again: true }).await
}

/// Somebody with a linked number, in a session by password that has become old; with its token.
async fn old_session(world: &World) -> (Person, String) {
    let mut person = world.person_with_password(WELL).await;
    world.link(&person, OLD).await;
    let token = by_password(world, &Caller::Anonymous, &person.login).await.expect("signed in").token;
    person.caller = world.caller(&token).await.expect("a session");
    world.pass(LATER);
    (person, token)
}

async fn asks_again(world: &World, person: &Person, case: CaseId) {
    let put_off = world.answer(person, case, "number", ("number", "8 702 000 04 56")).await;
    assert!(matches!(put_off, Err(Error::StepUp)), "{:?}", put_off.err().map(|error| error.kind()));
    assert_eq!(world.outside.inbox.to(NEW).len(), 0, "no code has gone out");
    let show = ShowRequest { case, page: Some("number".to_owned()), locale: Locale::Kk };
    let view = world.run(&person.caller, show).await.expect("a view");
    let StepView::Form(form) = view.step else { panic!("the form no longer waits") };
    assert_eq!(form.fields[0].value, "8 702 000 04 56", "what was typed is kept as it was typed");
}

/// [R58-8, R74-4.1]
#[test]
fn an_old_session_changes_no_number_until_the_password_is_given_again_and_nothing_typed_is_lost() {
    on_both_engines(async |world| {
        let (mut person, former) = old_session(world).await;
        let case = world.start(&person).await;
        asks_again(world, &person, case).await;
        let again = by_password(world, &person.caller, &person.login).await.expect("proven anew");
        assert!(world.caller(&former).await.is_none(), "the token from before the proof is worth nothing");
        person.caller = world.caller(&again.token).await.expect("a session");
        assert_eq!(world.fill(&person, case, NEW, "yes").await.expect("taken"), NextPage::Step);
        let code = world.code(NEW).await;
        world.confirm(&person, case, &code).await.expect("accepted");
        assert!(matches!(world.ended(&person, case).await.step, StepView::Issued { .. }));
        assert!(world.linked(&person).await.is_some_and(|shown| shown.ends_with("56")));
    });
}

/// [R58-8, R74-4.2]
#[test]
fn a_session_that_is_proven_anew_by_eds_is_not_asked_again_as_long_as_it_lives() {
    on_both_engines(async |world| {
        let (mut person, _) = old_session(world).await;
        let case = world.start(&person).await;
        asks_again(world, &person, case).await;
        let again = by_eds(world, &person.caller, &person.auth).await.expect("proven anew");
        person.caller = world.caller(&again.token).await.expect("a session");
        assert_eq!(person.caller.session().map(|session| session.method), Some(SignInMethod::Eds));
        world.pass(LATER);
        assert_eq!(world.fill(&person, case, NEW, "yes").await.expect("taken"), NextPage::Step);
        world.code(NEW).await;
    });
}

/// [R58-8, R74-4]
#[test]
fn nobody_else_can_prove_who_sits_there() {
    on_both_engines(async |world| {
        let (person, token) = old_session(world).await;
        let other = world.person_with_password(OTHER).await;
        let password = by_password(world, &person.caller, &other.login).await;
        assert!(matches!(password, Err(Error::WrongCredentials)));
        let eds = by_eds(world, &person.caller, &other.auth).await;
        assert!(matches!(eds, Err(Error::Signature(SignatureProblem::OtherPerson))));
        assert!(world.caller(&token).await.is_some(), "the session is as it was");
        let case = world.start(&person).await;
        asks_again(world, &person, case).await;
    });
}

/// [R58-5.1, R10-A1.1.2]
#[test]
fn a_first_number_and_a_fresh_session_need_nothing_more() {
    on_both_engines(async |world| {
        let mut person = world.person_with_password(WELL).await;
        let token = by_password(world, &Caller::Anonymous, &person.login).await.expect("signed in").token;
        person.caller = world.caller(&token).await.expect("a session");
        world.pass(LATER);
        world.link(&person, OLD).await;
        let token = by_password(world, &Caller::Anonymous, &person.login).await.expect("signed in").token;
        person.caller = world.caller(&token).await.expect("a session");
        world.pass(SignedDuration::from_mins(15));
        world.filled(&person, NEW).await;
        world.code(NEW).await;
    });
}
