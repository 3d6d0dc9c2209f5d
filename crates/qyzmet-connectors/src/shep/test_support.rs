//! What the contract tests of the registers share: a simulated gateway, the way to it, and the service of consents behind it.

use std::{net::SocketAddr, time::Duration};

use jiff::SignedDuration;
use qyzmet_app::ports::{ConsentQuestion, ConsentService, ConsentToken, Fault};
use qyzmet_domain::{Iin, Register};

use super::{Clock, Gateway, GatewayConfig, simulator};
use crate::{
    breaker::{BreakerConfig, BreakerState},
    kdp,
    simulation::Running,
    test_support::{ANY, Ca, clock, message, now, switch},
};

/// BIN under which the gateway is expected to hold its certificate.
pub(crate) const GATEWAY_BIN: &str = "991240000013";
const PORTAL_BIN: &str = "980540000019";
/// Three faults open a breaker for ten seconds.
pub(crate) const BREAKER: BreakerConfig = BreakerConfig { failures: 3, rest: SignedDuration::from_secs(10) };

/// A gateway that answers, and everything that asks it but the client under test.
pub(crate) struct Behind {
    pub(crate) gateway: Running,
    pub(crate) way: Gateway,
    pub(crate) clock: Clock,
    consents: kdp::Client,
}

impl Behind {
    /// A gateway that knows so many people and holds its certificate under `bin`, asked with this patience.
    pub(crate) async fn gateway(bin: &str, people: u32, timeout: Duration) -> Self {
        let ca = Ca::new();
        let options = simulator::Options {
            addr: ANY,
            identity: ca.organisation("GATEWAY", bin),
            trust: ca.trust(),
            seed: 5,
            people,
            slow: Duration::from_secs(60),
            clock: clock(),
        };
        let gateway = simulator::serve(options, std::future::pending()).await.unwrap();
        let clock = clock();
        let way = way(&ca, gateway.addr, (timeout, clock.clone()));
        let asker =
            kdp::Asker { company: "Портал".to_owned(), company_bin: PORTAL_BIN.parse().unwrap() };
        Self { gateway, consents: kdp::Client::new(way.clone(), asker, BREAKER), way, clock }
    }

    /// A consent of this person that this register is asked.
    pub(crate) async fn token(&self, iin: &Iin, register: Register) -> Result<ConsentToken, Fault> {
        let purpose = "Жеке куәлік деректері".to_owned();
        let iin = iin.clone();
        self.consents.token(ConsentQuestion { message: message(1), at: now(), iin, register, purpose }).await
    }

    pub(crate) fn breaker_of_consents(&self) -> BreakerState {
        self.consents.breaker()
    }

    pub(crate) async fn switch(&self, mode: &str) {
        switch(self.gateway.page, mode).await;
    }
}

/// A token that nobody has given.
pub(crate) fn no_consent() -> ConsentToken {
    ConsentToken { token: String::new(), public_key: String::new() }
}

/// A way to an address at which nobody listens.
pub(crate) async fn way_to_nobody() -> Gateway {
    let (listener, addr) = crate::simulation::listen(ANY).await.unwrap();
    drop(listener);
    way(&Ca::new(), addr, (Duration::from_secs(5), clock()))
}

fn way(ca: &Ca, addr: SocketAddr, (timeout, clock): (Duration, Clock)) -> Gateway {
    let config = GatewayConfig {
        url: format!("http://{addr}{}", simulator::SYNC_PATH),
        sender_id: "pep".to_owned(),
        password: Some("hush".into()),
        identity: ca.organisation("PORTAL", PORTAL_BIN),
        trust: ca.trust(),
        gateway_bin: GATEWAY_BIN.parse().unwrap(),
        timeout,
        clock,
    };
    Gateway::new(config).unwrap()
}
