//! What can be wrong with a regulation whose every file reads well.

use super::Findings;
use crate::Regulation;

/// All checks.
pub(super) fn all(_regulation: &Regulation, _findings: &Findings) {}
