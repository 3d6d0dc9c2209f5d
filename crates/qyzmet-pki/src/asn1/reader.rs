//! A strict zero-copy DER reader: every element keeps its exact bytes.

use std::ops::Range;

use const_oid::ObjectIdentifier;

use super::tag;

/// The bytes are not well-formed DER, or not the element that was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

/// One element: its tag, its content, and the whole as it stands in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Element<'a> {
    pub(crate) tag: u8,
    pub(crate) value: &'a [u8],
    pub(crate) raw: &'a [u8],
}

impl<'a> Element<'a> {
    /// A reader over the content of a constructed element.
    pub(crate) fn reader(self) -> Reader<'a> {
        Reader::new(self.value)
    }

    /// The object identifier in this element.
    pub(crate) fn oid(self) -> Result<ObjectIdentifier, Malformed> {
        if self.tag != tag::OID {
            return Err(Malformed);
        }
        ObjectIdentifier::from_bytes(self.value).map_err(|_| Malformed)
    }

    /// The bytes of a bit string without unused bits.
    pub(crate) fn bits(self) -> Result<&'a [u8], Malformed> {
        match (self.tag, self.value.split_first()) {
            (tag::BIT_STRING, Some((0, bytes))) => Ok(bytes),
            _ => Err(Malformed),
        }
    }

    /// The bits of a named bit list, the first bit highest; a list longer than 16 bits is cut.
    pub(crate) fn flags(self) -> Result<u16, Malformed> {
        let (unused, bytes) = self.value.split_first().ok_or(Malformed)?;
        let universal = self.tag & 0xc0 == 0;
        if (universal && self.tag != tag::BIT_STRING) || *unused > 7 {
            return Err(Malformed);
        }
        if bytes.is_empty() && *unused != 0 {
            return Err(Malformed);
        }
        let first = bytes.first().copied().unwrap_or_default();
        let second = bytes.get(1).copied().unwrap_or_default();
        Ok(u16::from_be_bytes([first, second]))
    }

    /// A DER boolean.
    pub(crate) fn boolean(self) -> Result<bool, Malformed> {
        match (self.tag, self.value) {
            (tag::BOOLEAN, [0]) => Ok(false),
            (tag::BOOLEAN, [0xff]) => Ok(true),
            _ => Err(Malformed),
        }
    }
}

/// Reads elements one after the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The single element that fills all of `bytes`.
    pub(crate) fn only(bytes: &'a [u8], tag: u8) -> Result<Element<'a>, Malformed> {
        let mut reader = Self::new(bytes);
        let element = reader.expect(tag)?;
        reader.end()?;
        Ok(element)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Fails when anything is left.
    pub(crate) fn end(&self) -> Result<(), Malformed> {
        if self.rest.is_empty() { Ok(()) } else { Err(Malformed) }
    }

    /// The tag of the next element, if any.
    pub(crate) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next element, whatever it is.
    pub(crate) fn next(&mut self) -> Result<Element<'a>, Malformed> {
        let (&tag, after_tag) = self.rest.split_first().ok_or(Malformed)?;
        if tag & 0x1f == 0x1f {
            return Err(Malformed);
        }
        let (length, header) = read_length(after_tag)?;
        let end = (1 + header).checked_add(length).ok_or(Malformed)?;
        let raw = self.rest.get(..end).ok_or(Malformed)?;
        let value = raw.get(1 + header..).ok_or(Malformed)?;
        self.rest = self.rest.get(end..).ok_or(Malformed)?;
        Ok(Element { tag, value, raw })
    }

    /// The next element, which must have this tag.
    pub(crate) fn expect(&mut self, tag: u8) -> Result<Element<'a>, Malformed> {
        if self.peek() != Some(tag) {
            return Err(Malformed);
        }
        self.next()
    }

    /// The next element if it has this tag.
    pub(crate) fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, Malformed> {
        if self.peek() == Some(tag) { self.next().map(Some) } else { Ok(None) }
    }

    /// A reader over the next element, a SEQUENCE.
    pub(crate) fn sequence(&mut self) -> Result<Reader<'a>, Malformed> {
        Ok(self.expect(tag::SEQUENCE)?.reader())
    }

    /// The next element, an OBJECT IDENTIFIER.
    pub(crate) fn oid(&mut self) -> Result<ObjectIdentifier, Malformed> {
        self.expect(tag::OID)?.oid()
    }

    /// A DER BOOLEAN DEFAULT FALSE: absent means false.
    pub(crate) fn default_false(&mut self) -> Result<bool, Malformed> {
        self.optional(tag::BOOLEAN)?.map_or(Ok(false), Element::boolean)
    }
}

/// Content length and the number of bytes that its encoding took; definite and minimal only.
fn read_length(bytes: &[u8]) -> Result<(usize, usize), Malformed> {
    let (&first, rest) = bytes.split_first().ok_or(Malformed)?;
    if first < 0x80 {
        return Ok((usize::from(first), 1));
    }
    let count = usize::from(first & 0x7f);
    if count == 0 || count > 4 {
        return Err(Malformed);
    }
    let digits = rest.get(..count).ok_or(Malformed)?;
    let length = digits.iter().fold(0usize, |sum, digit| sum << 8 | usize::from(*digit));
    if digits.first() == Some(&0) || length < 0x80 {
        return Err(Malformed);
    }
    Ok((length, 1 + count))
}

/// Checks that an INTEGER's content is present and minimal, and returns it.
pub(crate) fn integer_value(element: Element<'_>) -> Result<&[u8], Malformed> {
    match element.value {
        [] | [0x00, 0x00..=0x7f, ..] | [0xff, 0x80..=0xff, ..] => Err(Malformed),
        value => Ok(value),
    }
}

/// A small non-negative INTEGER (also ENUMERATED or an implicitly tagged one).
pub(crate) fn small_uint(element: Element<'_>) -> Result<u32, Malformed> {
    let value = integer_value(element)?;
    if value.first().is_some_and(|byte| byte & 0x80 != 0) || value.len() > 5 {
        return Err(Malformed);
    }
    let wide = value.iter().fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
    u32::try_from(wide).map_err(|_| Malformed)
}

/// Where a part lies in the whole; both are slices of the same bytes.
pub(crate) fn range(whole: &[u8], part: &[u8]) -> Result<Range<usize>, Malformed> {
    let start = part.as_ptr().addr().checked_sub(whole.as_ptr().addr()).ok_or(Malformed)?;
    let end = start.checked_add(part.len()).filter(|end| *end <= whole.len()).ok_or(Malformed)?;
    Ok(start..end)
}
