//! DER writing: each function returns the whole encoded element.

use const_oid::ObjectIdentifier;

use super::tag;

/// An element with any tag.
pub(crate) fn raw_tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len() + 6);
    out.push(tag);
    push_length(&mut out, value.len());
    out.extend_from_slice(value);
    out
}

/// Tag and length of an element whose content follows from elsewhere.
pub(crate) fn header(tag: u8, length: usize) -> Vec<u8> {
    let mut out = vec![tag];
    push_length(&mut out, length);
    out
}

pub(super) fn push_length(out: &mut Vec<u8>, length: usize) {
    if length < 0x80 {
        out.push(length.to_le_bytes()[0]);
        return;
    }
    let bytes = length.to_be_bytes();
    let digits: &[u8] = match bytes.iter().position(|byte| *byte != 0) {
        Some(first) => bytes.get(first..).unwrap_or_default(),
        None => &[],
    };
    out.push(0x80 | digits.len().to_le_bytes()[0]);
    out.extend_from_slice(digits);
}

pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    raw_tlv(tag::SEQUENCE, &parts.concat())
}

pub(crate) fn set(parts: &[&[u8]]) -> Vec<u8> {
    raw_tlv(tag::SET, &parts.concat())
}

/// A SET OF, its members in the order that DER asks for.
pub(crate) fn set_of(mut members: Vec<Vec<u8>>) -> Vec<u8> {
    members.sort();
    raw_tlv(tag::SET, &members.concat())
}

/// `[n] EXPLICIT` around whole elements; also `[n] IMPLICIT` of a constructed type around its content.
pub(crate) fn explicit(n: u8, content: &[u8]) -> Vec<u8> {
    raw_tlv(tag::explicit(n), content)
}

/// `[n] IMPLICIT` of a primitive type.
pub(crate) fn context_primitive(n: u8, content: &[u8]) -> Vec<u8> {
    raw_tlv(tag::implicit(n), content)
}

/// An INTEGER from big-endian two's complement bytes, made minimal.
pub(crate) fn integer(bytes: &[u8]) -> Vec<u8> {
    raw_tlv(tag::INTEGER, minimal(bytes))
}

/// The shortest content of an INTEGER with the value of these bytes.
pub(crate) fn minimal(bytes: &[u8]) -> &[u8] {
    let mut value = bytes;
    while matches!(value, [0x00, 0x00..=0x7f, ..] | [0xff, 0x80..=0xff, ..]) {
        value = value.get(1..).unwrap_or_default();
    }
    if value.is_empty() { &[0] } else { value }
}

/// An INTEGER from a number.
pub(crate) fn uint(value: u64) -> Vec<u8> {
    let mut bytes = vec![0];
    bytes.extend_from_slice(&value.to_be_bytes());
    integer(&bytes)
}

pub(crate) fn oid(value: ObjectIdentifier) -> Vec<u8> {
    raw_tlv(tag::OID, value.as_bytes())
}

/// An Extension of a certificate, list or message.
pub(crate) fn extension(kind: ObjectIdentifier, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical = if critical { boolean_true() } else { vec![] };
    sequence(&[&oid(kind), &critical, &octet_string(value)])
}

pub(crate) fn octet_string(value: &[u8]) -> Vec<u8> {
    raw_tlv(tag::OCTET_STRING, value)
}

/// A BIT STRING without unused bits.
pub(crate) fn bit_string(value: &[u8]) -> Vec<u8> {
    let mut content = Vec::with_capacity(value.len() + 1);
    content.push(0);
    content.extend_from_slice(value);
    raw_tlv(tag::BIT_STRING, &content)
}

pub(crate) fn null() -> Vec<u8> {
    vec![tag::NULL, 0]
}

pub(crate) fn boolean_true() -> Vec<u8> {
    vec![tag::BOOLEAN, 1, 0xff]
}

pub(crate) fn utf8(text: &str) -> Vec<u8> {
    raw_tlv(tag::UTF8, text.as_bytes())
}

pub(crate) fn ia5(text: &str) -> Vec<u8> {
    raw_tlv(tag::IA5, text.as_bytes())
}
