//! One story told to the payment gateway's client over a real socket.

use std::time::Duration;

use jiff::SignedDuration;
use qyzmet_app::ports::{Fault, PaymentGateway, PaymentOrder, PaymentState, RefundWish};
use qyzmet_domain::Identifier;

use super::{Client, PaymentConfig, simulator};
use crate::{
    breaker::BreakerConfig,
    simulation::Running,
    test_support::{ANY, Ca, clock, http, now, switch},
};

const PORTAL: &str = "160440007161";
const GATEWAY: &str = "190440005557";

async fn started(ca: &Ca, believed: &str) -> (Client, Running) {
    let options = simulator::Options {
        addr: ANY,
        identity: ca.organisation("PAY", GATEWAY),
        trust: ca.trust(),
        slow: Duration::from_secs(2),
        clock: clock(),
    };
    let running = simulator::serve(options, std::future::pending()).await.unwrap();
    let config = PaymentConfig {
        url: format!("http://{}/", running.addr),
        identity: ca.organisation("QYZMET", PORTAL),
        trust: ca.trust(),
        gateway_bin: believed.parse().unwrap(),
        kbk: "108126".to_owned(),
        knp: "911".to_owned(),
        payee: PORTAL.parse().unwrap(),
        timeout: Duration::from_millis(500),
        clock: clock(),
    };
    let breaker = BreakerConfig { failures: 100, rest: SignedDuration::from_secs(1) };
    (Client::new(config, breaker).unwrap(), running)
}

fn order(id: &str) -> PaymentOrder {
    PaymentOrder {
        id: id.to_owned(),
        at: now(),
        payer: Identifier::Iin("900101300017".parse().unwrap()),
        amount: 1_966,
        purpose: "Анықтама".to_owned(),
        back: "http://127.0.0.1:8080/requests/1/paid".to_owned(),
    }
}

/// [R1116-7.9]
#[tokio::test]
async fn a_fee_is_ordered_once_paid_on_the_gateways_page_and_then_known_to_be_paid() {
    let (client, _running) = started(&Ca::new(), GATEWAY).await;
    let place = client.order(order("p-1")).await.unwrap();
    assert_eq!(client.order(order("p-1")).await.unwrap(), place);
    assert_eq!(client.state("p-1", now()).await, Ok(PaymentState::Open));
    let page = http().get(&place.pay_url).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("1966 ₸") && page.contains("Анықтама"));
    for _ in 0..2 {
        let _redirect = http().post(&place.pay_url).send().await;
    }
    let PaymentState::Paid { amount, receipt, .. } = client.state("p-1", now()).await.unwrap() else {
        panic!("not paid")
    };
    assert_eq!((amount, receipt.is_empty()), (1_966, false));
}

/// [R1116-7.9]
#[tokio::test]
async fn a_payment_is_given_back_once_and_only_what_was_paid_under_its_receipt() {
    let (client, running) = started(&Ca::new(), GATEWAY).await;
    let place = client.order(order("p-1")).await.unwrap();
    let wish = |receipt: &str, amount| RefundWish {
        id: "p-1".to_owned(),
        at: now(),
        receipt: receipt.to_owned(),
        amount,
    };
    let refused = Err(Fault::Rejected("HTTP 422".to_owned()));
    assert_eq!(client.refund(wish("R-1", 1_966)).await, refused, "nothing is paid yet");
    let _redirect = http().post(&place.pay_url).send().await;
    let PaymentState::Paid { receipt, .. } = client.state("p-1", now()).await.unwrap() else {
        panic!("not paid")
    };
    assert_eq!(client.refund(wish(&receipt, 19_660)).await, refused, "more than was paid");
    assert_eq!(client.refund(wish("R-9", 1_966)).await, refused, "under another receipt");
    let refund = client.refund(wish(&receipt, 1_966)).await.unwrap();
    assert_eq!(client.refund(wish(&receipt, 1_966)).await, Ok(refund.clone()));
    let orders = crate::test_support::json_of(running.page, "/api/orders").await;
    assert_eq!(orders[0]["refund"], serde_json::json!(refund));
    switch(running.page, "wrong-signature").await;
    assert_eq!(client.refund(wish(&receipt, 1_966)).await, Err(Fault::BadSignature));
    switch(running.page, "malformed").await;
    assert!(matches!(client.refund(wish(&receipt, 1_966)).await, Err(Fault::Malformed(_))));
}

#[tokio::test]
async fn what_is_not_signed_by_the_gateway_is_not_believed() {
    let ca = Ca::new();
    let (client, running) = started(&ca, GATEWAY).await;
    switch(running.page, "wrong-signature").await;
    assert_eq!(client.order(order("p-1")).await, Err(Fault::BadSignature));
    let (stranger, _running) = started(&ca, PORTAL).await;
    assert_eq!(stranger.order(order("p-1")).await, Err(Fault::BadSignature));
}

#[tokio::test]
async fn a_gateway_that_is_down_slow_or_speaks_nonsense_is_a_fault() {
    let (client, running) = started(&Ca::new(), GATEWAY).await;
    for (mode, fault) in [
        ("down", Fault::Unavailable("HTTP 503".to_owned())),
        ("slow", Fault::Timeout),
        ("malformed", Fault::Malformed("not the answer of the protocol".to_owned())),
    ] {
        switch(running.page, mode).await;
        assert_eq!(client.order(order("p-1")).await, Err(fault), "{mode}");
    }
    switch(running.page, "ok").await;
    assert_eq!(client.state("p-9", now()).await, Err(Fault::Rejected("HTTP 422".to_owned())));
}

#[tokio::test]
async fn an_order_that_nobody_trusted_has_signed_is_not_taken() {
    let (_, running) = started(&Ca::new(), GATEWAY).await;
    let (stranger, _other) = started(&Ca::new(), GATEWAY).await;
    let url = format!("http://{}/", running.addr);
    let config = PaymentConfig { url, ..stranger.config.clone() };
    let breaker = BreakerConfig { failures: 100, rest: SignedDuration::from_secs(1) };
    let client = Client::new(config, breaker).unwrap();
    assert_eq!(client.order(order("p-1")).await, Err(Fault::Unavailable("HTTP 403".to_owned())));
    let orders = crate::test_support::json_of(running.page, "/api/orders").await;
    assert_eq!(orders, serde_json::json!([]));
}
