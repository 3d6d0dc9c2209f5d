//! Operators who leave: a task with its date for the provider, an alarm two days before, and an end on the day itself.

use jiff::civil::Date;
use qyzmet_app::{
    DeskProblem, Error,
    conduct::{ListOperators, ReportDeparture, RevokeOperator},
};
use qyzmet_domain::{Caller, conduct::DutyKind};

use super::{
    super::{
        super::world::{World, on_both_engines, well},
        Officer, days, kind,
    },
    Around,
};

fn leaves(officer: &Officer, day: Date) -> ReportDeparture {
    ReportDeparture { operator: officer.person.account, day, words: "Бұйрық № 45-ж".to_owned() }
}

/// An operator who leaves in so many days.
async fn leaving(world: &World, numbers: &[u32], in_days: i32) -> (Around, Officer) {
    let around = world.around(&numbers[..3]).await;
    let operator = world.in_order(&around, numbers[3]).await;
    let day = world.app.today() + jiff::Span::new().days(in_days);
    world.run(&around.personnel.caller, leaves(&operator, day)).await.expect("told");
    (around, operator)
}

async fn raised(world: &World, operator: &Officer) -> usize {
    world.ring_duties().await;
    world.journalled(&operator.person, "duty-raised").await
}

/// [R839-15.1f]
#[test]
fn certificates_that_are_not_revoked_two_days_before_are_raised_and_revoked_on_the_day() {
    on_both_engines(async |world| {
        let people = well(4);
        let (around, operator) = leaving(world, &people, 5).await;
        let view = world.run(&around.responsible.caller, ListOperators).await.expect("a list");
        let (_, task) = view.tasks.first().expect("a task for the provider");
        assert_eq!((task.kind, task.late), (DutyKind::Departure, false));
        let (due, day) = (task.due_at.expect("a date"), task.ends_at.expect("a day"));
        assert_eq!(day.duration_since(due), days(2));
        world.clock.advance(due.duration_since(world.app.now()) - days(1) / 24);
        assert_eq!(raised(world, &operator).await, 0, "there is time");
        world.pass(days(1) / 12);
        assert_eq!(raised(world, &operator).await, 1);
        assert_eq!(raised(world, &operator).await, 1, "once");
        let fresh = world.sign_in(&operator.person.auth).await.expect("signed in").token;
        assert!(matches!(world.caller(&fresh).await, Some(Caller::Officer(_))), "until the day they work");
        world.clock.advance(day.duration_since(world.app.now()));
        world.ring_duties().await;
        let fresh = world.sign_in(&operator.person.auth).await.expect("signed in").token;
        assert!(matches!(world.caller(&fresh).await, Some(Caller::Person(_))), "an officer no more");
        assert_eq!(world.journalled(&operator.person, "operator-certificates").await, 1);
        let outcome = world.outcome(&around, &operator, DutyKind::Departure).await;
        assert_eq!(outcome.as_deref(), Some("revoked-on-the-day"));
    });
}

/// [R839-15.1f]
#[test]
fn a_provider_who_revokes_in_time_hears_no_alarm_and_nobody_else_can_revoke() {
    on_both_engines(async |world| {
        let people = well(4);
        let (around, operator) = leaving(world, &people, 5).await;
        let duty = world.open_duty(&around, DutyKind::Departure).await.expect("a task");
        for other in [&around.personnel, &around.head, &operator] {
            assert_eq!(kind(world.run(&other.caller, RevokeOperator { duty }).await), "not-found");
        }
        world.run(&around.responsible.caller, RevokeOperator { duty }).await.expect("revoked");
        assert_eq!(kind(world.run(&around.responsible.caller, RevokeOperator { duty }).await), "late");
        world.pass(days(6));
        assert_eq!(raised(world, &operator).await, 0);
        assert_eq!(world.journalled(&operator.person, "operator-certificates").await, 1, "once");
    });
}

/// [R839-15.1f]
#[test]
fn a_departure_that_is_told_too_late_is_raised_at_once_and_one_of_the_past_is_none() {
    on_both_engines(async |world| {
        let people = well(4);
        let (around, operator) = leaving(world, &people, 1).await;
        assert_eq!(raised(world, &operator).await, 1);
        let today = leaves(&operator, world.app.today());
        let told = world.run(&around.personnel.caller, today).await;
        assert!(matches!(told, Err(Error::Desk(DeskProblem::BadDay))));
    });
}
