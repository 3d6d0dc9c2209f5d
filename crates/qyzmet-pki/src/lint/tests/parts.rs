//! A body in parts, and pieces of DER to put in their place.

use const_oid::ObjectIdentifier;

use crate::{
    asn1::{self, Reader, tag},
    oids,
};

/// A body in parts that can be exchanged one by one.
pub(super) struct Parts {
    pub(super) fields: Vec<Vec<u8>>,
    pub(super) extensions: Vec<Vec<u8>>,
}

/// Places of the fields in a body.
pub(super) const VERSION: usize = 0;
pub(super) const SERIAL: usize = 1;
pub(super) const ALGORITHM: usize = 2;
pub(super) const ISSUER: usize = 3;
pub(super) const VALIDITY: usize = 4;
pub(super) const SUBJECT: usize = 5;
pub(super) const KEY: usize = 6;

impl Parts {
    pub(super) fn of(der: &[u8]) -> Self {
        let mut reader = Reader::only(der, tag::SEQUENCE).unwrap().reader();
        let fields = (VERSION..=KEY).map(|_| reader.next().unwrap().raw.to_vec()).collect();
        let list = reader.next().unwrap();
        let mut list = Reader::only(list.value, tag::SEQUENCE).unwrap().reader();
        let mut extensions = Vec::new();
        while !list.is_empty() {
            extensions.push(list.next().unwrap().raw.to_vec());
        }
        Self { fields, extensions }
    }

    pub(super) fn der(&self) -> Vec<u8> {
        let list = asn1::explicit(3, &asn1::raw_tlv(tag::SEQUENCE, &self.extensions.concat()));
        asn1::sequence(&[&self.fields.concat(), &list])
    }

    pub(super) fn field(mut self, place: usize, der: Vec<u8>) -> Self {
        self.fields[place] = der;
        self
    }

    pub(super) fn place(&self, oid: ObjectIdentifier) -> usize {
        let oid = asn1::oid(oid);
        self.extensions.iter().position(|der| der[2..].starts_with(&oid)).expect("the extension")
    }

    /// The extension with another value.
    pub(super) fn extension(mut self, oid: ObjectIdentifier, value: &[u8]) -> Self {
        let place = self.place(oid);
        self.extensions[place] = extension(oid, None, value);
        self
    }

    pub(super) fn without(mut self, oid: ObjectIdentifier) -> Self {
        let place = self.place(oid);
        self.extensions.remove(place);
        self
    }
}

pub(super) fn extension(oid: ObjectIdentifier, critical: Option<u8>, value: &[u8]) -> Vec<u8> {
    // Key usage and basic constraints are critical, so that only the value differs.
    let usual = [oids::KEY_USAGE, oids::BASIC_CONSTRAINTS].contains(&oid).then_some(0xff);
    let critical = critical.or(usual).map(|byte| vec![tag::BOOLEAN, 1, byte]).unwrap_or_default();
    asn1::sequence(&[&asn1::oid(oid), &critical, &asn1::octet_string(value)])
}

pub(super) fn name(attributes: &[(ObjectIdentifier, u8, &str)]) -> Vec<u8> {
    let rdn = |(oid, tag, text): &(_, u8, &str)| {
        asn1::set(&[&asn1::sequence(&[&asn1::oid(*oid), &asn1::raw_tlv(*tag, text.as_bytes())])])
    };
    asn1::raw_tlv(tag::SEQUENCE, &attributes.iter().flat_map(rdn).collect::<Vec<u8>>())
}

/// A member's name in which the values can be chosen.
pub(super) fn member(common_name: &str, iin: &str, organisation: &str) -> Vec<u8> {
    name(&[
        (oids::COMMON_NAME, tag::UTF8, common_name),
        (oids::SURNAME, tag::UTF8, "ҮЛГІБАЕВА"),
        (oids::SERIAL_NUMBER, tag::PRINTABLE, iin),
        (oids::COUNTRY, tag::PRINTABLE, "KZ"),
        (oids::ORGANISATION, tag::UTF8, organisation),
        (oids::ORGANISATIONAL_UNIT, tag::UTF8, "BIN060340004567"),
    ])
}

pub(super) const IIN: &str = "IIN900101450007";

pub(super) fn utc(text: &str) -> Vec<u8> {
    asn1::raw_tlv(tag::UTC_TIME, text.as_bytes())
}

pub(super) fn late(text: &str) -> Vec<u8> {
    asn1::raw_tlv(tag::GENERALIZED_TIME, text.as_bytes())
}

pub(super) fn times(begin: &[u8], end: &[u8]) -> Vec<u8> {
    asn1::sequence(&[begin, end])
}

pub(super) fn point(addresses: &[&str]) -> Vec<u8> {
    let names: Vec<u8> =
        addresses.iter().flat_map(|url| asn1::context_primitive(6, url.as_bytes())).collect();
    asn1::sequence(&[&asn1::sequence(&[&asn1::explicit(0, &asn1::explicit(0, &names))])])
}

pub(super) fn policy(oid: ObjectIdentifier, practice: &str) -> Vec<u8> {
    let qualifier = asn1::sequence(&[&asn1::oid(oids::CPS), &asn1::ia5(practice)]);
    asn1::sequence(&[&asn1::sequence(&[&asn1::oid(oid), &asn1::sequence(&[&qualifier])])])
}

pub(super) const OTHER: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.398.9.9");
pub(super) const NCA_POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.398.3.3.2");
pub(super) const CPS: &str = "http://pki.example.kz/cps";

/// The content of a sequence.
pub(super) fn content(der: &[u8]) -> &[u8] {
    Reader::only(der, tag::SEQUENCE).unwrap().value
}
