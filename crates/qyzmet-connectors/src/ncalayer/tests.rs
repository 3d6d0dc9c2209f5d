//! The contract with NCALayer as a page in the browser sees it, over a real WebSocket.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use futures::{SinkExt, StreamExt};
use qyzmet_pki::{
    Trust, Verdict,
    authority::{Holder, Person},
    cms, pkcs12,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

use super::simulator::{self, Options};
use crate::{
    gbd_fl::people::demo_people,
    simulation::{Running, SimulatorError},
    test_support::{ANY, Ca, clock, http, now, switch},
};

const SIGN: &str = "1.3.6.1.5.5.7.3.4";
const AUTH: &str = "1.3.6.1.5.5.7.3.2";

struct Story {
    running: Running,
    trust: Arc<Trust>,
    _keys: TempDir,
}

/// Places of people in the list of the demo, and what their key is for.
const FIRST: (usize, &str) = (0, "person-sign");
const FIRST_AUTH: (usize, &str) = (0, "person-auth");
const THIRD: (usize, &str) = (2, "person-sign");

/// The program with these key files.
async fn story(files: &[(usize, &str)]) -> Story {
    let (ca, keys) = (Ca::new(), tempfile::tempdir().unwrap());
    for (person, kind) in files.iter().copied() {
        let person = &demo_people()[person];
        let name = Person::new(Some(&person.surname), Some(&person.name), person.iin.as_str()).unwrap();
        let file = pkcs12::write(&ca.enrol(kind, Holder::Person(name)), "Qwerty12", "key").unwrap();
        std::fs::write(keys.path().join(format!("{}-{kind}.p12", person.number)), file).unwrap();
    }
    let options = Options {
        addr: ANY,
        page: ANY,
        keys: keys.path().to_owned(),
        password: "Qwerty12".into(),
        clock: clock(),
    };
    let running = simulator::serve(options, std::future::pending()).await.unwrap();
    Story { running, trust: ca.trust(), _keys: keys }
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn open(story: &Story) -> Socket {
    let (mut socket, _) = connect_async(format!("ws://{}/", story.running.addr)).await.unwrap();
    assert_eq!(next(&mut socket).await.unwrap(), json!({ "result": { "version": "1.4" } }));
    socket
}

async fn next(socket: &mut Socket) -> Option<Value> {
    match socket.next().await?.ok()? {
        Message::Text(text) => serde_json::from_str(&text).ok(),
        _ => None,
    }
}

async fn ask(socket: &mut Socket, request: &Value) -> Option<Value> {
    socket.send(Message::text(request.to_string())).await.unwrap();
    next(socket).await
}

fn sign(content: &str, eku: &str) -> Value {
    json!({
        "module": "kz.gov.pki.knca.basics",
        "method": "sign",
        "args": {
            "allowedStorages": null,
            "format": "cms",
            "data": STANDARD.encode(content),
            "signingParams": { "decode": true, "encapsulate": false, "digested": false },
            "signerParams": { "extKeyUsageOids": [eku], "chain": [] },
            "locale": "kk"
        }
    })
}

async fn choose(story: &Story, iin: &str) {
    let url = format!("http://{}/person", story.running.page);
    assert_eq!(http().post(url).json(&json!({ "iin": iin })).send().await.unwrap().status(), 204);
}

/// The IIN of whoever signed, if the signature over the content is valid.
fn signer(story: &Story, content: &str, signature: &Value) -> Option<String> {
    let cms = STANDARD.decode(signature.as_str()?).ok()?;
    match cms::verify(content.as_bytes(), &cms, &story.trust, cms::Expect::sign(), now()) {
        Verdict::Valid(signed) => signed.certificate.subject().iin.clone(),
        Verdict::Invalid(_) | Verdict::Undetermined(_) => None,
    }
}

#[tokio::test]
async fn the_chosen_person_s_key_makes_a_real_signature_over_the_page_s_content() {
    let story = story(&[FIRST, THIRD]).await;
    let mut socket = open(&story).await;
    let third = demo_people()[2].iin.clone();
    choose(&story, third.as_str()).await;
    let answer = ask(&mut socket, &sign("Өтініш", SIGN)).await.unwrap();
    assert_eq!(answer["status"], true);
    assert_eq!(signer(&story, "Өтініш", &answer["body"]["result"][0]).as_deref(), Some(third.as_str()));
    assert_eq!(signer(&story, "Басқа", &answer["body"]["result"][0]), None);
}

#[tokio::test]
async fn a_key_is_chosen_by_the_purpose_that_the_page_asks_for() {
    let story = story(&[FIRST_AUTH, THIRD]).await;
    let mut socket = open(&story).await;
    let third = demo_people()[2].iin.clone();
    choose(&story, third.as_str()).await;
    let none = ask(&mut socket, &sign("x", AUTH)).await.unwrap();
    assert_eq!((&none["status"], &none["message"]), (&json!(false), &json!("no key fits")));
    choose(&story, "").await;
    assert_eq!(ask(&mut socket, &sign("x", AUTH)).await.unwrap()["status"], true);
}

#[tokio::test]
async fn a_closed_window_an_error_and_a_broken_connection_are_told_as_ncalayer_tells_them() {
    let story = story(&[FIRST]).await;
    let mut socket = open(&story).await;
    switch(story.running.page, "cancel").await;
    let cancelled = ask(&mut socket, &sign("x", SIGN)).await.unwrap();
    assert_eq!((&cancelled["status"], cancelled["body"].get("result")), (&json!(true), None));
    switch(story.running.page, "error").await;
    assert_eq!(ask(&mut socket, &sign("x", SIGN)).await.unwrap()["status"], false);
    switch(story.running.page, "drop").await;
    assert_eq!(ask(&mut socket, &sign("x", SIGN)).await, None);
}

#[tokio::test]
async fn the_older_module_a_heartbeat_and_rubbish_are_answered_too() {
    let story = story(&[FIRST]).await;
    let mut socket = open(&story).await;
    socket.send(Message::text("--heartbeat--")).await.unwrap();
    assert_eq!(next(&mut socket).await.unwrap()["result"]["version"], "1.4");
    let old = |method: &str, args: Value| json!({ "module": "kz.gov.pki.knca.commonUtils", "method": method, "args": args, "uuid": "7" });
    let info = ask(&mut socket, &old("getKeyInfo", json!(["PKCS12"]))).await.unwrap();
    assert_eq!((&info["code"], &info["uuid"]), (&json!("200"), &json!("7")));
    assert_eq!(info["responseObject"]["subjectCn"], "СЕРІКБАЕВА АЙГЕРІМ");
    let args = json!(["PKCS12", "SIGNATURE", STANDARD.encode("Өтініш"), false]);
    let signed = ask(&mut socket, &old("createCAdESFromBase64", args)).await.unwrap();
    assert!(signer(&story, "Өтініш", &signed["responseObject"]).is_some());
    let unknown = ask(&mut socket, &json!({ "module": "no.such" })).await.unwrap();
    assert_eq!(unknown["code"], "MODULE_NOT_FOUND");
    assert_eq!(ask(&mut socket, &json!([1])).await.unwrap()["code"], "BAD_REQUEST");
}

#[tokio::test]
async fn only_loopback_is_listened_on() {
    let options = Options {
        addr: "0.0.0.0:0".parse().unwrap(),
        page: ANY,
        keys: "/nonexistent".into(),
        password: "Qwerty12".into(),
        clock: clock(),
    };
    let refused = simulator::serve(options, std::future::pending()).await;
    assert!(matches!(refused, Err(SimulatorError::NotLoopback(_))));
}

/// Browsers accept `wss` only; the certificate names `localhost` and is made at each start.
#[tokio::test]
async fn over_tls_the_certificate_is_for_localhost() {
    let story = story(&[]).await;
    let stream = TcpStream::connect(story.running.addr).await.unwrap();
    let config = rustls::ClientConfig::builder_with_provider(crate::tls::provider())
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(NameOnly))
        .with_no_client_auth();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    let stream = connector.connect("localhost".try_into().unwrap(), stream).await.unwrap();
    let (mut socket, _) = tokio_tungstenite::client_async("wss://localhost/", stream).await.unwrap();
    let greeting = socket.next().await.unwrap().unwrap();
    assert!(greeting.to_text().unwrap().contains("1.4"));
}

/// Checks the name and the handshake signature, as a user does who told the browser to trust this certificate.
#[derive(Debug)]
struct NameOnly;

impl rustls::client::danger::ServerCertVerifier for NameOnly {
    fn verify_server_cert(
        &self,
        end_entity: &rustls::pki_types::CertificateDer<'_>,
        _: &[rustls::pki_types::CertificateDer<'_>],
        _: &rustls::pki_types::ServerName<'_>,
        _: &[u8],
        _: rustls::pki_types::UnixTime,
    ) -> Result<rustls::client::danger::ServerCertVerified, rustls::Error> {
        let named = end_entity.as_ref().windows(9).any(|bytes| bytes == b"localhost");
        assert!(named, "the certificate does not name localhost");
        Ok(rustls::client::danger::ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &rustls::pki_types::CertificateDer<'_>,
        signed: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        let algorithms = crate::tls::provider().signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, cert, signed, &algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &rustls::pki_types::CertificateDer<'_>,
        signed: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        let algorithms = crate::tls::provider().signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, cert, signed, &algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        crate::tls::provider().signature_verification_algorithms.supported_schemes()
    }
}
