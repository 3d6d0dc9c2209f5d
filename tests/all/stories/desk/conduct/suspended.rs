//! Operators whose work is suspended: away for long, or with a key that is lost. Nothing of the desk opens for them, and
//! each attempt stands in the journal.

use jiff::civil::date;
use qyzmet_app::{
    ADMINISTRATOR, DeskProblem, Error, HEAD, OFFICER,
    conduct::{ReportAbsence, ReportKeyLost, ReportKeyLostOf, RestoreOperator, ShowOperator},
    desk::{AssignWork, ListQueue, Place, ShowDecision, ShowWork, Verdict},
};
use qyzmet_domain::{CaseId, Locale, conduct::DutyKind};
use qyzmet_pki::cms;
use qyzmet_store::repositories::certificates::State;

use super::{
    super::{
        super::{
            authority::{issued_as, standing},
            world::{World, eventually, on_both_engines, well, with_authority},
        },
        Officer, days, kind,
    },
    ground, refusal,
};

const HEADS: &str = "+77010000301";
const PROVIDERS: &str = "+77010000302";

/// Nothing of the desk opens: neither queue nor case, neither deciding nor what is to be signed.
async fn nothing_opens(world: &World, officer: &Officer, case: CaseId, why: &(String, String)) {
    let (place, locale) = (Place { case, action: 7 }, Locale::Kk);
    assert_eq!(&refusal(world.run(&officer.caller, ListQueue { locale }).await.map(drop)), why);
    assert_eq!(&refusal(world.run(&officer.caller, ShowWork { place, locale }).await.map(drop)), why);
    assert_eq!(&refusal(world.run(&officer.caller, ShowDecision { place }).await.map(drop)), why);
    let decide = qyzmet_app::desk::DecideWork { place, visit: 0, verdict: Verdict::Granted };
    let before = world.journalled(&officer.person, "operator-refused").await;
    assert_eq!(&refusal(world.run(&officer.caller, decide).await), why);
    let signature = cms::sign(b"anything", &officer.person.sign, world.app.now()).expect("signed");
    let approve = qyzmet_app::desk::ApproveWork { place, visit: 0, signature };
    assert_eq!(&refusal(world.run(&officer.caller, approve).await), why);
    let after = world.journalled(&officer.person, "operator-refused").await;
    assert_eq!(after, before + 2, "deciding and signing were tried");
}

/// [R839-15.1g]
#[test]
fn an_operator_who_is_away_for_more_than_fifteen_days_does_nothing_in_them_and_works_again_by_themselves() {
    on_both_engines(async |world| {
        world.with_permit().await;
        let people = well(6);
        let (around, person) = (world.around(&people[..3]).await, world.person(people[3]).await);
        let operator = world.in_order(&around, people[4]).await;
        let case = world.received(&person, &operator).await;
        let away = |last: i8| ReportAbsence {
            operator: operator.person.account,
            first: date(2026, 11, 23),
            last: date(2026, 12, last),
            words: "Емделуде, хат № 7".to_owned(),
        };
        let short = world.run(&around.personnel.caller, away(7)).await;
        assert!(matches!(short, Err(Error::Desk(DeskProblem::ShortAbsence))), "fifteen days suspend nobody");
        let own = world.run(&operator.caller, away(8)).await;
        assert_eq!(kind(own), "not-found", "an operator tells nothing of this about anybody");
        world.run(&around.personnel.caller, away(8)).await.expect("told");
        world.work(&operator, case, 7).await;
        world.pass(days(2));
        world.ring_duties().await;
        nothing_opens(world, &operator, case, &ground("operator-away", "15.1")).await;
        assert_eq!(world.journalled(&operator.person, "operator-certificates").await, 1, "on hold");
        world.pass(days(16));
        world
            .decide(&operator, case, Verdict::Granted)
            .await
            .expect("decided, and nobody had to do anything");
        world.ring_duties().await;
        assert_eq!(world.journalled(&operator.person, "operator-certificates").await, 2, "released");
        assert_eq!(world.outcome(&around, &operator, DutyKind::Absence).await.as_deref(), Some("over"));
    });
}

/// [R839-19.5c]
#[test]
fn a_lost_key_suspends_at_once_tells_head_and_provider_and_only_the_provider_ends_it() {
    with_authority(async |world| {
        world.with_permit().await;
        let people = well(6);
        let (around, person) = (world.around(&people[..3]).await, world.person(people[3]).await);
        world.link(&around.head.person, HEADS).await;
        world.link(&around.responsible.person, PROVIDERS).await;
        let operator = world.in_order(&around, people[4]).await;
        let case = world.received(&person, &operator).await;
        let serial = issued_as(world, &operator.person, "operator-sign").await;
        let lost = || ReportKeyLost { words: String::new() };
        world.run(&operator.caller, lost()).await.expect("told, without a word of why");
        assert_eq!(standing(world, &serial).await.state, State::Hold, "in the same moment");
        nothing_opens(world, &operator, case, &ground("operator-key-lost", "19.5")).await;
        for number in [HEADS, PROVIDERS] {
            eventually("a message", async || {
                let texts = world.outside.inbox.to(number);
                texts.iter().any(|text| text.contains("кілті жоғалды")).then_some(())
            })
            .await;
        }
        let (place, to) = (Place { case, action: 7 }, operator.person.account);
        let give = AssignWork { place, visit: 0, to, reason: "Сізге".to_owned() };
        let given = world.run(&around.head.caller, give).await;
        assert!(matches!(given, Err(Error::Desk(DeskProblem::NoSuchOfficer))), "and gets no work");
        world.run(&operator.caller, lost()).await.expect("told again");
        assert_eq!(world.journalled(&operator.person, "duty-raised").await, 1, "and raised once");
        assert_eq!(world.journalled(&operator.person, "operator-certificates").await, 1, "on hold");
        let duty = world.open_duty(&around, DutyKind::KeyLost).await.expect("a duty");
        let restore = |words: &str| RestoreOperator { duty, words: words.to_owned() };
        for other in [&operator, &around.personnel, &around.head] {
            assert_eq!(kind(world.run(&other.caller, restore("Табылды")).await), "not-found");
        }
        assert_eq!(kind(world.run(&around.responsible.caller, restore(" ")).await), "desk", "without words");
        world.run(&around.responsible.caller, restore("Жаңа тасығыш берілді")).await.expect("restored");
        let revoked = standing(world, &serial).await;
        assert_eq!((revoked.state, revoked.reason), (State::Revoked, Some(1)), "keyCompromise");
        assert_eq!(world.journalled(&operator.person, "operator-certificates").await, 2, "and revoked");
        world.decide(&operator, case, Verdict::Granted).await.expect("decided");
    });
}

/// How many messages about a lost key came to a number.
fn lost_keys(world: &World, number: &str) -> usize {
    world.outside.inbox.to(number).iter().filter(|text| text.contains("кілті жоғалды")).count()
}

/// [R839-19.5c]
#[test]
fn the_direct_head_and_the_administrator_suspend_an_operator_of_theirs_who_does_not_do_it() {
    with_authority(async |world| {
        let people = well(8);
        let around = world.around(&people[..3]).await;
        for (officer, number) in [(&around.head, HEADS), (&around.responsible, PROVIDERS)] {
            world.link(&officer.person, number).await;
        }
        let administrator = world.officer_of(people[6], "archive", vec![OFFICER, ADMINISTRATOR]).await;
        let colleague = world.officer_of(people[5], "operator", vec![OFFICER]).await;
        let stranger = world.officer_of(people[7], "archive", vec![OFFICER, HEAD]).await;
        for (by, number) in [(&around.head, people[3]), (&administrator, people[4])] {
            let operator = world.in_order(&around, number).await;
            let serial = issued_as(world, &operator.person, "operator-sign").await;
            let of =
                |words: &str| ReportKeyLostOf { operator: operator.person.account, words: words.to_owned() };
            for other in [&colleague, &stranger, &operator] {
                assert_eq!(
                    kind(world.run(&other.caller, of("Көрдім")).await),
                    "not-found",
                    "not theirs to say"
                );
            }
            assert_eq!(kind(world.run(&by.caller, of(" ")).await), "desk", "not without a reason");
            assert_eq!(standing(world, &serial).await.state, State::Good);

            let told = [HEADS, PROVIDERS].map(|number| lost_keys(world, number));
            world.run(&by.caller, of("Тасығыш үстелде қалған")).await.expect("told");
            assert_eq!(standing(world, &serial).await.state, State::Hold, "at once");
            let locale = Locale::Kk;
            let barred = refusal(world.run(&operator.caller, ListQueue { locale }).await.map(drop));
            assert_eq!(barred, ground("operator-key-lost", "19.5"));
            for (number, before) in [HEADS, PROVIDERS].into_iter().zip(told) {
                eventually("both are told", async || (lost_keys(world, number) > before).then_some(())).await;
            }
            let show = ShowOperator { operator: operator.person.account };
            let view = world.run(&by.caller, show).await.expect("a view");
            let duty = view.duties.into_iter().find(|duty| duty.kind == DutyKind::KeyLost).expect("a duty");
            assert_eq!(duty.words, "Тасығыш үстелде қалған");
            assert_eq!(world.journalled(&operator.person, "duty-raised").await, 1);
        }
    });
}
