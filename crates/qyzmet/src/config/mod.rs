//! The one typed configuration: a TOML file, then the environment; unknown keys are refused.

mod authority;
mod conduct;
mod keys;
mod load;
mod outside;
mod payments;
mod serving;
mod signer;
mod storing;

pub use authority::Authority;
pub use conduct::Conduct;
pub use keys::{EmployeeKey, KeyFile, Keys, TokenPlace, Trust};
pub use load::{ConfigError, load, parse};
pub use outside::{Breaker, Gateway, Mail, Sms};
pub use payments::Payments;
pub use serving::{Limits, Log, LogFormat, Otp, Portal, Worker};
pub use signer::Signer;
pub use storing::{Documents, Secrets, Store};

use serde::{Deserialize, Serialize};

/// All sections.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// How people reach the portal.
    pub portal: Portal,
    /// The worker that carries out jobs.
    pub worker: Worker,
    /// Rows.
    pub store: Store,
    /// Documents by content.
    pub documents: Documents,
    /// The application's own secret.
    pub secrets: Secrets,
    /// Whom we trust.
    pub trust: Trust,
    /// With which keys results are signed and sealed.
    pub keys: Keys,
    /// What this deployment does as a certification authority.
    pub authority: Authority,
    /// Who signs certificates and revocation lists.
    pub signer: Signer,
    /// State registers behind the gateway.
    pub gateway: Gateway,
    /// Text messages.
    pub sms: Sms,
    /// Letters.
    pub mail: Mail,
    /// Fees.
    pub payments: Payments,
    /// One-time codes.
    pub otp: Otp,
    /// Conduct of operators of the authority.
    pub conduct: Conduct,
    /// Limits.
    pub limits: Limits,
    /// Logs.
    pub log: Log,
}
