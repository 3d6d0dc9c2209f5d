//! A lawful "no": its ground, its clause, and what proves it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Clause;

/// A reasoned refusal. A fault of a system is never one of these; the grounds are those of the regulation and no
/// others [R58-A.9.2].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Refusal {
    /// Id of the ground in the regulation, for example `identity`.
    pub ground: String,
    /// The clause that allows refusing on this ground.
    pub clause: Clause,
    /// The failed comparisons, or the register's answer that it knows nobody.
    pub evidence: Vec<Evidence>,
}

/// One comparison that did not hold, with the answer it was made on.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// Name of the fact, for example `person.life-status`.
    pub fact: String,
    /// What the regulation asks for.
    pub expected: String,
    /// What was found; empty when there was nothing.
    pub found: String,
    /// The register that answered, or `request` for what the person wrote.
    pub source: String,
    /// The register's own number of its answer, by which it can be asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_id: Option<String>,
}

/// What was found may be personal, so it is not printed.
impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evidence")
            .field("fact", &self.fact)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}
