//! Turns BER (indefinite lengths, strings in pieces) into definite lengths, so that one strict reader serves both.

use super::{Malformed, tag, writer::push_length};

/// Nesting beyond this is refused: no real message comes near it.
const MAX_DEPTH: usize = 24;

/// Rewrites one BER element with definite, minimal lengths; strings in pieces are joined.
///
/// Elements that are already definite keep their exact content, so bytes that a signature covers do not change.
pub(crate) fn to_definite(bytes: &[u8]) -> Result<Vec<u8>, Malformed> {
    let mut out = Vec::with_capacity(bytes.len());
    let rest = copy_element(bytes, &mut out, MAX_DEPTH)?;
    if rest.is_empty() { Ok(out) } else { Err(Malformed) }
}

/// Copies the first element of `bytes` to `out` and returns what follows it.
fn copy_element<'a>(bytes: &'a [u8], out: &mut Vec<u8>, depth: usize) -> Result<&'a [u8], Malformed> {
    let depth = depth.checked_sub(1).ok_or(Malformed)?;
    let (&tag_byte, after_tag) = bytes.split_first().ok_or(Malformed)?;
    if tag_byte & 0x1f == 0x1f {
        return Err(Malformed);
    }
    let (length, body) = split_length(after_tag)?;
    let mut value = Vec::new();
    let rest = match length {
        Some(length) => {
            let content = body.get(..length).ok_or(Malformed)?;
            copy_definite(tag_byte, content, &mut value, depth)?;
            body.get(length..).ok_or(Malformed)?
        }
        None => copy_indefinite(tag_byte, body, &mut value, depth)?,
    };
    let tag_byte = if is_string_in_pieces(tag_byte) { tag_byte & !0x20 } else { tag_byte };
    out.push(tag_byte);
    push_length(out, value.len());
    out.extend_from_slice(&value);
    Ok(rest)
}

/// A constructed string of the universal class (BER only): OCTET STRING in pieces.
fn is_string_in_pieces(tag_byte: u8) -> bool {
    tag_byte == tag::OCTET_STRING | 0x20
}

fn copy_definite(tag_byte: u8, content: &[u8], value: &mut Vec<u8>, depth: usize) -> Result<(), Malformed> {
    if tag_byte & 0x20 == 0 {
        value.extend_from_slice(content);
        return Ok(());
    }
    let mut rest = content;
    while !rest.is_empty() {
        rest = copy_member(tag_byte, rest, value, depth)?;
    }
    Ok(())
}

fn copy_indefinite<'a>(
    tag_byte: u8,
    body: &'a [u8],
    value: &mut Vec<u8>,
    depth: usize,
) -> Result<&'a [u8], Malformed> {
    if tag_byte & 0x20 == 0 {
        return Err(Malformed);
    }
    let mut rest = body;
    loop {
        if let [0, 0, after @ ..] = rest {
            return Ok(after);
        }
        rest = copy_member(tag_byte, rest, value, depth)?;
    }
}

/// A member of a constructed element; a piece of a string loses its header.
fn copy_member<'a>(
    parent: u8,
    bytes: &'a [u8],
    value: &mut Vec<u8>,
    depth: usize,
) -> Result<&'a [u8], Malformed> {
    if !is_string_in_pieces(parent) {
        return copy_element(bytes, value, depth);
    }
    let mut piece = Vec::new();
    let rest = copy_element(bytes, &mut piece, depth)?;
    let element = super::Reader::only(&piece, tag::OCTET_STRING)?;
    value.extend_from_slice(element.value);
    Ok(rest)
}

/// Splits off a BER length: `None` for the indefinite form.
fn split_length(bytes: &[u8]) -> Result<(Option<usize>, &[u8]), Malformed> {
    let (&first, rest) = bytes.split_first().ok_or(Malformed)?;
    match first {
        0x80 => Ok((None, rest)),
        0..=0x7f => Ok((Some(usize::from(first)), rest)),
        _ => {
            let count = usize::from(first & 0x7f);
            let digits = rest.get(..count).filter(|_| count <= 8).ok_or(Malformed)?;
            let length = digits.iter().fold(0u64, |sum, digit| sum << 8 | u64::from(*digit));
            let length = usize::try_from(length).map_err(|_| Malformed)?;
            Ok((Some(length), rest.get(count..).ok_or(Malformed)?))
        }
    }
}
