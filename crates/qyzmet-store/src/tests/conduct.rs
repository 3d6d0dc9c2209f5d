//! Duties, carriers and accepted documents, on both engines.

use qyzmet_domain::{
    DutyId,
    conduct::{Carrier, DutyKind, RetentionClass},
};

use super::{account, at};
use crate::on_both_engines;
use crate::repositories::{
    carriers, desk_sessions,
    duties::{self, DutyRow},
    papers::{self, PaperRow},
};

fn duty(number: u8, kind: DutyKind) -> DutyRow {
    DutyRow {
        id: DutyId::from_parts(at(0), [number; 10]),
        account: account(1),
        body: "nca".to_owned(),
        unit: "operator".to_owned(),
        kind,
        begins_at: at(10),
        ends_at: None,
        due_at: Some(at(20)),
        alarm_at: Some(at(20)),
        done_at: None,
        entered_by: account(2),
        words: "Хат № 1".to_owned(),
        outcome: None,
        answer: None,
    }
}

on_both_engines! {
    async fn a_duty_rings_until_it_is_closed_and_is_closed_once(store: Store) {
        store.write(|tx| {
            duties::insert(tx, &duty(1, DutyKind::Departure))?;
            duties::insert(tx, &duty(2, DutyKind::Violation))?;
            let first = duty(1, DutyKind::Departure).id;
            assert_eq!(duties::alarms(tx, at(19))?.len(), 0);
            assert_eq!(duties::alarms(tx, at(20))?.len(), 2);
            assert_eq!(duties::open(tx, Some("nca"))?.len(), 2);
            assert!(duties::close(tx, first, at(21), ("revoked", Some("Иә")))?);
            assert!(!duties::close(tx, first, at(22), ("again", None))?, "once");
            let closed = duties::find(tx, first)?.unwrap();
            assert_eq!((closed.outcome.as_deref(), closed.done_at), (Some("revoked"), Some(at(21))));
            assert_eq!(duties::alarms(tx, at(30))?.len(), 1);
            assert_eq!(duties::open(tx, None)?.len(), 1);
            assert!(duties::open(tx, Some("other"))?.is_empty());
            assert_eq!(duties::open_of_account(tx, account(1))?.len(), 1);
            assert_eq!(duties::of_account(tx, account(1))?.len(), 2);
            assert_eq!(duties::last_done(tx, account(1), DutyKind::Departure)?, Some(at(10)));
            assert_eq!(duties::last_done(tx, account(1), DutyKind::Violation)?, None);
            duties::set_alarm(tx, duty(2, DutyKind::Violation).id, None)?;
            assert!(duties::alarms(tx, at(30))?.is_empty());
            Ok::<_, crate::StoreError>(())
        }).await.unwrap();
    }

    async fn a_carrier_is_in_one_pair_of_hands_and_can_be_given_again_when_it_is_back(store: Store) {
        store.write(|tx| {
            let carrier = Carrier::parse("AKKaztokenStore", "KZ-0001").unwrap();
            assert!(carriers::give(tx, &carrier, (account(1), account(9)), at(1))?);
            assert!(!carriers::give(tx, &carrier, (account(2), account(9)), at(2))?);
            assert_eq!(carriers::out(tx, "KZ-0001")?.map(|row| row.account), Some(account(1)));
            assert!(carriers::take_back(tx, "KZ-0001", account(9), at(3))?);
            assert!(!carriers::take_back(tx, "KZ-0001", account(9), at(4))?);
            assert!(carriers::give(tx, &carrier, (account(2), account(9)), at(5))?);
            let had = carriers::of_account(tx, account(1))?;
            assert_eq!((had.len(), had[0].given_at, had[0].returned_at), (1, at(1), Some(at(3))));
            Ok::<_, crate::StoreError>(())
        }).await.unwrap();
    }

    /// [R839-15.4]
    async fn no_statement_deletes_a_document_before_its_term(store: Store) {
        store.write(|tx| {
            let paper = PaperRow {
                owner: "a-case".to_owned(),
                kind: "photo".to_owned(),
                accepted_at: at(1),
                document: None,
                class: RetentionClass::Service,
                kept_until: at(100),
            };
            papers::insert(tx, &paper)?;
            assert!(!papers::delete(tx, &paper, at(99))?);
            // What the caller believes about the term counts for nothing.
            assert!(!papers::delete(tx, &PaperRow { kept_until: at(2), ..paper.clone() }, at(99))?);
            assert_eq!(papers::of_owner(tx, "a-case")?, std::slice::from_ref(&paper));
            assert!(papers::delete(tx, &paper, at(100))?);
            assert!(papers::of_owner(tx, "a-case")?.is_empty());
            Ok::<_, crate::StoreError>(())
        }).await.unwrap();
    }

    async fn a_locked_desk_stays_locked_however_often_it_is_used(store: Store) {
        store.write(|tx| {
            let session = qyzmet_domain::SessionId::from_parts(at(0), [1; 10]);
            assert!(!desk_sessions::lock(tx, session, at(1))?);
            desk_sessions::put(tx, (session, account(1)), "a-place", at(1))?;
            assert_eq!(desk_sessions::since(tx, account(1), at(0))?.len(), 1);
            assert!(desk_sessions::lock(tx, session, at(2))?);
            desk_sessions::put(tx, (session, account(1)), "a-place", at(3))?;
            assert_eq!(desk_sessions::find(tx, session)?.and_then(|row| row.locked_at), Some(at(2)));
            assert!(desk_sessions::since(tx, account(1), at(0))?.is_empty());
            assert_eq!(desk_sessions::sweep(tx, at(4))?, 1);
            Ok::<_, crate::StoreError>(())
        }).await.unwrap();
    }
}
