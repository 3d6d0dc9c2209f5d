//! What a caller may ask of certificate paths beyond RFC 5280's defaults.

/// Whether revocation is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Revocation {
    /// Every certificate below the anchor must be covered by a fresh list; otherwise the verdict is undetermined.
    #[default]
    Required,
    /// Revocation is not looked at (another check answers for it, or the anchor is a private one of a test).
    NotChecked,
}

/// Inputs of path validation (RFC 5280 section 6.1.1).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PathRules {
    /// Whether revocation is checked.
    pub revocation: Revocation,
    /// Acceptable certificate policies in dotted form; `None` accepts any.
    pub policies: Option<Vec<String>>,
    /// The path must be valid for a policy.
    pub require_policy: bool,
    /// Policies must not be mapped to others.
    pub inhibit_mapping: bool,
    /// anyPolicy in a certificate does not count.
    pub inhibit_any_policy: bool,
}
