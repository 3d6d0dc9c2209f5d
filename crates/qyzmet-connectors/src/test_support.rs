//! What the contract tests share: a fixed time, message numbers, and the switch of a simulator turned over real HTTP.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
};

use jiff::{SignedDuration, Timestamp};
use qyzmet_app::clock::Clock;
use qyzmet_domain::MessageId;
use qyzmet_pki::{
    Identity, KeyKind, Signer, Trust,
    authority::{Authority, Holder, Organisation, Profiles, SubjectFacts, Urls},
};
use serde_json::{Value, json};

/// A free port on loopback.
pub(crate) const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);

/// The day on which the tests take place.
pub(crate) fn now() -> Timestamp {
    "2026-11-21T09:00:00Z".parse().unwrap()
}

pub(crate) fn clock() -> Clock {
    Clock::fixed(now())
}

pub(crate) fn message(number: u8) -> MessageId {
    MessageId::from_parts(now(), [number; 10])
}

pub(crate) fn http() -> reqwest::Client {
    crate::tls::install_provider();
    let tls = crate::tls::trusting_nobody().unwrap();
    reqwest::Client::builder().no_proxy().tls_backend_preconfigured(tls).build().unwrap()
}

/// Turns the switch of the simulator whose page is there.
pub(crate) async fn switch(page: SocketAddr, mode: &str) {
    let answer = http().post(format!("http://{page}/switch")).json(&json!({ "mode": mode })).send().await;
    assert_eq!(answer.unwrap().status(), 204);
}

pub(crate) async fn json_of(page: SocketAddr, path: &str) -> Value {
    http().get(format!("http://{page}{path}")).send().await.unwrap().json().await.unwrap()
}

pub(crate) async fn text_of(page: SocketAddr, path: &str) -> String {
    http().get(format!("http://{page}{path}")).send().await.unwrap().text().await.unwrap()
}

/// A throw-away certification authority.
pub(crate) struct Ca {
    authority: Authority,
    issued: AtomicU8,
}

impl Ca {
    pub(crate) fn new() -> Self {
        let facts = SubjectFacts::new(Holder::service("TEST ROOT")).unwrap();
        let signer = Signer::generate(KeyKind::EcP256).unwrap();
        let profile = Profiles::nca().unwrap().get("root").unwrap();
        let (valid, urls) = (profile.validity(yesterday()).unwrap(), Urls::below("http://pki.test", "ca"));
        let authority = Authority::self_signed(signer, profile, &facts, [1; 20], valid, urls).unwrap();
        Self { authority, issued: AtomicU8::new(1) }
    }

    /// An authority whose only certificate is known to nobody needs no revocation list to be judged, a real one does.
    pub(crate) fn trust(&self) -> Arc<Trust> {
        let trust = Trust::new(self.authority.chain().to_vec(), Vec::new());
        let crl = self.authority.crl(&[], now(), now() + SignedDuration::from_hours(24), 1).unwrap();
        trust.add_crl(&crl).unwrap();
        Arc::new(trust)
    }

    /// Key and certificate of an organisation's information system.
    pub(crate) fn organisation(&self, name: &str, bin: &str) -> Arc<Identity> {
        let organisation = Organisation::new(name, bin).unwrap();
        Arc::new(self.enrol("system-sign", Holder::Organisation { name: name.to_owned(), organisation }))
    }

    pub(crate) fn enrol(&self, profile: &str, holder: Holder) -> Identity {
        let serial = [self.issued.fetch_add(1, Ordering::Relaxed) + 1; 20];
        let signer = Signer::generate(KeyKind::EcP256).unwrap();
        let profile = Profiles::nca().unwrap().get(profile).unwrap();
        let (facts, valid) = (SubjectFacts::new(holder).unwrap(), profile.validity(yesterday()).unwrap());
        self.authority.enrol(profile, &facts, signer, serial, valid).unwrap()
    }
}

fn yesterday() -> Timestamp {
    now() - SignedDuration::from_hours(24)
}
