//! Distinguished names: exact bytes, and a normal form in which names are compared (RFC 5280 section 7.1).

use const_oid::ObjectIdentifier;

use crate::asn1::{Element, Malformed, Reader, tag};

/// A distinguished name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Name {
    raw: Vec<u8>,
    /// One entry per relative name: attributes in normal form, sorted.
    rdns: Vec<Vec<u8>>,
}

impl Name {
    pub(crate) fn read(element: Element<'_>) -> Result<Self, Malformed> {
        if element.tag != tag::SEQUENCE {
            return Err(Malformed);
        }
        let mut rdns = Vec::new();
        let mut reader = element.reader();
        while !reader.is_empty() {
            rdns.push(normal_rdn(reader.expect(tag::SET)?)?);
        }
        Ok(Self { raw: element.raw.to_vec(), rdns })
    }

    pub(crate) fn from_der(der: &[u8]) -> Result<Self, Malformed> {
        Self::read(Reader::only(der, tag::SEQUENCE)?)
    }

    /// This name with one more relative name at its end (nameRelativeToCRLIssuer).
    pub(crate) fn with_relative(&self, rdn: Element<'_>) -> Result<Self, Malformed> {
        let mut longer = self.clone();
        let set = crate::asn1::raw_tlv(tag::SET, rdn.value);
        longer.rdns.push(normal_rdn(Reader::only(&set, tag::SET)?)?);
        longer.raw.clear();
        Ok(longer)
    }

    /// The name exactly as encoded.
    pub(crate) fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Equality in the sense of RFC 5280 section 7.1: case, spaces and string type do not matter.
    pub(crate) fn same(&self, other: &Self) -> bool {
        self.raw == other.raw && !self.raw.is_empty() || self.rdns == other.rdns
    }

    /// A key under which equal names meet in a map.
    pub(crate) fn key(&self) -> Vec<u8> {
        self.rdns.concat()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rdns.is_empty()
    }

    /// True when this name lies in the subtree that `base` names.
    pub(crate) fn within(&self, base: &Self) -> bool {
        self.rdns.starts_with(&base.rdns)
    }

    /// The attributes in encoded order, as text; types that are not text are left out.
    pub(crate) fn attributes(&self) -> Vec<(ObjectIdentifier, String)> {
        let mut found = Vec::new();
        let Ok(mut rdns) = Reader::only(&self.raw, tag::SEQUENCE).map(Element::reader) else { return found };
        while let Ok(rdn) = rdns.next() {
            let mut members = rdn.reader();
            while let Ok(mut member) = members.sequence() {
                if let (Ok(kind), Ok(value)) = (member.oid(), member.next())
                    && let Some(text) = text(value)
                {
                    found.push((kind, text));
                }
            }
        }
        found
    }

    /// The first value of an attribute.
    pub(crate) fn first(&self, kind: ObjectIdentifier) -> Option<String> {
        self.attributes().into_iter().find_map(|(oid, value)| (oid == kind).then_some(value))
    }
}

fn normal_rdn(set: Element<'_>) -> Result<Vec<u8>, Malformed> {
    let mut members = Vec::new();
    let mut reader = set.reader();
    while !reader.is_empty() {
        let mut member = reader.sequence()?;
        let kind = member.expect(tag::OID)?;
        let value = member.next()?;
        member.end()?;
        let normal = match text(value) {
            Some(text) => crate::asn1::utf8(&fold(&text)),
            None => value.raw.to_vec(),
        };
        members.push(crate::asn1::sequence(&[kind.raw, &normal]));
    }
    if members.is_empty() {
        return Err(Malformed);
    }
    Ok(crate::asn1::set_of(members))
}

/// Small letters, no outer spaces, inner runs of spaces as one.
fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The text of a directory string, whatever its type; `None` for what is no text.
pub(super) fn text(value: Element<'_>) -> Option<String> {
    match value.tag {
        tag::UTF8 | tag::PRINTABLE | tag::IA5 => std::str::from_utf8(value.value).ok().map(str::to_owned),
        tag::TELETEX => Some(value.value.iter().map(|byte| char::from(*byte)).collect()),
        tag::BMP => {
            let (units, odd) = value.value.as_chunks::<2>();
            let units: Vec<u16> = units.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
            if odd.is_empty() { String::from_utf16(&units).ok() } else { None }
        }
        _ => None,
    }
}
