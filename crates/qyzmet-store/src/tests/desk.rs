//! Officers, what cases wait for, payments and amendments of the calendar, on both engines.

use jiff::{Timestamp, civil::date};
use qyzmet_domain::{DocumentId, Locale};

use super::{account, at, case};
use crate::repositories::{
    accounts::{self, Account},
    calendar::{self, AmendedDay},
    head_notices,
    officers::{self, OfficerRow},
    payments::{self, PaymentRow},
    waits::{self, WaitRow},
};
use crate::{Store, on_both_engines};

const DESK: (&str, &str) = ("nca", "operator");

fn officer(number: u64, ends_at: Option<Timestamp>) -> OfficerRow {
    let (body, unit) = ("nca".to_owned(), "operator".to_owned());
    let roles = vec!["officer".to_owned(), "head".to_owned()];
    OfficerRow { account: account(number), body, unit, roles, begins_at: at(10), ends_at }
}

fn wait(number: u64, due: Option<i64>) -> WaitRow {
    WaitRow {
        case: case(number),
        action: 6,
        visit: 0,
        account: account(number),
        service: "a-service".parse().unwrap(),
        body: "nca".to_owned(),
        unit: "operator".to_owned(),
        task: "decide".to_owned(),
        came_at: at(1),
        due_at: due.map(at),
        alarm_at: due.map(at),
        level: 0,
        officer: None,
        request_number: None,
        left_at: None,
        document: None,
        signature: None,
    }
}

async fn put(store: &Store, wait: WaitRow) {
    store.write(move |tx| waits::put(tx, &wait)).await.unwrap();
}

fn payment(id: &str) -> PaymentRow {
    PaymentRow {
        id: id.to_owned(),
        account: account(1),
        case: case(1),
        action: 3,
        visit: 0,
        amount: 1_000,
        state: "new".to_owned(),
        gateway_id: None,
        pay_url: None,
        receipt: None,
        created_at: at(1),
        look_at: None,
        asked_at: None,
        paid_amount: None,
        refund: None,
        rejection: None,
        rejected_at: None,
    }
}

on_both_engines! {
    async fn somebody_is_an_officer_only_from_the_first_day_until_the_last(store: Store) {
        store.write(|tx| officers::put(tx, &officer(1, Some(at(20))))).await.unwrap();
        for (moment, is_one) in [(9, false), (10, true), (19, true), (20, false)] {
            let found = store.read(move |tx| officers::in_force(tx, account(1), at(moment))).await.unwrap();
            assert_eq!(found.is_some(), is_one, "{moment}");
        }
        store.write(|tx| officers::put(tx, &officer(1, None))).await.unwrap();
        let found = store.read(|tx| officers::in_force(tx, account(1), at(99))).await.unwrap();
        assert_eq!(found, Some(officer(1, None)));
    }

    async fn a_unit_knows_its_people_by_name_and_nobody_elses(store: Store) {
        store.write(|tx| {
            let iin = "900101300017".parse().unwrap();
            let person = Account { id: account(1), login: "aigerim".parse().unwrap(), password: None, iin, name: "Айгерім".to_owned(), locale: Locale::Kk, created_at: at(0) };
            accounts::insert(tx, &person)?;
            officers::put(tx, &officer(1, None))
        }).await.unwrap();
        let colleagues = store.read(|tx| officers::of_unit(tx, "nca", "operator", at(11))).await.unwrap();
        assert_eq!(colleagues.iter().map(|colleague| colleague.name.as_str()).collect::<Vec<_>>(), ["Айгерім"]);
        assert!(store.read(|tx| officers::of_unit(tx, "nca", "archive", at(11))).await.unwrap().is_empty());
    }

    async fn the_queue_of_a_unit_has_the_least_time_left_first_and_no_work_of_others(store: Store) {
        for (number, due) in [(1, Some(30)), (2, None), (3, Some(20))] {
            put(&store, wait(number, due)).await;
        }
        put(&store, WaitRow { unit: "archive".to_owned(), ..wait(4, Some(1)) }).await;
        put(&store, WaitRow { task: "payment".to_owned(), ..wait(5, Some(1)) }).await;
        let queue = store.read(|tx| waits::queue(tx, DESK, account(9), 10)).await.unwrap();
        assert_eq!(queue.iter().map(|row| row.case).collect::<Vec<_>>(), [case(3), case(1), case(2)]);
        assert_eq!(store.read(|tx| waits::queue_length(tx, DESK, account(1))).await, Ok(2));
    }

    async fn a_wait_is_kept_once_and_stays_known_when_the_case_has_gone_on(store: Store) {
        put(&store, wait(1, Some(30))).await;
        let given = WaitRow { officer: Some(account(7)), due_at: Some(at(99)), ..wait(1, None) };
        put(&store, given).await;
        let found = store.read(|tx| waits::open_of_case(tx, account(1), case(1))).await.unwrap();
        assert_eq!(found, [WaitRow { officer: Some(account(7)), ..wait(1, Some(30)) }]);
        let (document, signature) = (DocumentId::of(b"d"), DocumentId::of(b"s"));
        store.write(move |tx| {
            waits::signed(tx, &wait(1, None), document, signature)?;
            waits::leave(tx, &wait(1, None), at(40))
        }).await.unwrap();
        assert_eq!(store.read(|tx| waits::open_of_case(tx, account(1), case(1))).await, Ok(Vec::new()));
        let left = store.read(|tx| waits::at_desk(tx, case(1), 6, DESK)).await.unwrap().unwrap();
        assert_eq!((left.left_at, left.signature), (Some(at(40)), Some(signature)));
        assert_eq!(store.read(|tx| waits::at_desk(tx, case(1), 6, ("nca", "archive"))).await, Ok(None));
        assert_eq!(store.write(|tx| waits::reckoned(tx, &wait(1, Some(1)))).await, Ok(false));
    }

    async fn the_latest_coming_of_a_case_is_at_the_desk(store: Store) {
        put(&store, wait(1, Some(30))).await;
        store.write(|tx| waits::leave(tx, &wait(1, None), at(31))).await.unwrap();
        put(&store, WaitRow { visit: 1, ..wait(1, Some(60)) }).await;
        let found = store.read(|tx| waits::at_desk(tx, case(1), 6, DESK)).await.unwrap().unwrap();
        assert_eq!((found.visit, found.left_at), (1, None));
    }

    async fn an_alarm_rings_until_it_is_set_anew(store: Store) {
        put(&store, wait(1, Some(30))).await;
        put(&store, wait(2, Some(90))).await;
        assert!(store.read(|tx| waits::alarms(tx, at(29), 10)).await.unwrap().is_empty());
        let rung = store.read(|tx| waits::alarms(tx, at(30), 10)).await.unwrap();
        assert_eq!(rung.iter().map(|row| row.case).collect::<Vec<_>>(), [case(1)]);
        let later = WaitRow { alarm_at: None, level: 1, ..rung[0].clone() };
        assert_eq!(store.write(move |tx| waits::reckoned(tx, &later)).await, Ok(true));
        assert!(store.read(|tx| waits::alarms(tx, at(30), 10)).await.unwrap().is_empty());
    }

    async fn a_clock_is_put_off_only_as_it_was_seen(store: Store) {
        put(&store, wait(1, Some(30))).await;
        assert_eq!(store.write(|tx| waits::put_off(tx, &wait(1, Some(29)), at(60))).await, Ok(false));
        assert_eq!(store.write(|tx| waits::put_off(tx, &wait(1, Some(30)), at(60))).await, Ok(true));
        assert!(store.read(|tx| waits::alarms(tx, at(59), 10)).await.unwrap().is_empty());
        let rung = store.read(|tx| waits::alarms(tx, at(60), 10)).await.unwrap();
        assert_eq!((rung.len(), rung[0].due_at), (1, Some(at(30))), "the term is what it was");
    }

    async fn a_walk_through_running_terms_meets_each_once(store: Store) {
        for number in 1..=5 {
            put(&store, wait(number, (number != 3).then_some(50))).await;
        }
        let (mut met, mut last) = (Vec::new(), None);
        loop {
            let from: Option<WaitRow> = last.take();
            let rows = store.read(move |tx| waits::open_after(tx, from.as_ref(), 2)).await.unwrap();
            met.extend(rows.iter().map(|row| row.case));
            let Some(row) = rows.into_iter().last() else { break };
            last = Some(row);
        }
        met.sort();
        assert_eq!(met, [case(1), case(2), case(4), case(5)]);
    }

    async fn an_order_is_made_once_and_paid_once(store: Store) {
        assert_eq!(store.write(|tx| payments::insert(tx, &payment("a"))).await, Ok(true));
        assert_eq!(store.write(|tx| payments::insert(tx, &payment("b"))).await, Ok(false));
        assert_eq!(store.write(|tx| payments::ordered(tx, "a", ("g-1", "http://pay"), at(5))).await, Ok(true));
        let due = store.read(|tx| payments::to_look_at(tx, at(5), 10)).await.unwrap();
        assert_eq!((due.len(), due[0].pay_url.as_deref()), (1, Some("http://pay")));
        store.write(|tx| payments::look_later(tx, "a", Some(at(9)))).await.unwrap();
        assert!(store.read(|tx| payments::to_look_at(tx, at(8), 10)).await.unwrap().is_empty());
        assert_eq!(store.write(|tx| payments::paid(tx, "a", "r-1")).await, Ok(true));
        assert_eq!(store.write(|tx| payments::paid(tx, "a", "r-2")).await, Ok(false));
        store.write(|tx| payments::cancel(tx, case(1), 3, 0)).await.unwrap();
        let found = store.read(|tx| payments::of_case(tx, case(1), 3, 0)).await.unwrap().unwrap();
        assert_eq!((found.state.as_str(), found.receipt.as_deref(), found.look_at), ("paid", Some("r-1"), None));
    }

    async fn an_order_that_was_given_up_is_looked_at_further_paid_late_once_and_given_back_once(store: Store) {
        store.write(|tx| {
            payments::insert(tx, &payment("a"))?;
            payments::ordered(tx, "a", ("g-1", "http://pay"), at(5))
        }).await.unwrap();
        let late = |receipt| move |tx: &mut crate::Tx<'_>| payments::paid_late(tx, "a", (receipt, 1_000), at(20));
        assert_eq!(store.write(late("r-1")).await, Ok(false), "the case still waits for it");
        assert_eq!(store.read(|tx| payments::given_up(tx, case(1))).await, Ok(None));
        store.write(|tx| payments::cancel(tx, case(1), 3, 0)).await.unwrap();
        assert_eq!(store.read(|tx| payments::to_look_at(tx, at(5), 10)).await.unwrap().len(), 1);
        store.write(|tx| payments::still_open(tx, "a", at(6), None)).await.unwrap();
        assert!(store.read(|tx| payments::to_look_at(tx, at(99), 10)).await.unwrap().is_empty());
        assert_eq!(store.write(late("r-1")).await, Ok(true));
        assert_eq!(store.write(late("r-2")).await, Ok(false));
        assert_eq!(store.read(|tx| payments::to_look_at(tx, at(20), 10)).await.unwrap().len(), 1);
        assert_eq!(store.write(|tx| payments::refunded(tx, "a", "f-1")).await, Ok(true));
        assert_eq!(store.write(|tx| payments::refunded(tx, "a", "f-2")).await, Ok(false));
        let found = store.read(|tx| payments::given_up(tx, case(1))).await.unwrap().unwrap();
        assert_eq!((found.receipt.as_deref(), found.paid_amount, found.refund.as_deref()), (Some("r-1"), Some(1_000), Some("f-1")));
        assert_eq!((found.state.as_str(), found.asked_at, found.look_at), ("refunded", Some(at(6)), None));
        assert_eq!(store.read(|tx| payments::by_id(tx, "a")).await, Ok(Some(found)));
    }

    async fn heads_are_told_of_a_wait_once_for_each_height_to_which_it_was_raised(store: Store) {
        put(&store, wait(1, Some(30))).await;
        put(&store, WaitRow { unit: "archive".to_owned(), ..wait(2, Some(30)) }).await;
        let untold = async || store.read(|tx| waits::untold(tx, DESK, 10)).await.unwrap().len();
        let raise = async |level| {
            let raised = WaitRow { level, ..wait(1, Some(30)) };
            store.write(move |tx| waits::reckoned(tx, &raised)).await.unwrap();
        };
        assert_eq!(store.read(|tx| waits::untold_units(tx, 10)).await, Ok(Vec::new()));
        for (level, expected) in [(1, 1), (2, 1), (1, 0), (2, 0)] {
            raise(level).await;
            assert_eq!(untold().await, expected, "raised to {level}");
            let units = store.read(|tx| waits::untold_units(tx, 10)).await.unwrap();
            assert_eq!(units.len(), expected);
            store.write(move |tx| waits::told(tx, &WaitRow { level, ..wait(1, None) })).await.unwrap();
            assert_eq!(untold().await, 0);
        }
        assert_eq!(store.read(|tx| head_notices::last(tx, DESK)).await, Ok(None));
        for moment in [3, 7] {
            store.write(move |tx| head_notices::put(tx, DESK, at(moment))).await.unwrap();
        }
        assert_eq!(store.read(|tx| head_notices::last(tx, DESK)).await, Ok(Some(at(7))));
    }

    async fn a_day_is_amended_in_place_of_a_former_amendment(store: Store) {
        let day = AmendedDay { day: date(2026, 12, 15), working: false, instead_of: None, reason: "a decree".to_owned(), account: account(1), changed_at: at(1) };
        let again = AmendedDay { working: true, instead_of: Some(date(2026, 12, 12)), ..day.clone() };
        store.write(move |tx| calendar::put(tx, &day)).await.unwrap();
        let kept = again.clone();
        store.write(move |tx| calendar::put(tx, &again)).await.unwrap();
        assert_eq!(store.read(calendar::all).await, Ok(vec![kept]));
    }
}
