//! Whose certificates a form asks for: by a choice, or by one of the person's own certificates (Q-37, R839-7.P1).

use super::{Field, FieldKind};

/// The subject under whose name stands what an operation has found out about a chosen certificate.
pub(crate) const CERTIFICATE: &str = "certificate";

impl Field {
    /// Whether one of the person's own certificates is chosen.
    #[must_use]
    pub fn is_certificate(&self) -> bool {
        matches!(self.kind, FieldKind::Certificate { .. })
    }

    /// The holders that can be meant by an answer, for a field of keys that follows it: the words of a choice, or the holders
    /// whose certificates are asked for.
    #[must_use]
    pub fn holders(&self) -> &[String] {
        match &self.kind {
            FieldKind::Choice { one_of } => one_of,
            FieldKind::Certificate { holders } => holders,
            _ => &[],
        }
    }

    /// The fact that says whose certificates an answer means: the choice itself, or what is known of the chosen certificate.
    #[must_use]
    pub fn holder_fact(&self) -> String {
        if self.is_certificate() { format!("{CERTIFICATE}.holder") } else { self.fact() }
    }

    /// The choice or the certificate that says whose certificates a field of keys asks for.
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        if let FieldKind::Keys { holder, .. } = &self.kind { holder.as_deref() } else { None }
    }
}
