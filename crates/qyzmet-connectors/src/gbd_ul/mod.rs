//! The state database of legal entities (GBD UL): report 3005 with a consent token, over the gateway [R839-5.12].

mod answer;
pub mod demo;
mod question;
pub(crate) mod simulator;
#[cfg(test)]
mod tests;

use async_trait::async_trait;
use qyzmet_app::ports::{Fault, OrganisationAnswer, OrganisationQuestion, OrganisationRegister};

use crate::{
    breaker::{Breaker, BreakerConfig, BreakerState},
    shep::{Gateway, Question},
};

/// Usual name of the service at the gateway.
pub const SERVICE_ID: &str = "GBDUL_Report3005_token";

/// Namespace of the register's messages; their children stand in no namespace.
pub(crate) const NAMESPACE: &str = "http://3005_kdp.reports.egp.gbdul.tamur.kz";

/// Result codes of the register. Public sources do not name them; these are the simulator's and are kept in one place.
pub(crate) mod result {
    /// Found.
    pub(crate) const FOUND: &str = "001";
    /// The register definitely has no entity under this number.
    pub(crate) const NOBODY: &str = "002";
    /// No valid consent token of the very person who asks.
    pub(crate) const NO_CONSENT: &str = "003";
}

/// Client of the register.
pub struct Client {
    gateway: Gateway,
    service: String,
    breaker: Breaker,
}

impl Client {
    /// A client of the service `service` behind `gateway` (usually [`SERVICE_ID`]).
    #[must_use]
    pub fn new(gateway: Gateway, service: impl Into<String>, breaker: BreakerConfig) -> Self {
        Self { gateway, service: service.into(), breaker: Breaker::new(breaker) }
    }

    /// State of the circuit breaker, for health and metrics.
    #[must_use]
    pub fn breaker(&self) -> BreakerState {
        self.breaker.state()
    }
}

#[async_trait]
impl OrganisationRegister for Client {
    async fn organisation(&self, question: OrganisationQuestion) -> Result<OrganisationAnswer, Fault> {
        let data = question::data(&question);
        let asked = Question { service: &self.service, message: &question.message, data };
        self.gateway.ask(&self.breaker, asked, |said| answer::read(said, &question)).await
    }
}
