//! The extensions of a certificate that path validation reads.

use const_oid::ObjectIdentifier;

use super::{
    general_name::{DistributionPoint, GeneralName, NameConstraints},
    name::Name,
};
use crate::{
    asn1::{Element, Malformed, Reader, small_uint, tag},
    oids,
};

/// Bits of the key usage extension, the first bit highest.
pub(crate) mod usage {
    pub(crate) const DIGITAL_SIGNATURE: u16 = 0x8000;
    pub(crate) const NON_REPUDIATION: u16 = 0x4000;
    pub(crate) const KEY_ENCIPHERMENT: u16 = 0x2000;
    pub(crate) const KEY_AGREEMENT: u16 = 0x0800;
    pub(crate) const CERT_SIGN: u16 = 0x0400;
    pub(crate) const CRL_SIGN: u16 = 0x0200;
}

/// What the certificate says in its extensions; `None` and empty mean that the extension is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Extensions {
    pub(crate) basic_constraints: Option<BasicConstraints>,
    pub(crate) key_usage: Option<u16>,
    pub(crate) extended_usage: Option<Vec<ObjectIdentifier>>,
    /// The extended usage is critical, as that of a time-stamping authority must be (RFC 3161 section 2.3).
    pub(crate) extended_usage_critical: bool,
    /// A responder that is trusted while its certificate lasts (RFC 6960 section 4.2.2.2.1).
    pub(crate) ocsp_no_check: bool,
    pub(crate) subject_key_id: Option<Vec<u8>>,
    pub(crate) authority_key_id: Option<Vec<u8>>,
    pub(crate) alt_names: Vec<GeneralName>,
    pub(crate) name_constraints: Option<NameConstraints>,
    pub(crate) policies: Option<Vec<ObjectIdentifier>>,
    pub(crate) policy_mappings: Vec<(ObjectIdentifier, ObjectIdentifier)>,
    pub(crate) require_explicit_policy: Option<u32>,
    pub(crate) inhibit_policy_mapping: Option<u32>,
    pub(crate) inhibit_any_policy: Option<u32>,
    pub(crate) distribution_points: Vec<DistributionPoint>,
    /// The first critical extension that is not understood.
    pub(crate) unknown_critical: Option<ObjectIdentifier>,
}

/// BasicConstraints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BasicConstraints {
    pub(crate) ca: bool,
    pub(crate) path_length: Option<u32>,
}

impl Extensions {
    /// Reads the extensions; one that occurs twice makes the certificate malformed.
    pub(crate) fn read(mut list: Reader<'_>, issuer: &Name) -> Result<Self, Malformed> {
        let mut found = Self::default();
        let mut seen = Vec::new();
        if list.is_empty() {
            return Err(Malformed);
        }
        while !list.is_empty() {
            let (oid, critical, value) = read_extension(&mut list)?;
            if seen.contains(&oid) {
                return Err(Malformed);
            }
            seen.push(oid);
            // RFC 5280 wants key identifiers never to be critical (4.2.1.1, 4.2.1.2).
            let never_critical = matches!(oid, oids::AUTHORITY_KEY_ID | oids::SUBJECT_KEY_ID);
            let understood = found.take(oid, value, issuer)? && !never_critical;
            found.extended_usage_critical |= critical && oid == oids::EXTENDED_KEY_USAGE;
            if critical && !understood {
                found.unknown_critical.get_or_insert(oid);
            }
        }
        Ok(found)
    }

    /// Keeps one extension; false when it is not one that is processed.
    fn take(&mut self, oid: ObjectIdentifier, value: &[u8], issuer: &Name) -> Result<bool, Malformed> {
        let list = || Reader::only(value, tag::SEQUENCE).map(Element::reader);
        match oid {
            oids::BASIC_CONSTRAINTS => self.basic_constraints = Some(read_basic_constraints(list()?)?),
            oids::KEY_USAGE => self.key_usage = Some(Reader::only(value, tag::BIT_STRING)?.flags()?),
            oids::EXTENDED_KEY_USAGE => self.extended_usage = Some(read_oids(list()?)?),
            oids::SUBJECT_KEY_ID => {
                self.subject_key_id = Some(Reader::only(value, tag::OCTET_STRING)?.value.to_vec());
            }
            oids::AUTHORITY_KEY_ID => {
                let key_id = list()?.optional(tag::implicit(0))?;
                self.authority_key_id = key_id.map(|id| id.value.to_vec());
            }
            oids::SUBJECT_ALT_NAME => self.alt_names = GeneralName::read_all(list()?)?,
            oids::NAME_CONSTRAINTS => self.name_constraints = Some(NameConstraints::read(list()?)?),
            oids::CERTIFICATE_POLICIES => self.policies = Some(read_policies(list()?)?),
            oids::POLICY_MAPPINGS => self.policy_mappings = read_mappings(list()?)?,
            oids::POLICY_CONSTRAINTS => self.take_policy_constraints(list()?)?,
            oids::INHIBIT_ANY_POLICY => {
                self.inhibit_any_policy = Some(small_uint(Reader::only(value, tag::INTEGER)?)?);
            }
            oids::CRL_DISTRIBUTION_POINTS => {
                self.distribution_points = DistributionPoint::read_all(list()?, issuer)?;
            }
            oids::OCSP_NO_CHECK => self.ocsp_no_check = true,
            oids::ISSUER_ALT_NAME => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn take_policy_constraints(&mut self, mut fields: Reader<'_>) -> Result<(), Malformed> {
        self.require_explicit_policy = fields.optional(tag::implicit(0))?.map(small_uint).transpose()?;
        self.inhibit_policy_mapping = fields.optional(tag::implicit(1))?.map(small_uint).transpose()?;
        fields.end()
    }
}

/// One Extension: identifier, criticality, DER value. Also used for revocation lists.
pub(crate) fn read_extension<'a>(
    list: &mut Reader<'a>,
) -> Result<(ObjectIdentifier, bool, &'a [u8]), Malformed> {
    let mut fields = list.sequence()?;
    let oid = fields.oid()?;
    let critical = fields.default_false()?;
    let value = fields.expect(tag::OCTET_STRING)?.value;
    fields.end()?;
    Ok((oid, critical, value))
}

fn read_basic_constraints(mut fields: Reader<'_>) -> Result<BasicConstraints, Malformed> {
    let ca = fields.default_false()?;
    let path_length = fields.optional(tag::INTEGER)?.map(small_uint).transpose()?;
    fields.end()?;
    Ok(BasicConstraints { ca, path_length })
}

fn read_oids(mut list: Reader<'_>) -> Result<Vec<ObjectIdentifier>, Malformed> {
    let mut oids = Vec::new();
    while !list.is_empty() {
        oids.push(list.oid()?);
    }
    if oids.is_empty() { Err(Malformed) } else { Ok(oids) }
}

/// Policy identifiers; qualifiers only inform people and are not read (real ones are sometimes broken).
fn read_policies(mut list: Reader<'_>) -> Result<Vec<ObjectIdentifier>, Malformed> {
    let mut policies = Vec::new();
    while !list.is_empty() {
        let policy = list.sequence()?.oid()?;
        if policies.contains(&policy) {
            return Err(Malformed);
        }
        policies.push(policy);
    }
    if policies.is_empty() { Err(Malformed) } else { Ok(policies) }
}

fn read_mappings(mut list: Reader<'_>) -> Result<Vec<(ObjectIdentifier, ObjectIdentifier)>, Malformed> {
    let mut mappings = Vec::new();
    while !list.is_empty() {
        let mut pair = list.sequence()?;
        mappings.push((pair.oid()?, pair.oid()?));
    }
    Ok(mappings)
}
