//! One service behind the gateway: its name there and a circuit breaker of its own, so that one register that is down does not
//! stop the others.

use qyzmet_app::ports::Fault;
use qyzmet_domain::MessageId;

use super::{Gateway, Question, Said};
use crate::breaker::{Breaker, BreakerConfig, BreakerState};

/// What the client of a register asks through.
pub(crate) struct Service {
    gateway: Gateway,
    name: &'static str,
    breaker: Breaker,
}

impl Service {
    /// The service `name` behind `gateway`.
    pub(crate) fn new(gateway: Gateway, name: &'static str, breaker: BreakerConfig) -> Self {
        Self { gateway, name, breaker: Breaker::new(breaker) }
    }

    /// State of the circuit breaker, for health and metrics.
    pub(crate) fn breaker(&self) -> BreakerState {
        self.breaker.state()
    }

    /// Asks, unless the breaker is open; `data` is the complete `data` element, and `read` turns what was said into an answer.
    pub(crate) async fn ask<T>(
        &self,
        message: &MessageId,
        data: String,
        read: impl FnOnce(&Said<'_, '_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let (breaker, service, clock) = (&self.breaker, self.name, &self.gateway.config.clock);
        if !breaker.allows(clock.now()) {
            return Err(Fault::Unavailable("circuit breaker open".to_owned()));
        }
        let outcome = self.gateway.exchange(Question { service, message, data }, read).await;
        match &outcome {
            Ok(_) | Err(Fault::Rejected(_) | Fault::Throttled) => breaker.succeeded(),
            Err(fault) => {
                breaker.failed(clock.now());
                let breaker = breaker.state().as_str();
                tracing::warn!(service, %fault, breaker, "a register behind the gateway gave no usable answer");
            }
        }
        outcome
    }
}
