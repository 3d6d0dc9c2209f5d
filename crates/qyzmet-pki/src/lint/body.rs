//! A to-be-signed body taken apart, every part exactly as it is encoded.

use const_oid::ObjectIdentifier;

use crate::{
    asn1::{Element, Malformed, Reader, tag},
    spki::PublicKey,
};

/// TBSCertificate (RFC 5280 section 4.1.2), borrowed from its bytes.
pub(crate) struct Body<'a> {
    /// The version as it stands, `[0]` included; absent means version 1.
    pub(crate) version: Option<Element<'a>>,
    pub(crate) serial: Element<'a>,
    pub(crate) algorithm: Element<'a>,
    pub(crate) issuer: Element<'a>,
    pub(crate) not_before: Element<'a>,
    pub(crate) not_after: Element<'a>,
    pub(crate) subject: Element<'a>,
    pub(crate) key_der: Element<'a>,
    pub(crate) key: PublicKey,
    /// Issuer and subject unique identifiers.
    pub(crate) has_unique_ids: bool,
    pub(crate) extensions: Vec<Extension<'a>>,
}

/// One extension.
#[derive(Clone, Copy)]
pub(crate) struct Extension<'a> {
    pub(crate) oid: ObjectIdentifier,
    pub(crate) critical: bool,
    /// Criticality is written although it has its default value, which DER forbids.
    pub(crate) writes_default: bool,
    pub(crate) value: &'a [u8],
}

/// One attribute of a name.
#[derive(Clone, Copy)]
pub(crate) struct NameAttribute<'a> {
    pub(crate) oid: ObjectIdentifier,
    pub(crate) value: Element<'a>,
    /// It shares its relative name with others.
    pub(crate) shared: bool,
}

impl<'a> Body<'a> {
    /// Takes a body apart; `None` when it is not DER of this shape.
    pub(crate) fn read(der: &'a [u8]) -> Option<Self> {
        read(der).ok()
    }

    /// The value of an extension, if it is there.
    pub(crate) fn extension(&self, oid: ObjectIdentifier) -> Option<&'a [u8]> {
        self.extensions.iter().find(|extension| extension.oid == oid).map(|extension| extension.value)
    }
}

fn read(der: &[u8]) -> Result<Body<'_>, Malformed> {
    let mut fields = Reader::only(der, tag::SEQUENCE)?.reader();
    let version = fields.optional(tag::explicit(0))?;
    let serial = fields.expect(tag::INTEGER)?;
    let algorithm = fields.expect(tag::SEQUENCE)?;
    let issuer = fields.expect(tag::SEQUENCE)?;
    let mut validity = fields.sequence()?;
    let (not_before, not_after) = (validity.next()?, validity.next()?);
    validity.end()?;
    let subject = fields.expect(tag::SEQUENCE)?;
    let key_der = fields.expect(tag::SEQUENCE)?;
    let ids = [fields.optional(tag::implicit(1))?, fields.optional(tag::implicit(2))?];
    let extensions = match fields.optional(tag::explicit(3))? {
        Some(wrapped) => read_extensions(Reader::only(wrapped.value, tag::SEQUENCE)?.reader())?,
        None => Vec::new(),
    };
    fields.end()?;
    Ok(Body {
        version,
        serial,
        algorithm,
        issuer,
        not_before,
        not_after,
        subject,
        key_der,
        key: PublicKey::from_der(key_der.raw)?,
        has_unique_ids: ids.iter().any(Option::is_some),
        extensions,
    })
}

fn read_extensions(mut list: Reader<'_>) -> Result<Vec<Extension<'_>>, Malformed> {
    let mut extensions = Vec::with_capacity(12);
    while !list.is_empty() {
        let mut fields = list.sequence()?;
        let oid = fields.oid()?;
        let critical = fields.optional(tag::BOOLEAN)?.map(Element::boolean).transpose()?;
        let value = fields.expect(tag::OCTET_STRING)?.value;
        fields.end()?;
        extensions.push(Extension {
            oid,
            critical: critical.unwrap_or(false),
            writes_default: critical == Some(false),
            value,
        });
    }
    Ok(extensions)
}

/// The attributes of an encoded name, in order.
pub(crate) fn attributes(name: Element<'_>) -> Result<Vec<NameAttribute<'_>>, Malformed> {
    let mut found = Vec::with_capacity(8);
    let mut rdns = name.reader();
    while !rdns.is_empty() {
        let mut members = rdns.expect(tag::SET)?.reader();
        let mut shared = false;
        while !members.is_empty() {
            let mut member = members.sequence()?;
            let oid = member.oid()?;
            let value = member.next()?;
            member.end()?;
            shared |= !members.is_empty();
            found.push(NameAttribute { oid, value, shared });
        }
    }
    Ok(found)
}
