//! The contract with a message centre: client and simulator over real SMPP on loopback.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use qyzmet_app::ports::{Fault, MessageCentre, Receipt, ShortMessage};
use tokio::sync::mpsc;

use super::{Client, SmsConfig, simulator};
use crate::{
    simulation::Running,
    test_support::{ANY, clock, json_of, message, switch, text_of},
};

const TEXT: &str = "Растау коды: 483920. Ешкімге айтпаңыз! ҚҒҢӨҰҮҺІ";

struct Story {
    centre: Running,
    client: Client,
    receipts: mpsc::Receiver<Receipt>,
}

async fn centre(shutdown: impl Future<Output = ()> + Send + 'static) -> Running {
    let options = simulator::Options {
        addr: ANY,
        page: ANY,
        system_id: "qyzmet".to_owned(),
        password: "secret".into(),
        slow: Duration::from_secs(60),
        clock: clock(),
    };
    simulator::serve(options, shutdown).await.unwrap()
}

fn config(addr: std::net::SocketAddr) -> SmsConfig {
    SmsConfig {
        addr: addr.to_string(),
        system_id: "qyzmet".to_owned(),
        password: "secret".into(),
        sender: "1414".to_owned(),
        timeout: Duration::from_secs(5),
        enquire_link: Duration::from_millis(100),
        window: 10,
        per_second: 10_000,
        reconnect: Duration::from_millis(5),
    }
}

async fn story() -> Story {
    let centre = centre(std::future::pending()).await;
    let (client, receipts) = Client::connect(config(centre.addr));
    Story { centre, client, receipts }
}

fn sms(number: u8, text: &str) -> ShortMessage {
    ShortMessage { id: message(number), to: "+77011234567".parse().unwrap(), text: text.to_owned() }
}

impl Story {
    async fn on_the_handset(&self) -> Vec<String> {
        let list = json_of(self.centre.page, "/api/messages?to=+77011234567").await;
        list.as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect()
    }
}

/// [R58-5.2b]
#[tokio::test]
async fn a_kazakh_text_arrives_as_it_was_written_and_its_receipt_comes_back() {
    let mut story = story().await;
    let id = story.client.send(sms(1, TEXT)).await.unwrap();
    assert_eq!(story.on_the_handset().await, [TEXT]);
    let receipt = story.receipts.recv().await.unwrap();
    assert_eq!(receipt, Receipt { centre_id: id, delivered: true, state: "DELIVRD".to_owned() });
    assert!(text_of(story.centre.page, "/").await.contains(TEXT));
    let other = json_of(story.centre.page, "/api/messages?to=%2B77010000000").await;
    assert_eq!(other.as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn the_same_message_is_handed_over_once_even_when_asked_twice_at_the_same_time() {
    let story = story().await;
    let (first, second) = tokio::join!(story.client.send(sms(1, TEXT)), story.client.send(sms(1, TEXT)));
    assert_eq!(first.unwrap(), second.unwrap());
    assert_eq!(story.on_the_handset().await.len(), 1);
}

#[tokio::test]
async fn neither_number_nor_code_nor_password_is_in_the_log_at_its_most_talkative() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone());
    let _guard = tracing::subscriber::set_default(subscriber.finish());
    let mut story = story().await;
    story.client.send(sms(1, TEXT)).await.unwrap();
    story.receipts.recv().await.unwrap();
    switch(story.centre.page, "disconnect").await;
    story.client.send(sms(2, TEXT)).await.unwrap_err();
    let written = log.text();
    assert!(written.contains("the message centre closed the link") || written.contains("rusmppc"));
    for secret in ["7011234567", "483920", "Растау", "secret"] {
        assert!(!written.contains(secret), "{secret}");
    }
}

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> tracing_subscriber::fmt::MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn a_text_that_needs_two_parts_is_refused_for_good_and_not_sent() {
    let story = story().await;
    let refused = story.client.send(sms(1, &"қ".repeat(71))).await;
    assert!(matches!(refused, Err(Fault::Rejected(_))));
    assert!(story.on_the_handset().await.is_empty());
}

#[tokio::test]
async fn a_throttled_message_may_be_sent_again_and_then_arrives() {
    let story = story().await;
    switch(story.centre.page, "throttle").await;
    assert_eq!(story.client.send(sms(1, TEXT)).await, Err(Fault::Throttled));
    switch(story.centre.page, "ok").await;
    story.client.send(sms(1, TEXT)).await.unwrap();
    assert_eq!(story.on_the_handset().await.len(), 1);
}

#[tokio::test]
async fn a_disconnect_in_the_middle_is_a_fault_and_the_link_comes_back_by_itself() {
    let story = story().await;
    switch(story.centre.page, "disconnect").await;
    assert!(matches!(story.client.send(sms(1, TEXT)).await, Err(Fault::Unavailable(_))));
    switch(story.centre.page, "ok").await;
    story.client.send(sms(1, TEXT)).await.unwrap();
    assert_eq!(story.on_the_handset().await.len(), 1);
}

#[tokio::test]
async fn a_slow_centre_is_a_timeout_and_a_centre_that_is_down_is_not_reachable() {
    let centre = centre(std::future::pending()).await;
    let config = SmsConfig { timeout: Duration::from_millis(150), ..config(centre.addr) };
    let (client, _receipts) = Client::connect(config.clone());
    client.send(sms(1, TEXT)).await.unwrap();
    switch(centre.page, "slow").await;
    assert_eq!(client.send(sms(2, TEXT)).await, Err(Fault::Timeout));
    switch(centre.page, "down").await;
    let (late, _receipts) = Client::connect(config);
    assert!(matches!(late.send(sms(3, TEXT)).await, Err(Fault::Unavailable(_))));
}

#[tokio::test]
async fn a_wrong_password_is_no_bind_and_appears_in_no_error() {
    let centre = centre(std::future::pending()).await;
    let wrong =
        SmsConfig { password: "hush".into(), timeout: Duration::from_millis(150), ..config(centre.addr) };
    let (client, _receipts) = Client::connect(wrong);
    let fault = client.send(sms(1, TEXT)).await.unwrap_err();
    assert_eq!(fault, Fault::Unavailable("no bind to the message centre".to_owned()));
    assert!(!client.is_bound());
}

#[tokio::test]
async fn a_centre_that_gives_no_receipts_still_takes_messages() {
    let mut story = story().await;
    switch(story.centre.page, "no-receipt").await;
    story.client.send(sms(1, TEXT)).await.unwrap();
    switch(story.centre.page, "ok").await;
    let second = story.client.send(sms(2, TEXT)).await.unwrap();
    assert_eq!(story.receipts.recv().await.unwrap().centre_id, second);
}

#[tokio::test]
async fn five_hundred_messages_through_a_window_of_ten_all_arrive_with_their_receipts() {
    let mut story = story().await;
    let texts = (0..500_u16).map(|number| {
        let id = qyzmet_domain::MessageId::from_parts(crate::test_support::now(), {
            let [high, low] = number.to_be_bytes();
            [high, low, 0, 0, 0, 0, 0, 0, 0, 9]
        });
        story.client.send(ShortMessage { id, ..sms(0, TEXT) })
    });
    let sent = futures::future::join_all(texts).await;
    let mut ids: Vec<String> = sent.into_iter().map(Result::unwrap).collect();
    let mut receipted = Vec::new();
    while receipted.len() < 500 {
        receipted.push(story.receipts.recv().await.unwrap().centre_id);
    }
    ids.sort();
    receipted.sort();
    assert_eq!(ids, receipted);
}

#[tokio::test]
async fn the_centre_stops_when_asked_and_the_client_says_so() {
    let (stop, asked) = tokio::sync::oneshot::channel::<()>();
    let centre = centre(async { drop(asked.await) }).await;
    let config = SmsConfig { timeout: Duration::from_millis(300), ..config(centre.addr) };
    let (client, _receipts) = Client::connect(config);
    client.send(sms(1, TEXT)).await.unwrap();
    stop.send(()).unwrap();
    centre.stopped().await;
    assert!(matches!(client.send(sms(2, TEXT)).await, Err(Fault::Unavailable(_))));
}
