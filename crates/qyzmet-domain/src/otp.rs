//! One-time passwords: valid for one session, one purpose, one use [R10-2.2, R58-2.4].
//!
//! The portal keeps a keyed digest and never the code. Purpose, binding and receiving number go into the digest, so a
//! code sent for one thing is simply a wrong code for any other.

mod digest;
#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{CaseId, SessionId};

pub use digest::{Code, CodeDigest, DigestKey};

/// What a code is for. A code for one purpose is worth nothing for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OtpPurpose {
    /// Prove that this number is in the person's hands [R58-5.2b].
    Number,
    /// Identify the person by a number already linked [R74-4.3b].
    SignIn,
    /// Confirm a request of the OTP class [R10-A1.1.3].
    Confirm,
}

impl OtpPurpose {
    /// The text form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::SignIn => "sign-in",
            Self::Confirm => "confirm",
        }
    }
}

/// Limits that the acts leave open ("not set by the act") [R58-9.D].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OtpPolicy {
    /// Digits of a code.
    pub digits: u8,
    /// How long a code lives.
    pub life: SignedDuration,
    /// Wrong entries after which the code is dead.
    pub attempts: u8,
    /// Pause before another code may be sent.
    pub resend_after: SignedDuration,
    /// Codes that may be sent within an hour.
    pub sends_per_hour: u8,
}

impl Default for OtpPolicy {
    fn default() -> Self {
        Self {
            digits: 6,
            life: SignedDuration::from_mins(3),
            attempts: 3,
            resend_after: SignedDuration::from_secs(60),
            sends_per_hour: 5,
        }
    }
}

/// Why no further code is sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendRefused {
    /// The last one has only just been sent.
    #[error("a code has just been sent")]
    TooSoon {
        /// When another may be sent.
        until: Timestamp,
    },
    /// Too many within an hour.
    #[error("too many codes within an hour")]
    TooMany {
        /// When another may be sent.
        until: Timestamp,
    },
}

impl OtpPolicy {
    /// Whether another code may be sent, given when the earlier ones were sent (in any order).
    ///
    /// # Errors
    /// [`SendRefused`] with the moment from which it may.
    pub fn may_send(&self, earlier: &[Timestamp], now: Timestamp) -> Result<(), SendRefused> {
        let after = |at: Timestamp, pause: SignedDuration| at.checked_add(pause).unwrap_or(Timestamp::MAX);
        if let Some(until) =
            earlier.iter().max().map(|last| after(*last, self.resend_after)).filter(|until| now < *until)
        {
            return Err(SendRefused::TooSoon { until });
        }
        let hour = SignedDuration::from_hours(1);
        let mut recent: Vec<_> = earlier.iter().copied().filter(|at| after(*at, hour) > now).collect();
        recent.sort_unstable_by(|a, b| b.cmp(a));
        // The cap is free again when the oldest of the last `sends_per_hour` leaves the hour.
        match usize::from(self.sends_per_hour).checked_sub(1).map(|last| recent.get(last)) {
            Some(None) => Ok(()),
            Some(Some(at)) => Err(SendRefused::TooMany { until: after(*at, hour) }),
            None => Err(SendRefused::TooMany { until: Timestamp::MAX }),
        }
    }
}

/// Where a code is valid: in one visit, or for one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Binding {
    /// In this visit only [R10-2.2].
    Session(SessionId),
    /// For this case only.
    Case(CaseId),
}

/// A code that was sent, as the portal remembers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneTimeCode {
    /// What it is for.
    pub purpose: OtpPurpose,
    /// Where it is valid.
    pub binding: Binding,
    /// Keyed digest of the code, its purpose, its binding and the number it went to.
    pub digest: CodeDigest,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// From this moment it is dead.
    pub expires_at: Timestamp,
    /// Wrong entries that are still allowed.
    pub attempts_left: u8,
    /// Whether it has served.
    pub used: bool,
}

/// Why a code was not taken. Each attempt is journalled by the caller [R10-2.11, R58-9].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum CodeRefused {
    /// Another code; so many attempts are left.
    #[error("wrong code, {left} attempts left")]
    Wrong {
        /// Attempts left, at least one.
        left: u8,
    },
    /// Too old.
    #[error("the code has expired")]
    Expired,
    /// It has served once already.
    #[error("the code has been used")]
    Used,
    /// Sent in another visit or for another case.
    #[error("the code belongs to another session")]
    OtherSession,
    /// Mistaken too often: the code is dead, also when entered right.
    #[error("no attempts left")]
    NoAttemptsLeft,
}

impl OneTimeCode {
    /// A code just sent.
    #[must_use]
    pub fn issue(
        policy: &OtpPolicy,
        purpose: OtpPurpose,
        binding: Binding,
        digest: CodeDigest,
        now: Timestamp,
    ) -> Self {
        let expires_at = now.checked_add(policy.life).unwrap_or(now);
        Self {
            purpose,
            binding,
            digest,
            sent_at: now,
            expires_at,
            attempts_left: policy.attempts,
            used: false,
        }
    }

    /// Presents a code. The value changes (an attempt is spent, or the code is used up) and must be stored either way.
    ///
    /// # Errors
    /// [`CodeRefused`]; an entry from another session costs the rightful owner no attempt.
    pub fn present(
        &mut self,
        digest: &CodeDigest,
        binding: Binding,
        now: Timestamp,
    ) -> Result<(), CodeRefused> {
        if binding != self.binding {
            return Err(CodeRefused::OtherSession);
        }
        if self.used {
            return Err(CodeRefused::Used);
        }
        if self.attempts_left == 0 {
            return Err(CodeRefused::NoAttemptsLeft);
        }
        if now >= self.expires_at {
            return Err(CodeRefused::Expired);
        }
        if self.digest.agrees_with(digest) {
            self.used = true;
            return Ok(());
        }
        self.attempts_left -= 1;
        match self.attempts_left {
            0 => Err(CodeRefused::NoAttemptsLeft),
            left => Err(CodeRefused::Wrong { left }),
        }
    }
}
