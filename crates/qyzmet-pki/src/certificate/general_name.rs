//! GeneralName, distribution points and name constraints.

use super::name::Name;
use crate::asn1::{Element, Malformed, Reader, small_uint, tag};

/// A general name, as far as it is compared; kinds that are not supported keep their tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum GeneralName {
    Email(String),
    Dns(String),
    Directory(Name),
    Uri(String),
    Ip(Vec<u8>),
    Other(u8),
}

impl GeneralName {
    pub(crate) fn read(element: Element<'_>) -> Result<Self, Malformed> {
        let ascii = |bytes: &[u8]| {
            let text = std::str::from_utf8(bytes).map_err(|_| Malformed)?;
            Ok::<_, Malformed>(text.to_owned())
        };
        Ok(match element.tag {
            0x81 => Self::Email(ascii(element.value)?),
            0x82 => Self::Dns(ascii(element.value)?),
            0xa4 => Self::Directory(Name::from_der(element.value)?),
            0x86 => Self::Uri(ascii(element.value)?),
            0x87 => Self::Ip(element.value.to_vec()),
            0x88 | 0xa0 | 0xa3 | 0xa5 => Self::Other(element.tag),
            _ => return Err(Malformed),
        })
    }

    /// All names in the content of a GeneralNames sequence.
    pub(crate) fn read_all(mut reader: Reader<'_>) -> Result<Vec<Self>, Malformed> {
        let mut names = Vec::new();
        while !reader.is_empty() {
            names.push(Self::read(reader.next()?)?);
        }
        Ok(names)
    }

    /// The same place: names compare as names, text byte for byte.
    pub(crate) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Directory(a), Self::Directory(b)) => a.same(b),
            (a, b) => a == b,
        }
    }
}

/// Where revocation lists are found, and which of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct DistributionPoint {
    /// Full names; a name relative to the issuer is already completed.
    pub(crate) names: Vec<GeneralName>,
    /// Reasons that lists from here cover; `None` means all.
    pub(crate) reasons: Option<u16>,
    /// Another issuer of the list (indirect lists).
    pub(crate) issuer: Vec<GeneralName>,
}

impl DistributionPoint {
    pub(crate) fn read_all(mut reader: Reader<'_>, issuer: &Name) -> Result<Vec<Self>, Malformed> {
        let mut points = Vec::new();
        while !reader.is_empty() {
            points.push(Self::read(reader.sequence()?, issuer)?);
        }
        Ok(points)
    }

    fn read(mut fields: Reader<'_>, issuer: &Name) -> Result<Self, Malformed> {
        let name = fields.optional(tag::explicit(0))?;
        let reasons = fields.optional(tag::implicit(1))?.map(Element::flags).transpose()?;
        let crl_issuer = fields.optional(tag::explicit(2))?;
        fields.end()?;
        let crl_issuer = crl_issuer.map_or(Ok(Vec::new()), |names| GeneralName::read_all(names.reader()))?;
        let base = match crl_issuer.first() {
            Some(GeneralName::Directory(name)) => name,
            _ => issuer,
        };
        let names = name.map_or(Ok(Vec::new()), |name| read_point_name(name.reader(), base))?;
        Ok(Self { names, reasons, issuer: crl_issuer })
    }
}

/// DistributionPointName: full names, or a name relative to the issuer of the list.
pub(crate) fn read_point_name(mut reader: Reader<'_>, issuer: &Name) -> Result<Vec<GeneralName>, Malformed> {
    let choice = reader.next()?;
    match choice.tag {
        0xa0 => GeneralName::read_all(choice.reader()),
        0xa1 => Ok(vec![GeneralName::Directory(issuer.with_relative(choice)?)]),
        _ => Err(Malformed),
    }
}

/// Permitted and excluded subtrees.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct NameConstraints {
    pub(crate) permitted: Vec<GeneralName>,
    pub(crate) excluded: Vec<GeneralName>,
}

impl NameConstraints {
    pub(crate) fn read(mut fields: Reader<'_>) -> Result<Self, Malformed> {
        let permitted = fields.optional(tag::explicit(0))?;
        let excluded = fields.optional(tag::explicit(1))?;
        fields.end()?;
        let read =
            |trees: Option<Element<'_>>| trees.map_or(Ok(Vec::new()), |trees| read_subtrees(trees.reader()));
        if permitted.is_none() && excluded.is_none() {
            return Err(Malformed);
        }
        Ok(Self { permitted: read(permitted)?, excluded: read(excluded)? })
    }
}

fn read_subtrees(mut reader: Reader<'_>) -> Result<Vec<GeneralName>, Malformed> {
    let mut trees = Vec::new();
    while !reader.is_empty() {
        let mut tree = reader.sequence()?;
        trees.push(GeneralName::read(tree.next()?)?);
        if let Some(minimum) = tree.optional(tag::implicit(0))?
            && small_uint(minimum)? != 0
        {
            return Err(Malformed);
        }
        tree.end()?;
    }
    Ok(trees)
}
