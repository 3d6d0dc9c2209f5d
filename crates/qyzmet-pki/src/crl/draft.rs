//! What a revocation list says of itself: its times, its number, and which part of the truth it holds.

use jiff::Timestamp;

use super::CrlError;
use crate::{asn1, certificate::Certificate, oids};

/// A part of the certificates of an authority (IssuingDistributionPoint, RFC 5280 section 5.2.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The addresses of this list exactly as its certificates name them (their CRL distribution point).
    pub addresses: Vec<String>,
    /// The list speaks about end entities only.
    pub only_users: bool,
}

/// A list that is to be written, apart from its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    number: u64,
    this_update: Timestamp,
    next_update: Timestamp,
    part: Option<Part>,
    base: Option<u64>,
    freshest: Vec<String>,
}

impl Draft {
    /// A full list of everything that the authority issued. The number grows from list to list of a part; a delta list has
    /// its number from the same row (RFC 5280 section 5.2.3).
    #[must_use]
    pub fn full(number: u64, this_update: Timestamp, next_update: Timestamp) -> Self {
        Self { number, this_update, next_update, part: None, base: None, freshest: Vec::new() }
    }

    /// The same list about one part of the certificates only.
    #[must_use]
    pub fn of_part(self, part: Part) -> Self {
        Self { part: Some(part), ..self }
    }

    /// The same list as a delta: what changed since the full list of the same part with the number `base`.
    #[must_use]
    pub fn since(self, base: u64) -> Self {
        Self { base: Some(base), ..self }
    }

    /// The same full list with the addresses of its deltas.
    #[must_use]
    pub fn with_deltas_at(self, addresses: Vec<String>) -> Self {
        Self { freshest: addresses, ..self }
    }

    pub(super) fn is_delta(&self) -> bool {
        self.base.is_some()
    }

    /// Refuses what RFC 5280 does not allow, before anything is written.
    pub(super) fn check(&self) -> Result<(), CrlError> {
        let wrong = |rule| Err(CrlError::Draft(rule));
        match self {
            _ if self.next_update <= self.this_update => Err(CrlError::Period),
            Self { base: Some(base), .. } if *base >= self.number => wrong("a delta is newer than its base"),
            Self { base: Some(_), .. } if !self.freshest.is_empty() => wrong("a delta names no deltas"),
            Self { part: Some(part), .. } if part.addresses.is_empty() => wrong("a part has an address"),
            _ if !self.addresses().all(|address| address.is_ascii()) => wrong("addresses are ASCII"),
            _ => Ok(()),
        }
    }

    fn addresses(&self) -> impl Iterator<Item = &String> {
        self.part.iter().flat_map(|part| &part.addresses).chain(&self.freshest)
    }

    /// The fields before the entries: version, algorithm, issuer and times.
    pub(super) fn head(&self, issuer: &Certificate, algorithm: &[u8]) -> Vec<u8> {
        [
            &asn1::uint(1),
            algorithm,
            issuer.subject_name().raw(),
            &asn1::write_time(self.this_update),
            &asn1::write_time(self.next_update),
        ]
        .concat()
    }

    /// The extensions after the entries.
    pub(super) fn extensions(&self, issuer: &Certificate) -> Vec<u8> {
        let key_id = asn1::sequence(&[&asn1::context_primitive(0, &issuer.key_identifier())]);
        let mut list = vec![
            asn1::extension(oids::AUTHORITY_KEY_ID, false, &key_id),
            asn1::extension(oids::CRL_NUMBER, false, &asn1::uint(self.number)),
        ];
        let base = self.base.map(|base| asn1::extension(oids::DELTA_CRL, true, &asn1::uint(base)));
        list.extend(base);
        let part = self.part.as_ref().map(Part::to_der);
        list.extend(part.map(|part| asn1::extension(oids::ISSUING_DISTRIBUTION_POINT, true, &part)));
        if !self.freshest.is_empty() {
            let point = asn1::sequence(&[&point_name(&self.freshest)]);
            list.push(asn1::extension(oids::FRESHEST_CRL, false, &asn1::sequence(&[&point])));
        }
        asn1::explicit(0, &asn1::sequence(&[&list.concat()]))
    }
}

impl Part {
    fn to_der(&self) -> Vec<u8> {
        let only_users = if self.only_users { asn1::context_primitive(1, &[0xff]) } else { vec![] };
        asn1::sequence(&[&point_name(&self.addresses), &only_users])
    }
}

/// `[0]` DistributionPointName: full names.
fn point_name(addresses: &[String]) -> Vec<u8> {
    let names: Vec<u8> =
        addresses.iter().flat_map(|address| asn1::context_primitive(6, address.as_bytes())).collect();
    asn1::explicit(0, &asn1::explicit(0, &names))
}
