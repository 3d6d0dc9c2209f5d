//! Certificates issued the whole way, from the order to the row, on SQLite with 64 clients. Ours: at least 2,000 a second.

use super::cargo;
use crate::Failure;

pub(super) fn print() -> Result<(), Failure> {
    let test =
        ["test", "--release", "--quiet", "-p", "qyzmet", "--no-default-features", "--test", "issue", "--"];
    let story = ["--exact", "speed::certificates_issued_durably", "--ignored", "--nocapture"];
    cargo(&[&test[..], &story].concat())
}
