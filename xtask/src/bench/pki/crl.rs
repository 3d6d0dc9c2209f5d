//! A revocation list of ten million entries: processor time and the most memory at once. Ours: at most 2 s and 16 MiB.

use crate::Failure;

pub(super) fn print() -> Result<(), Failure> {
    super::example("lists-and-answers", &["crl", "10000000"])
}
