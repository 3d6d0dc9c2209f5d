//! Answers about one certificate, read, built and signed on one core.

use crate::Failure;

pub(super) fn print() -> Result<(), Failure> {
    super::example("lists-and-answers", &["ocsp"])
}
