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
    breaker::{BreakerConfig, BreakerState},
    shep::{Gateway, Service},
};

/// Name of the service at the gateway.
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
impl OrganisationRegister for Client {
    async fn organisation(&self, question: OrganisationQuestion) -> Result<OrganisationAnswer, Fault> {
        let data = question::data(&question);
        self.0.ask(&question.message, data, |said| answer::read(said, &question)).await
    }
}
