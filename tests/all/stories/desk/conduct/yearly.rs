//! What an operator does again and again: acknowledging the instruction, having the workstation checked.

use jiff::{SignedDuration, ToSpan};
use qyzmet_app::{
    DeskProblem, Error,
    conduct::{AttestWorkstation, ShowOwnDuties},
    desk::ListQueue,
};
use qyzmet_domain::Locale;

use super::{
    super::{
        super::world::{World, eventually, on_both_engines, well},
        Officer, days,
    },
    ground, refusal,
};

const OPERATORS: &str = "+77010000331";

async fn works(world: &World, operator: &Officer) -> Result<(), Error> {
    world.run(&operator.caller, ListQueue { locale: Locale::Kk }).await.map(drop)
}

/// [R839-19.5f]
#[test]
fn the_instruction_is_acknowledged_every_year_with_a_reminder_or_there_is_no_work() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(5);
        let around = world.around(&people[..3]).await;
        let operator = world.accepted(&around, people[3]).await;
        world.link(&operator.person, OPERATORS).await;
        world.pledge(&operator).await;
        world.attest(&operator, world.app.today()).await.expect("attested");
        let never = refusal(works(world, &operator).await);
        assert_eq!(never, ground("operator-not-acknowledged", "19.5"), "not even once");
        world.acknowledge(&operator).await;
        works(world, &operator).await.expect("work");
        world.pass(days(365 - 14));
        world.ring_duties().await;
        eventually("a reminder", async || {
            let texts = world.outside.inbox.to(OPERATORS);
            texts.iter().any(|text| text.contains("жыл сайынғы")).then_some(())
        })
        .await;
        world.attest(&operator, world.app.today()).await.expect("attested");
        works(world, &operator).await.expect("a reminder stops nobody");
        world.pass(days(14));
        assert_eq!(refusal(works(world, &operator).await), never, "overdue");
        world.acknowledge(&operator).await;
        works(world, &operator).await.expect("work again");
    });
}

/// [R839-19.5h, R839-19.5i, R839-19.5j]
#[test]
fn a_workstation_is_attested_whole_and_an_old_check_is_a_warning_first_and_a_refusal_then() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(5);
        let around = world.around(&people[..3]).await;
        let operator = world.in_order(&around, people[3]).await;
        let today = world.app.today();
        let attest = |antivirus, allow_list, applications| AttestWorkstation {
            checked_on: today,
            antivirus,
            allow_list,
            applications,
        };
        for part in [attest(false, true, true), attest(true, false, true), attest(true, true, false)] {
            let attested = world.run(&operator.caller, part).await;
            assert!(matches!(attested, Err(Error::Desk(DeskProblem::Unsaid))));
        }
        let tomorrow = world.attest(&operator, today + 1.day()).await;
        assert!(matches!(tomorrow, Err(Error::Desk(DeskProblem::BadDay))));
        world.pass(days(30));
        let own = world.run(&operator.caller, ShowOwnDuties).await.expect("a view");
        assert!(own.check_is_due && own.bar.is_none(), "a warning");
        works(world, &operator).await.expect("within the grace there is work");
        world.pass(days(7));
        assert_eq!(refusal(works(world, &operator).await), ground("operator-unchecked", "19.5"));
        world.attest(&operator, today).await.expect("attested");
        let still = refusal(works(world, &operator).await);
        assert_eq!(
            still,
            ground("operator-unchecked", "19.5"),
            "an attestation of an old check helps nobody"
        );
        world.attest(&operator, world.app.today()).await.expect("attested");
        works(world, &operator).await.expect("work again");
        world.pass(SignedDuration::from_secs(1));
    });
}
