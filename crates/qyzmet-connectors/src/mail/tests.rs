//! The contract with a mail relay: client and simulator over real SMTP on loopback.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use qyzmet_app::ports::{Attachment, Fault, Letter, MailRelay};

use super::{Client, MailConfig, simulator};
use crate::{
    simulation::Running,
    test_support::{ANY, clock, json_of, message, switch, text_of},
};

const SUBJECT: &str = "Нөмір қосылды: «Абоненттік нөмірді есептік жазбаға қосу» қызметінің нәтижесі";
const TEXT: &str = "Құрметті Әлия!\n\n.Бұл жол нүктеден басталады.\nНөміріңіз есептік жазбаға қосылды.";

async fn relay() -> Running {
    let options = simulator::Options { addr: ANY, page: ANY, slow: Duration::from_secs(60), clock: clock() };
    simulator::serve(options, std::future::pending()).await.unwrap()
}

fn client(relay: &Running) -> Client {
    let config = MailConfig {
        host: relay.addr.ip().to_string(),
        port: relay.addr.port(),
        login: None,
        from: "Портал <no-reply@example.kz>".to_owned(),
        domain: "portal.example.kz".to_owned(),
        timeout: Duration::from_secs(2),
        connections: 4,
        clock: clock(),
    };
    Client::new(config).unwrap()
}

fn letter(number: u8) -> Letter {
    let to = "aliya@example.kz".to_owned();
    Letter {
        id: message(number),
        to,
        subject: SUBJECT.to_owned(),
        text: TEXT.to_owned(),
        attachments: Vec::new(),
    }
}

#[tokio::test]
async fn a_letter_with_a_kazakh_subject_arrives_as_it_was_written() {
    let relay = relay().await;
    client(&relay).send(letter(1)).await.unwrap();
    let list = json_of(relay.page, "/api/messages?to=aliya@example.kz").await;
    let taken = &list[0];
    assert_eq!(taken["subject"], SUBJECT);
    assert_eq!(taken["text"].as_str().unwrap().replace("\r\n", "\n"), TEXT);
    assert_eq!(taken["id"], format!("<{}@portal.example.kz>", message(1)));
    assert!(text_of(relay.page, "/").await.contains("есептік жазбаға қосу"));
}

#[tokio::test]
async fn a_file_arrives_byte_for_byte_beside_its_text() {
    let relay = relay().await;
    // Lines that begin with a dot or look like the end of a part are content like any other.
    let bytes: Vec<u8> = b"%PDF-1.7\r\n.\r\n--x--\r\n".iter().copied().chain(0..=255).collect();
    let file = Attachment {
        name: "application-2026-8247-5443-0742.pdf".to_owned(),
        media: "application/pdf",
        bytes: bytes.clone(),
    };
    client(&relay).send(Letter { attachments: vec![file], ..letter(1) }).await.unwrap();
    let list = json_of(relay.page, "/api/messages").await;
    assert_eq!(list[0]["text"].as_str().unwrap().replace("\r\n", "\n"), TEXT);
    let files = list[0]["files"].as_array().unwrap();
    assert_eq!(files.len(), 1);
    assert_eq!(
        (&files[0]["name"], &files[0]["media"]),
        (&"application-2026-8247-5443-0742.pdf".into(), &"application/pdf".into())
    );
    assert_eq!(STANDARD.decode(files[0]["content"].as_str().unwrap()).unwrap(), bytes);
    assert!(text_of(relay.page, "/").await.contains("application-2026-8247-5443-0742.pdf"));
}

#[tokio::test]
async fn letters_sent_at_the_same_time_share_a_few_connections_and_all_arrive() {
    let relay = relay().await;
    let client = client(&relay);
    let sent = futures::future::join_all((0..24).map(|number| client.send(letter(number)))).await;
    assert!(sent.iter().all(Result::is_ok));
    assert_eq!(json_of(relay.page, "/api/messages").await.as_array().unwrap().len(), 24);
}

#[tokio::test]
async fn what_the_relay_says_becomes_the_fault_that_fits_and_names_no_address() {
    let relay = relay().await;
    let client = client(&relay);
    for (mode, expected) in [
        ("throttle", Fault::Throttled),
        ("reject", Fault::Rejected("SMTP 550".to_owned())),
        ("disconnect", Fault::Unavailable("no connection to the mail relay".to_owned())),
        ("slow", Fault::Timeout),
        ("down", Fault::Unavailable("no connection to the mail relay".to_owned())),
    ] {
        switch(relay.page, mode).await;
        assert_eq!(client.send(letter(1)).await, Err(expected), "{mode}");
    }
    switch(relay.page, "ok").await;
    client.send(letter(1)).await.unwrap();
}

#[tokio::test]
async fn a_hostile_address_or_subject_cannot_add_header_lines_or_recipients() {
    let relay = relay().await;
    let client = client(&relay);
    let to = "a@example.kz>\r\nRCPT TO:<b@example.kz".to_owned();
    assert!(matches!(client.send(Letter { to, ..letter(1) }).await, Err(Fault::Rejected(_))));
    let subject = "x\r\nBcc: b@example.kz\r\n\r\nbody".to_owned();
    client.send(Letter { subject, ..letter(2) }).await.unwrap();
    let list = json_of(relay.page, "/api/messages").await;
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["text"].as_str().unwrap().replace("\r\n", "\n"), TEXT);
}
