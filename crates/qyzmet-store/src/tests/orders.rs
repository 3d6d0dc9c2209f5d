//! Orders for certificates go one way, a key is ordered once, and the signer lets one certificate out for it; on both engines.

use super::{account, at};
use crate::on_both_engines;
use crate::repositories::{
    order_problems,
    orders::{self, Intent, OrderRow, OrderState, RequestRow},
    signer::{self, SignedRow},
};

fn order(number: &str) -> OrderRow {
    OrderRow {
        number: number.to_owned(),
        account: Some(account(1)),
        case: None,
        holder: "900101300017".to_owned(),
        text: b"{}".to_vec(),
        state: OrderState::Registered,
        signature: None,
        operator: None,
        registered_at: at(0),
        changed_at: at(0),
    }
}

fn request(number: &str, place: u32, key: u8) -> RequestRow {
    RequestRow {
        key_id: vec![key; 32],
        order_number: number.to_owned(),
        place,
        profile: "person-sign".to_owned(),
        request: vec![0x30],
        intent: None,
    }
}

fn intent(serial: u8) -> Intent {
    Intent {
        issuer: "ca".to_owned(),
        serial: vec![serial; 20],
        part: 3,
        not_before: at(1),
        not_after: at(9),
        body_sha256: vec![serial; 32],
    }
}

fn signed(key: u8, serial: u8) -> SignedRow {
    SignedRow {
        key_id: vec![key; 32],
        order_number: "N-1".to_owned(),
        order_sha256: vec![1; 32],
        issuer: "ca".to_owned(),
        serial: vec![serial; 20],
        body_sha256: vec![2; 32],
        der: vec![0x30, serial],
        signed_at: at(5),
    }
}

on_both_engines! {
    async fn an_order_goes_from_state_to_state_and_never_back(store: Store) {
        store.write(|tx| {
            assert!(orders::insert(tx, &order("N-1"))? && !orders::insert(tx, &order("N-1"))?);
            assert!(!orders::intended(tx, "N-1", Some(7), at(1))? && !orders::issued(tx, "N-1", at(1))?);
            assert!(orders::approve(tx, "N-1", b"cms", "operator", at(2))?);
            assert!(!orders::approve(tx, "N-1", b"another", "stranger", at(3))?, "the first one stands");
            assert!(orders::intended(tx, "N-1", Some(7), at(4))? && orders::issued(tx, "N-1", at(5))?);
            assert!(!orders::intended(tx, "N-1", Some(7), at(6))? && !orders::issued(tx, "N-1", at(6))?);
            let kept = orders::by_number(tx, "N-1")?.unwrap();
            assert!(kept.signature.as_deref() == Some(b"cms") && kept.state == OrderState::Issued);
            assert!((kept.registered_at, kept.changed_at) == (at(0), at(5)));
            Ok::<_, crate::StoreError>(())
        }).await.unwrap();
    }

    async fn a_key_is_ordered_once_and_an_intent_is_written_once(store: Store) {
        store.write(|tx| {
            assert!(orders::add_request(tx, &request("N-1", 0, 1))?);
            assert!(!orders::add_request(tx, &request("N-2", 0, 1))?, "the key of another order");
            assert!(!orders::add_request(tx, &request("N-1", 0, 2))?, "the place of another request");
            assert!(orders::add_request(tx, &request("N-1", 1, 2))?);
            assert!(orders::intend(tx, &[1; 32], &intent(1))? && !orders::intend(tx, &[1; 32], &intent(2))?);
            let intended = RequestRow { intent: Some(intent(1)), ..request("N-1", 0, 1) };
            assert_eq!(orders::requests(tx, "N-1")?, [intended, request("N-1", 1, 2)]);
            Ok::<_, crate::StoreError>(())
        }).await.unwrap();
    }

    async fn the_signer_lets_one_certificate_out_for_a_key_and_for_a_serial_number(store: Store) {
        store.write(|tx| {
            assert!(signer::record(tx, &signed(1, 1))?);
            assert!(!signer::record(tx, &signed(1, 2))?, "another certificate for the key");
            assert!(!signer::record(tx, &signed(2, 1))?, "the serial number of another");
            assert!(signer::by_key(tx, &[1; 32])? == Some(signed(1, 1)));
            assert!(signer::by_key(tx, &[2; 32])?.is_none());
            Ok::<_, crate::StoreError>(())
        }).await.unwrap();
    }

    async fn the_last_problem_of_an_order_is_kept(store: Store) {
        let find = || store.read(|tx| order_problems::find(tx, "N-1"));
        assert_eq!(find().await, Ok(None));
        for why in ["weak-key", "key-used"] {
            store.write(move |tx| order_problems::put(tx, "N-1", why, at(1))).await.unwrap();
            assert_eq!(find().await, Ok(Some(why.to_owned())));
        }
    }
}
