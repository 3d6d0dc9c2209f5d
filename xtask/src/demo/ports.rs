//! Which part listens where.

use crate::{Failure, net};

/// The ports of all parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ports {
    /// The portal.
    pub portal: u16,
    /// The gateway's simulator: SOAP and its page.
    pub gateway: u16,
    /// The message centre's simulator: SMPP.
    pub smpp: u16,
    /// Its inbox page.
    pub messages: u16,
    /// The mail relay's simulator: SMTP.
    pub smtp: u16,
    /// Its inbox page.
    pub letters: u16,
    /// The simulator of NCALayer; browsers expect it at 13579.
    pub agent: u16,
    /// Its page with the switch.
    pub agent_page: u16,
    /// The payment gateway's simulator and its page.
    pub payments: u16,
    /// Where pages of the desk look for the agent of the card in an operator's reader, which whoever has a card starts.
    pub card: u16,
}

impl Ports {
    /// The ports that the documents name.
    #[must_use]
    pub const fn usual() -> Self {
        Self {
            portal: 8080,
            gateway: 8081,
            smpp: 2775,
            messages: 8082,
            smtp: 2525,
            letters: 8083,
            agent: 13579,
            agent_page: 8084,
            payments: 8085,
            card: 24681,
        }
    }

    /// Ten ports in a row.
    #[must_use]
    pub const fn from(base: u16) -> Self {
        Self {
            portal: base,
            gateway: base + 1,
            messages: base + 2,
            letters: base + 3,
            agent_page: base + 4,
            smpp: base + 5,
            smtp: base + 6,
            agent: base + 7,
            payments: base + 8,
            card: base + 9,
        }
    }

    /// Ports that nobody uses now.
    ///
    /// # Errors
    /// When the system has none.
    pub fn free() -> Result<Self, Failure> {
        Ok(Self {
            portal: net::free_port()?,
            gateway: net::free_port()?,
            smpp: net::free_port()?,
            messages: net::free_port()?,
            smtp: net::free_port()?,
            letters: net::free_port()?,
            agent: net::free_port()?,
            agent_page: net::free_port()?,
            payments: net::free_port()?,
            card: net::free_port()?,
        })
    }

    /// The first port that somebody else already uses; an agent that is there already is welcome.
    #[must_use]
    pub fn taken(&self) -> Option<u16> {
        let all = [
            self.portal,
            self.gateway,
            self.smpp,
            self.messages,
            self.smtp,
            self.letters,
            self.agent,
            self.payments,
            self.agent_page,
        ];
        all.into_iter().find(|port| net::listens(*port))
    }

    /// Address of a page on this machine.
    #[must_use]
    pub fn url(port: u16) -> String {
        format!("http://127.0.0.1:{port}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_parts_share_a_port() {
        let Ports { portal, gateway, smpp, messages, smtp, letters, agent, agent_page, payments, card } =
            Ports::from(9000);
        let mut all = vec![portal, gateway, smpp, messages, smtp, letters, agent, agent_page, payments, card];
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 10);
    }
}
