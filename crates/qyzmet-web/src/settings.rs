//! What the binary decides about the site: everything here comes from the typed configuration.

use metrics_exporter_prometheus::PrometheusHandle;

/// Settings of the site. The defaults suit a portal on loopback without TLS.
#[derive(Clone)]
pub struct WebSettings {
    /// Whether people reach the portal over https: `Secure` cookies with the `__Host-` prefix, and HSTS.
    pub secure_cookies: bool,
    /// Where `/metrics` gets its text; without it the address answers 404.
    pub metrics: Option<PrometheusHandle>,
    /// The local signing agent that the signing page may reach (`wss://127.0.0.1:13579` for NCALayer).
    pub ncalayer_url: String,
    /// The card agent of an officer's workstation that pages of the desk may reach (`qyzmet card`).
    pub card_agent_url: String,
    /// Requests that one client address may make in a second; 0 lifts the limit (benchmarks).
    pub rate_per_second: u32,
    /// The same for programs that ask the authority: lists, answers, time-stamps. One address may be that of a whole bank.
    pub pki_rate_per_second: u32,
    /// Whether the first address in `X-Forwarded-For` is the client (true only behind the operator's own proxy).
    pub trust_forwarded: bool,
    /// Seconds after which a request is given up with 503.
    pub timeout_seconds: u64,
    /// Whether the demo's invented people and their key files are announced on the sign-in page.
    pub demo: bool,
}

impl Default for WebSettings {
    fn default() -> Self {
        Self {
            secure_cookies: false,
            metrics: None,
            ncalayer_url: "wss://127.0.0.1:13579".to_owned(),
            card_agent_url: "http://127.0.0.1:24681".to_owned(),
            rate_per_second: 50,
            pki_rate_per_second: 500,
            trust_forwarded: false,
            timeout_seconds: 30,
            demo: false,
        }
    }
}
