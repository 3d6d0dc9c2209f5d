//! Where operators work: at one place at a time, and never at a desk that was left alone.

use jiff::SignedDuration;
use qyzmet_app::{
    Error,
    conduct::{CloseDuty, EnterDesk, LockDesk},
    desk::ListQueue,
};
use qyzmet_domain::{Caller, Locale, conduct::DutyKind};

use super::super::{
    super::world::{World, eventually, on_both_engines, well},
    Officer, kind,
};

const HEADS: &str = "+77010000321";

async fn enter(world: &World, caller: &Caller, from: &str) -> &'static str {
    kind(world.run(caller, EnterDesk { from: from.to_owned(), to_work: true }).await)
}

/// The same operator in one more session.
async fn again(world: &World, officer: &Officer) -> Caller {
    let token = world.sign_in(&officer.person.auth).await.expect("signed in").token;
    world.caller(&token).await.expect("a session")
}

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

/// [R839-19.5a]
#[test]
fn the_same_operator_at_two_places_at_once_is_an_alarm_to_head_and_provider() {
    on_both_engines(async |world| {
        let people = well(5);
        let around = world.around(&people[..3]).await;
        world.link(&around.head.person, HEADS).await;
        let operator = world.in_order(&around, people[3]).await;
        let second = again(world, &operator).await;
        assert_eq!(enter(world, &operator.caller, "place-one").await, "ok");
        assert_eq!(enter(world, &second, "place-one").await, "ok");
        assert_eq!(world.open_duty(&around, DutyKind::TwoPlaces).await, None, "one place, two sessions");
        world.pass(minutes(9));
        let third = again(world, &operator).await;
        assert_eq!(enter(world, &third, "place-two").await, "ok", "an alarm stops nobody");
        let duty = world.open_duty(&around, DutyKind::TwoPlaces).await.expect("an alarm");
        assert_eq!(world.journalled(&operator.person, "duty-raised").await, 1);
        eventually("a message", async || {
            let texts = world.outside.inbox.to(HEADS);
            texts.iter().any(|text| text.contains("екі жерден")).then_some(())
        })
        .await;
        assert_eq!(enter(world, &second, "place-one").await, "ok");
        assert_eq!(world.journalled(&operator.person, "duty-raised").await, 1, "not again while it is open");
        let close = |words: &str| CloseDuty { duty, words: words.to_owned() };
        assert_eq!(kind(world.run(&around.personnel.caller, close("Жол")).await), "not-found");
        world.run(&around.responsible.caller, close("Сөйлестік")).await.expect("answered");
    });
}

/// [R839-19.5a]
#[test]
fn moving_to_another_place_after_a_while_is_no_alarm() {
    on_both_engines(async |world| {
        let people = well(5);
        let around = world.around(&people[..3]).await;
        let operator = world.in_order(&around, people[3]).await;
        assert_eq!(enter(world, &operator.caller, "place-one").await, "ok");
        world.pass(minutes(10));
        assert_eq!(enter(world, &again(world, &operator).await, "place-two").await, "ok");
        assert_eq!(world.open_duty(&around, DutyKind::TwoPlaces).await, None);
    });
}

/// [R839-19.5g]
#[test]
fn a_desk_left_alone_locks_itself_with_an_alarm_and_opens_by_a_new_proof_only() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(5);
        let around = world.around(&people[..3]).await;
        let operator = world.in_order(&around, people[3]).await;
        let queue = async |caller: &Caller| world.run(caller, ListQueue { locale: Locale::Kk }).await;
        assert_eq!(enter(world, &operator.caller, "a-place").await, "ok");
        world.pass(minutes(9));
        assert_eq!(enter(world, &operator.caller, "a-place").await, "ok", "in use");
        world.pass(minutes(10));
        assert!(
            matches!(queue(&operator.caller).await, Err(Error::StepUp)),
            "no use case goes past the lock"
        );
        assert_eq!(enter(world, &operator.caller, "a-place").await, "step-up");
        assert_eq!(world.journalled(&operator.person, "desk-locked").await, 1);
        assert!(world.open_duty(&around, DutyKind::Idle).await.is_some(), "an alarm");
        assert_eq!(enter(world, &operator.caller, "a-place").await, "step-up", "and it stays locked");
        assert_eq!(world.journalled(&operator.person, "duty-raised").await, 1);
        let proven = again(world, &operator).await;
        assert_eq!(enter(world, &proven, "a-place").await, "ok");
        queue(&proven).await.expect("a queue");
    });
}

/// [R839-19.5g]
#[test]
fn a_desk_that_its_operator_locks_is_locked_without_an_alarm() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(5);
        let around = world.around(&people[..3]).await;
        let operator = world.in_order(&around, people[3]).await;
        world.run(&operator.caller, LockDesk).await.expect("locked");
        let queue = world.run(&operator.caller, ListQueue { locale: Locale::Kk }).await;
        assert!(matches!(queue, Err(Error::StepUp)));
        assert_eq!(enter(world, &operator.caller, "a-place").await, "step-up");
        assert_eq!(world.journalled(&operator.person, "desk-locked").await, 1);
        assert_eq!(world.journalled(&operator.person, "duty-raised").await, 0);
    });
}
