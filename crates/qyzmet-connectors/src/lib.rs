//! Outside systems, one folder each: wire types, client and simulator side by side; clients implement `qyzmet_app::ports`.
//!
//! Nothing personal goes into logs or errors from here: errors carry the codes of the other side, never its texts.

pub mod breaker;
pub mod gbd_fl;
pub mod gbd_ul;
pub mod kdp;
pub mod mail;
pub mod ncalayer;
pub mod payment;
pub mod shep;
pub mod simulation;
pub mod sms;

mod hostile_xml;
mod tls;

#[cfg(test)]
mod test_support;

pub use shep::Clock;

/// Simulators of the outside world: real servers on loopback with invented people, an inbox and a switch each.
pub mod simulators {
    pub use crate::mail::simulator as mail;
    pub use crate::ncalayer::simulator as ncalayer;
    pub use crate::payment::simulator as payment;
    pub use crate::shep::simulator as gateway;
    pub use crate::simulation::{Running, SimulatorError};
    pub use crate::sms::simulator as smsc;
}
