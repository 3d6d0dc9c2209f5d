//! The state database of individuals (GBD FL): universal service with a consent token, over the gateway [R58-A.8b].

mod answer;
pub mod people;
mod question;
pub(crate) mod simulator;

use async_trait::async_trait;
use qyzmet_app::ports::{Fault, PersonAnswer, PersonQuestion, PersonRegister};

use crate::{
    breaker::{BreakerConfig, BreakerState},
    shep::{Gateway, Service},
};

/// Name of the service at the gateway.
pub const SERVICE_ID: &str = "GBDFLUniversal_token";

/// Namespace of the register's messages; their children stand in no namespace.
pub(crate) const NAMESPACE: &str = "http://message.persistence.interactive.nat";

/// Result codes of the register. Public sources do not name them; these are the simulator's and are kept in one place.
pub(crate) mod result {
    /// Found.
    pub(crate) const FOUND: &str = "00000";
    /// The register definitely has nobody under this number.
    pub(crate) const NOBODY: &str = "00001";
    /// No valid consent token of this very person.
    pub(crate) const NO_CONSENT: &str = "00002";
}

/// Client of the register.
pub struct Client(Service);

impl Client {
    /// A client of the register behind `gateway`.
    #[must_use]
    pub fn new(gateway: Gateway, breaker: BreakerConfig) -> Self {
        Self(Service::new(gateway, SERVICE_ID, breaker))
    }

    /// State of the circuit breaker, for health and metrics.
    #[must_use]
    pub fn breaker(&self) -> BreakerState {
        self.0.breaker()
    }
}

#[async_trait]
impl PersonRegister for Client {
    async fn person(&self, question: PersonQuestion) -> Result<PersonAnswer, Fault> {
        let data = question::data(&question);
        self.0.ask(&question.message, data, |said| answer::read(said, &question.iin)).await
    }
}
