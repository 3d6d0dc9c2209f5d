//! Which certificates and reasons a revocation list covers (IssuingDistributionPoint, RFC 5280 section 5.2.5).

use crate::{
    asn1::{Element, Malformed, Reader, tag},
    certificate::{
        Certificate, Name,
        general_name::{DistributionPoint, GeneralName, read_point_name},
    },
};

/// All reason flags that exist: bits 1 to 8 of ReasonFlags.
pub(crate) const ALL_REASONS: u16 = 0x7f80;

/// The scope; the default one covers everything that the issuer issued.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Scope {
    names: Vec<GeneralName>,
    only_users: bool,
    only_authorities: bool,
    only_attributes: bool,
    reasons: Option<u16>,
    /// Lists that speak for other issuers are not decided on.
    pub(crate) indirect: bool,
}

impl Scope {
    pub(super) fn read(mut fields: Reader<'_>, issuer: &Name) -> Result<Self, Malformed> {
        let name = fields.optional(tag::explicit(0))?;
        let only_users = flag(&mut fields, 1)?;
        let only_authorities = flag(&mut fields, 2)?;
        let reasons = fields.optional(tag::implicit(3))?.map(Element::flags).transpose()?;
        let indirect = flag(&mut fields, 4)?;
        let only_attributes = flag(&mut fields, 5)?;
        fields.end()?;
        let names = name.map_or(Ok(Vec::new()), |name| read_point_name(name.reader(), issuer))?;
        Ok(Self { names, only_users, only_authorities, only_attributes, reasons, indirect })
    }

    /// The reasons for which this list speaks about the certificate; zero when it does not speak about it at all.
    pub(crate) fn covers(&self, certificate: &Certificate) -> u16 {
        let authority = certificate.extensions().basic_constraints.is_some_and(|constraints| constraints.ca);
        let of_kind =
            !(self.only_users && authority || self.only_authorities && !authority || self.only_attributes);
        if !of_kind {
            return 0;
        }
        let own = self.reasons.unwrap_or(ALL_REASONS) & ALL_REASONS;
        let points = &certificate.extensions().distribution_points;
        if points.is_empty() {
            let whole = GeneralName::Directory(certificate.issuer_name().clone());
            let fits = self.names.is_empty() || self.names.iter().any(|name| name.same(&whole));
            return if fits { own } else { 0 };
        }
        let fitting = points.iter().filter(|point| self.fits(point, certificate.issuer_name()));
        fitting.fold(0, |sum, point| sum | own & point.reasons.unwrap_or(ALL_REASONS))
    }

    fn fits(&self, point: &DistributionPoint, issuer: &Name) -> bool {
        let own_issuer = GeneralName::Directory(issuer.clone());
        if !point.issuer.is_empty() && !point.issuer.iter().any(|name| name.same(&own_issuer)) {
            return false;
        }
        let wanted = if point.names.is_empty() { &point.issuer } else { &point.names };
        self.names.is_empty() || self.names.iter().any(|name| wanted.iter().any(|other| other.same(name)))
    }
}

/// `[n] IMPLICIT BOOLEAN DEFAULT FALSE`.
fn flag(fields: &mut Reader<'_>, n: u8) -> Result<bool, Malformed> {
    match fields.optional(tag::implicit(n))? {
        None => Ok(false),
        Some(element) => match element.value {
            [0xff] => Ok(true),
            [0] => Ok(false),
            _ => Err(Malformed),
        },
    }
}
