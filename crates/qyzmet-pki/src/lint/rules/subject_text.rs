//! Attributes hold text: none is empty, padded, or of characters outside its type; numbers have their form.

use super::{Body, Rule, Severity, Wanted};
use crate::{
    asn1::tag,
    lint::body::{NameAttribute, attributes},
    oids,
};

pub(super) const RULE: Rule = Rule {
    name: "subject_text",
    citation: "RFC 5280, 4.1.2.4 and appendix A.1; X.680, 41.4",
    severity: Severity::Error,
    check,
};

fn check(body: &Body<'_>, _: &Wanted<'_>) -> Result<(), &'static str> {
    let found = attributes(body.subject).map_err(|_| "the subject is no name")?;
    found.iter().try_for_each(check_one)
}

fn check_one(attribute: &NameAttribute<'_>) -> Result<(), &'static str> {
    let text = std::str::from_utf8(attribute.value.value).map_err(|_| "an attribute is no text")?;
    if text.is_empty() || text.trim() != text {
        return Err("an attribute is empty or padded with spaces");
    }
    if text.chars().any(char::is_control) {
        return Err("an attribute holds a control character");
    }
    if attribute.value.tag == tag::PRINTABLE && !text.bytes().all(is_printable) {
        return Err("a PrintableString holds other characters");
    }
    let number = match attribute.oid {
        oids::SERIAL_NUMBER => text.strip_prefix("IIN"),
        oids::ORGANISATIONAL_UNIT => text.strip_prefix("BIN"),
        _ => return Ok(()),
    };
    let fits = |digits: &str| digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if number.is_some_and(fits) { Ok(()) } else { Err("an IIN or BIN is not twelve digits after its mark") }
}

fn is_printable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte)
}
