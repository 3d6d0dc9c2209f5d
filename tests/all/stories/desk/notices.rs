//! Messages about a case at a desk: to the head of the unit before and after a term, to the recipient when more is asked and
//! when it is decided. Each once, whatever happens to the portal or the calendar.

use jiff::{SignedDuration, civil::date};
use qyzmet_app::{
    ADMINISTRATOR, ChangeLocale,
    desk::{AmendCalendar, AskForMore, Place, RingAlarms, TellHeads, Verdict},
};
use qyzmet_domain::{CaseId, Locale};

use super::{
    super::world::{World, eventually, on_both_engines, well},
    Officer,
};

const HEADS: &str = "+77010000201";
const RECIPIENTS: &str = "+77010000202";

/// All texts to a number since the code with which it was linked, once no message is on its way any more.
async fn texts(world: &World, number: &str) -> Vec<String> {
    eventually("the last message", async || (world.open_jobs().await == 0).then_some(())).await;
    world.outside.inbox.to(number).split_off(1)
}

/// The clocks are looked at and the heads told, twice, as two workers would.
async fn ring(world: &World) {
    for _ in 0..2 {
        world.system(RingAlarms).await.expect("rung");
        world.system(TellHeads).await.expect("told");
    }
}

/// Lets time pass until so many minutes after the term of the decision; before it when they are negative.
async fn pass_to(world: &World, officer: &Officer, case: CaseId, minutes: i64) {
    let due = world.work(officer, case, 7).await.due_at.expect("a term");
    world.clock.advance(due.duration_since(world.app.now()) + SignedDuration::from_mins(minutes));
}

/// [R1116-A1.5]
#[test]
fn the_head_is_told_by_message_once_before_a_term_is_over_and_once_after_it() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(4);
        let (person, officer) = (world.person(people[0]).await, world.operator(people[1]).await);
        let head = world.head(people[2]).await;
        world.link(&head.person, HEADS).await;
        let case = world.received(&person, &officer).await;
        ring(world).await;
        assert!(texts(world, HEADS).await.is_empty(), "there is time");
        pass_to(world, &officer, case, -1).await;
        ring(world).await;
        let near = "Мерзімі таяған іс: 1, өткені: 0. Кезекті ашыңыз.";
        assert_eq!(texts(world, HEADS).await, [near]);
        let world = world.start_again().await;
        pass_to(&world, &officer, case, 20).await;
        ring(&world).await;
        let over = "Мерзімі таяған іс: 0, өткені: 1. Кезекті ашыңыз.";
        assert_eq!(texts(&world, HEADS).await, [near, over]);
        let world = world.start_again().await;
        world.pass(super::days(3));
        ring(&world).await;
        assert_eq!(texts(&world, HEADS).await.len(), 2, "the journal says it again, the handset does not");
        assert_eq!(world.journalled(&person, "work-raised").await, 3);
        assert!(world.queue(&head).await[0].raised, "the badge stays");
        world.end().await;
    });
}

#[test]
fn many_cases_make_one_message_and_an_amendment_of_the_calendar_none() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(7);
        let (officer, head) = (world.operator(people[0]).await, world.head(people[1]).await);
        let administrator = world.officer_of(people[2], "archive", vec![ADMINISTRATOR]).await;
        world.link(&head.person, HEADS).await;
        let mut cases = Vec::new();
        for number in &people[3..6] {
            let person = world.person(*number).await;
            cases.push(world.received(&person, &officer).await);
        }
        pass_to(world, &officer, cases[2], 20).await;
        ring(world).await;
        let told = ["Мерзімі таяған іс: 0, өткені: 3. Кезекті ашыңыз."];
        assert_eq!(texts(world, HEADS).await, told);
        let reason = "Қаулы".to_owned();
        let amend = AmendCalendar { day: date(2026, 11, 23), working: false, instead_of: None, reason };
        assert_eq!(world.run(&administrator.caller, amend).await.expect("amended"), 3);
        assert!(world.work(&officer, cases[0], 7).await.due_at > Some(world.app.now()), "due tomorrow");
        pass_to(world, &officer, cases[2], 20).await;
        ring(world).await;
        assert_eq!(texts(world, HEADS).await, told, "they were told of these three");
    });
}

#[test]
fn a_second_message_waits_for_a_quarter_of_an_hour() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(4);
        let (officer, head) = (world.operator(people[0]).await, world.head(people[1]).await);
        world.link(&head.person, HEADS).await;
        let first = world.received(&world.person(people[2]).await, &officer).await;
        pass_to(world, &officer, first, -115).await;
        world.received(&world.person(people[3]).await, &officer).await;
        pass_to(world, &officer, first, 1).await;
        ring(world).await;
        let both = "Мерзімі таяған іс: 1, өткені: 1. Кезекті ашыңыз.";
        assert_eq!(texts(world, HEADS).await, [both]);
        world.pass(SignedDuration::from_mins(5));
        ring(world).await;
        assert_eq!(
            texts(world, HEADS).await,
            [both],
            "the second is over now, and the head has just been told"
        );
        world.pass(SignedDuration::from_mins(11));
        ring(world).await;
        assert_eq!(texts(world, HEADS).await, [both, "Мерзімі таяған іс: 0, өткені: 1. Кезекті ашыңыз."]);
    });
}

#[test]
fn a_unit_without_a_head_tells_the_one_who_is_appointed_later() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(4);
        let (person, officer) = (world.person(people[0]).await, world.operator(people[1]).await);
        let case = world.received(&person, &officer).await;
        pass_to(world, &officer, case, 1).await;
        ring(world).await;
        let head = world.head(people[2]).await;
        world.link(&head.person, HEADS).await;
        world.pass(SignedDuration::from_mins(16));
        ring(world).await;
        assert_eq!(texts(world, HEADS).await.len(), 1);
    });
}

/// [R1116-7.9, R1116-7.13]
#[test]
fn the_recipient_is_told_in_their_language_that_more_is_asked_and_that_it_is_decided() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(4);
        let (person, first, second) =
            (world.person(people[0]).await, world.operator(people[1]).await, world.operator(people[2]).await);
        world.link(&person, RECIPIENTS).await;
        world.run(&person.caller, ChangeLocale { locale: Locale::Ru }).await.expect("changed");
        let case = world.received(&person, &first).await;
        let number = world.view(&person, case).await.request_number.expect("a number");
        let place = Place { case, action: 7 };
        let visit = world.work(&first, case, 7).await.visit;
        let ask = AskForMore { place, visit, question: "Қай үй?".to_owned() };
        world.run(&first.caller, ask).await.expect("asked");
        let asked = format!("По заявке {number} нужны сведения. Откройте портал.");
        assert_eq!(texts(world, RECIPIENTS).await, std::slice::from_ref(&asked));
        let world = world.start_again().await;
        world.answer(&person, case, "more", ("answer", "Он екінші")).await.expect("answered");
        world.decide(&first, case, Verdict::Granted).await.expect("decided");
        world.approve(&second, case).await.expect("approved");
        world.ended(&person, case).await;
        let decided = format!("По заявке {number} есть решение. Откройте портал.");
        assert_eq!(texts(&world, RECIPIENTS).await, [asked, decided]);
        world.end().await;
    });
}

/// [R1116-7.11]
#[test]
fn a_refusal_by_an_officer_is_told_too_and_says_nothing_of_its_ground() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(3);
        let (person, officer) = (world.person(people[0]).await, world.operator(people[1]).await);
        world.link(&person, RECIPIENTS).await;
        let case = world.received(&person, &officer).await;
        world.decide(&officer, case, super::refused("Мекенжай жоқ")).await.expect("refused");
        let number = world.ended(&person, case).await.request_number.expect("a number");
        let told = texts(world, RECIPIENTS).await;
        assert_eq!(told, [format!("№ {number} өтінім бойынша шешім бар. Порталды ашыңыз.")]);
    });
}
