//! The key usage is that of the profile for this kind of key, as a named bit list in DER.

use super::{Body, Rule, Severity, Wanted};
use crate::{
    asn1::{Reader, tag},
    oids,
};

pub(super) const RULE: Rule = Rule {
    name: "key_usage",
    citation: "RFC 5280, 4.2.1.3; X.690, 11.2.2",
    severity: Severity::Error,
    check,
};

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    let value = body.extension(oids::KEY_USAGE).ok_or("there is no key usage")?;
    let bits = Reader::only(value, tag::BIT_STRING).map_err(|_| "the key usage is no bit list")?;
    if bits.flags() != Ok(wanted.profile.rules().usage(&body.key)) {
        return Err("the key usage is not that of the profile");
    }
    // The last bit that is written must be a one (X.690, 11.2.2), and RFC 5280 knows nine bits.
    match bits.value {
        [unused, bytes @ ..] if bytes.len() <= 2 => {
            let last = bytes.last().copied().unwrap_or_default();
            if last != 0 && last.trailing_zeros() == u32::from(*unused) {
                Ok(())
            } else {
                Err("zero bits at the end of the key usage are written")
            }
        }
        _ => Err("the key usage has bits that do not exist"),
    }
}
