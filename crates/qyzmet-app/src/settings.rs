//! What a deployment may set; every value has a safe default, and the acts leave all of these open [R58-9.D].

use jiff::SignedDuration;
use qyzmet_domain::{conduct, otp::OtpPolicy};

use crate::CaptchaPolicy;

/// Settings of the application.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where people reach the portal, for example `https://portal.example`.
    pub origin: String,
    /// Life of a session without use.
    pub session_idle: SignedDuration,
    /// Life of a session in all.
    pub session_life: SignedDuration,
    /// How long a proof other than EDS counts as fresh, where an action asks for a fresh one.
    pub session_fresh: SignedDuration,
    /// Life of a challenge for signing in by EDS.
    pub challenge_life: SignedDuration,
    /// One-time codes.
    pub otp: OtpPolicy,
    /// Wrong passwords for one login, or wrong signatures of one person, in a window of fifteen minutes; one address may
    /// have twenty times as many.
    pub sign_in_attempts: u32,
    /// How many passwords may be hashed at once: each takes tens of milliseconds of a core.
    pub password_slots: usize,
    /// How often one address may ask for the status of orders in a window of fifteen minutes.
    pub status_checks: u32,
    /// What a form asks of people who have not signed in.
    pub captcha: CaptchaPolicy,
    /// Terms and limits of the conduct of operators [R839-15.1f, R839-19.5f].
    pub conduct: conduct::Rules,
    /// Name of the journal in its checkpoints.
    pub journal_origin: String,
    /// Words of a planned outage (kk, ru, en), when one is announced [R74-3.2].
    pub notice: Option<[String; 3]>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            origin: "http://127.0.0.1:8080".to_owned(),
            session_idle: SignedDuration::from_mins(30),
            session_life: SignedDuration::from_hours(12),
            session_fresh: SignedDuration::from_mins(15),
            challenge_life: SignedDuration::from_mins(5),
            otp: OtpPolicy::default(),
            sign_in_attempts: 5,
            password_slots: 2,
            status_checks: 60,
            captcha: CaptchaPolicy::default(),
            conduct: conduct::Rules::default(),
            journal_origin: "qyzmet.example/journal".to_owned(),
            notice: None,
        }
    }
}
