//! The lint: rules over the exact to-be-signed body of a certificate, one file each, with the clause that each rests on.
//!
//! It reads the finished bytes anew and knows nothing of how they were built, so that a mistake of the builder, or a body
//! that comes from another process, is found before it is signed. An error stops the issue; a warning is recorded.

mod body;
mod rules;

#[cfg(test)]
mod tests;

use std::fmt;

pub(crate) use self::body::Body;
use crate::authority::{Issuer, Profile};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Recorded; the certificate may be issued.
    Warning,
    /// Must not be signed.
    Error,
}

/// What a rule found. Never holds a value from the certificate, so that it may stand in logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// The rule, by the name of its file.
    pub rule: &'static str,
    /// Where the rule is written.
    pub citation: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong.
    pub what: &'static str,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.rule, self.what, self.citation)
    }
}

/// What the body was meant to be.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Who will sign.
    pub issuer: &'a Issuer,
    /// The profile.
    pub profile: &'a Profile,
    /// The shard of the revocation list.
    pub shard: u16,
}

/// A rule: its name, where it is written, and the check, which says what is wrong.
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) citation: &'static str,
    pub(crate) severity: Severity,
    pub(crate) check: fn(&Body<'_>, &Wanted<'_>) -> Result<(), &'static str>,
}

/// Applies all rules to a to-be-signed body. Empty is the wish.
#[must_use]
pub fn lint(der: &[u8], wanted: &Wanted<'_>) -> Vec<Finding> {
    let Some(body) = Body::read(der) else {
        return vec![rules::encoding()];
    };
    let broken = |rule: &Rule| {
        let what = (rule.check)(&body, wanted).err()?;
        Some(Finding { rule: rule.name, citation: rule.citation, severity: rule.severity, what })
    };
    rules::ALL.iter().filter_map(broken).collect()
}
