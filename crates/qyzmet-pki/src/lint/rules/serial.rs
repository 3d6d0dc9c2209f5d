//! The serial number is positive and has the 20 bytes that make it unguessable and never longer than allowed.

use super::{Body, Rule, Severity, Wanted};
use crate::asn1::integer_value;

pub(super) const RULE: Rule =
    Rule { name: "serial", citation: "RFC 5280, 4.1.2.2", severity: Severity::Error, check };

/// Bytes; RFC 5280 allows at most 20, and the national authority writes 20.
const LENGTH: usize = 20;

fn check(body: &Body<'_>, _: &Wanted<'_>) -> Result<(), &'static str> {
    match integer_value(body.serial) {
        Err(_) => Err("the serial number is not minimal"),
        Ok([0x80..=0xff, ..]) => Err("the serial number is negative"),
        Ok(bytes) if bytes.len() != LENGTH => Err("the serial number has not 20 bytes"),
        Ok(_) => Ok(()),
    }
}
