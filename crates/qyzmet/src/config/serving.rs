//! How the portal and its worker serve, and what they limit and log.

use serde::{Deserialize, Serialize};

/// How people reach the portal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Portal {
    /// Address to listen on.
    pub listen: String,
    /// How people write the portal's address, without a slash at the end.
    pub origin: String,
    /// Cookies only over https.
    pub secure_cookies: bool,
    /// Where the person's own NCALayer listens.
    pub ncalayer: String,
    /// Where the card agent of an officer's workstation listens.
    pub card_agent: String,
    /// Whether the first address in `X-Forwarded-For` is the client's: only behind a proxy of one's own.
    pub trust_forwarded: bool,
    /// Whether the sign-in page shows the invented people of the demo.
    pub demo: bool,
    /// Words of a planned outage in kk, ru and en; empty when none is announced.
    pub notice: Vec<String>,
}

impl Default for Portal {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            origin: "http://127.0.0.1:8080".to_owned(),
            secure_cookies: false,
            ncalayer: "wss://127.0.0.1:13579".to_owned(),
            card_agent: "http://127.0.0.1:24681".to_owned(),
            trust_forwarded: false,
            demo: false,
            notice: Vec::new(),
        }
    }
}

/// The worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Worker {
    /// Whether `serve` carries out jobs itself; with SQLite it should.
    pub embedded: bool,
    /// How many jobs are carried out at once.
    pub slots: usize,
    /// Milliseconds between looks at an empty queue.
    pub idle_ms: u64,
    /// Seconds between sealings of the journal.
    pub seal_every_s: u64,
}

impl Default for Worker {
    fn default() -> Self {
        Self { embedded: true, slots: 32, idle_ms: 200, seal_every_s: 5 }
    }
}

/// One-time codes: the acts leave all of this open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Otp {
    /// Seconds that a code lives.
    pub life_s: i64,
    /// Wrong codes before a code is dead.
    pub attempts: u8,
    /// Seconds before a new code can be asked for.
    pub resend_after_s: i64,
    /// Codes to one number in an hour.
    pub sends_per_hour: u8,
}

impl Default for Otp {
    fn default() -> Self {
        Self { life_s: 180, attempts: 3, resend_after_s: 60, sends_per_hour: 5 }
    }
}

/// Limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// Requests of one address in a second, as the first line of defence.
    pub requests_per_second: u32,
    /// The same for programs that ask the authority for lists, answers and time-stamps.
    pub pki_requests_per_second: u32,
    /// Wrong passwords for one login, or wrong signatures of one person, in fifteen minutes.
    pub sign_in_attempts: u32,
    /// Passwords compared at once.
    pub password_slots: usize,
    /// Status of orders asked by one address in fifteen minutes.
    pub status_checks: u32,
    /// Zero bits that a proof of work begins with, where people have not signed in: each doubles the work.
    pub captcha_bits: u32,
    /// Minutes for which the digits of a picture can be answered.
    pub captcha_life_min: i64,
    /// Minutes that a session lives unused.
    pub session_idle_min: i64,
    /// Hours that a session lives in all.
    pub session_life_h: i64,
    /// Minutes for which a proof other than EDS counts as fresh, where an action asks for a fresh one.
    pub session_fresh_min: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests_per_second: 200,
            pki_requests_per_second: 500,
            sign_in_attempts: 5,
            password_slots: 2,
            status_checks: 60,
            captcha_bits: 17,
            captcha_life_min: 10,
            session_idle_min: 30,
            session_life_h: 12,
            session_fresh_min: 15,
        }
    }
}

/// Logs go to standard error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Log {
    /// A filter such as `info` or `info,qyzmet_store=debug`.
    pub level: String,
    /// For machines or for people.
    pub format: LogFormat,
}

impl Default for Log {
    fn default() -> Self {
        Self { level: "info".to_owned(), format: LogFormat::Json }
    }
}

/// The form of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For reading in a terminal.
    Text,
}
