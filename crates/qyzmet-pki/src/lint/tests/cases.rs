//! Breakages, each with the rules that must speak up about it.

use super::parts::{
    ALGORITHM, CPS, IIN, ISSUER, KEY, NCA_POLICY, OTHER, Parts, SERIAL, SUBJECT, VALIDITY, VERSION, content,
    extension, late, member, name, point, policy, times, utc,
};
use crate::{
    KeyKind, Signer,
    asn1::{self, tag},
    oids,
    spki::PublicKey,
};

/// What is done to a good body, and the rules that must then speak up.
pub(super) type Case = (&'static [&'static str], fn(Parts) -> Parts);

/// Breakages of fields; the good body is an employee's.
pub(super) const FIELDS: [Case; 25] = [
    (&["version"], |parts| parts.field(VERSION, asn1::explicit(0, &asn1::uint(1)))),
    (&["version"], |parts| parts.field(VERSION, vec![])),
    (&["serial"], |parts| parts.field(SERIAL, asn1::raw_tlv(tag::INTEGER, &[0x85; 20]))),
    (&["serial"], |parts| parts.field(SERIAL, asn1::raw_tlv(tag::INTEGER, &[0x05; 21]))),
    (&["serial"], |parts| parts.field(SERIAL, asn1::raw_tlv(tag::INTEGER, &[0; 20]))),
    (&["serial"], |parts| parts.field(SERIAL, asn1::uint(1))),
    (&["algorithm"], |parts| parts.field(ALGORITHM, asn1::sequence(&[&asn1::oid(oids::ECDSA_SHA384)]))),
    (&["algorithm"], |parts| {
        parts.field(ALGORITHM, asn1::sequence(&[&asn1::oid(oids::ECDSA_SHA256), &asn1::null()]))
    }),
    (&["issuer"], |parts| parts.field(ISSUER, name(&[(oids::COMMON_NAME, tag::UTF8, "ҮЛГІ ОРТАЛЫҚ")]))),
    (&["issuer"], |parts| parts.field(ISSUER, name(&[]))),
    (&["time_encoding", "validity"], |parts| {
        parts.field(VALIDITY, times(&utc("2611211200Z"), &utc("2711211200Z")))
    }),
    (&["time_encoding"], |parts| {
        let begin = late("20261121120000Z");
        parts.field(VALIDITY, times(&begin, &utc("271121120000Z")))
    }),
    (&["validity"], |parts| parts.field(VALIDITY, times(&utc("261121120000Z"), &utc("271121120001Z")))),
    (&["validity"], |parts| parts.field(VALIDITY, times(&utc("261121120000Z"), &utc("261121120000Z")))),
    (&["validity"], |parts| parts.field(VALIDITY, times(&late("20511221120000Z"), &late("20511222120000Z")))),
    (&["subject"], |parts| {
        let swapped = [(oids::COUNTRY, tag::PRINTABLE, "KZ"), (oids::COMMON_NAME, tag::UTF8, "ҮЛГІ")];
        parts.field(SUBJECT, name(&swapped))
    }),
    (&["subject"], |parts| {
        let der = member("ҮЛГІ", IIN, "АҚ");
        let country = name(&[(oids::COUNTRY, tag::PRINTABLE, "KZ")]);
        parts.field(SUBJECT, asn1::sequence(&[content(&der), content(&country)]))
    }),
    (&["subject"], |parts| {
        let der = member("ҮЛГІ", IIN, "АҚ");
        let wrong = der.iter().position(|byte| *byte == tag::PRINTABLE).unwrap();
        parts.field(SUBJECT, [&der[..wrong], &[tag::UTF8], &der[wrong + 1..]].concat())
    }),
    (&["subject_text"], |parts| parts.field(SUBJECT, member(" ҮЛГІ", IIN, "АҚ"))),
    (&["subject_text"], |parts| parts.field(SUBJECT, member("ҮЛГІ", "IIN90010145000", "АҚ"))),
    (&["subject_length"], |parts| parts.field(SUBJECT, member(&"Ү".repeat(65), IIN, "АҚ"))),
    (&["organisation_length"], |parts| parts.field(SUBJECT, member("ҮЛГІ", IIN, &"А".repeat(65)))),
    (&["unique_ids"], |mut parts| {
        parts.fields.push(asn1::context_primitive(1, &[0, 1]));
        parts
    }),
    (&["key", "subject_key_id"], |parts| parts.field(KEY, PublicKey::ec_to_der(KeyKind::EcP256, &[4; 65]))),
    (&["key", "subject_key_id"], |parts| {
        let ed25519 = Signer::generate(KeyKind::Ed25519).unwrap();
        parts.field(KEY, ed25519.public_key_der().to_vec())
    }),
];

/// Breakages of extensions; the good body is an employee's.
pub(super) const EXTENSIONS: [Case; 34] = [
    (&["extensions"], |mut parts| {
        parts.extensions.push(extension(OTHER, None, &asn1::null()));
        parts
    }),
    (&["extensions", "key_usage"], |parts| parts.without(oids::KEY_USAGE)),
    (&["extensions"], |mut parts| {
        parts.extensions.swap(0, 1);
        parts
    }),
    (&["extensions", "unique_extensions"], |mut parts| {
        parts.extensions.push(parts.extensions[0].clone());
        parts
    }),
    (&[], |parts| parts),
    (&["criticality"], |mut parts| {
        let place = parts.place(oids::SUBJECT_ALT_NAME);
        let value = asn1::sequence(&[&asn1::context_primitive(1, b"asel@example.kz")]);
        parts.extensions[place] = extension(oids::SUBJECT_ALT_NAME, Some(0xff), &value);
        parts
    }),
    (&["criticality"], |mut parts| {
        let place = parts.place(oids::SUBJECT_ALT_NAME);
        let value = asn1::sequence(&[&asn1::context_primitive(1, b"asel@example.kz")]);
        parts.extensions[place] = extension(oids::SUBJECT_ALT_NAME, Some(0), &value);
        parts
    }),
    (&["extensions", "basic_constraints"], |mut parts| {
        let authority = asn1::sequence(&[&asn1::boolean_true()]);
        parts.extensions.push(extension(oids::BASIC_CONSTRAINTS, None, &authority));
        parts
    }),
    (&["key_usage"], |parts| parts.extension(oids::KEY_USAGE, &[3, 2, 2, 0x84])),
    (&["key_usage"], |parts| parts.extension(oids::KEY_USAGE, &[3, 2, 5, 0xc0])),
    (&["key_usage"], |parts| parts.extension(oids::KEY_USAGE, &[3, 4, 6, 0xc0, 0, 0x40])),
    (&["key_usage"], |parts| parts.extension(oids::KEY_USAGE, &[4, 1, 0])),
    (&["extended_key_usage"], |parts| {
        let ekus = [oids::EMAIL_PROTECTION, oids::NCA_ORGANISATION, oids::NCA_HEAD].map(asn1::oid).concat();
        parts.extension(oids::EXTENDED_KEY_USAGE, &asn1::raw_tlv(tag::SEQUENCE, &ekus))
    }),
    (&["extended_key_usage"], |parts| {
        let ekus = [oids::EMAIL_PROTECTION, oids::NCA_ORGANISATION, oids::NCA_EMPLOYEE, OTHER].map(asn1::oid);
        parts.extension(oids::EXTENDED_KEY_USAGE, &asn1::raw_tlv(tag::SEQUENCE, &ekus.concat()))
    }),
    (&["extensions", "extended_key_usage"], |parts| parts.without(oids::EXTENDED_KEY_USAGE)),
    (&["authority_key_id"], |parts| {
        let other = asn1::sequence(&[&asn1::context_primitive(0, &[7; 20])]);
        parts.extension(oids::AUTHORITY_KEY_ID, &other)
    }),
    (&["extensions", "authority_key_id"], |parts| parts.without(oids::AUTHORITY_KEY_ID)),
    (&["subject_key_id"], |parts| parts.extension(oids::SUBJECT_KEY_ID, &asn1::octet_string(&[7; 20]))),
    (&["alt_name"], |parts| parts.extension(oids::SUBJECT_ALT_NAME, &asn1::sequence(&[]))),
    (&["alt_name"], |parts| {
        let host = asn1::sequence(&[&asn1::context_primitive(2, b"example.kz")]);
        parts.extension(oids::SUBJECT_ALT_NAME, &host)
    }),
    (&["alt_name"], |parts| {
        let email = asn1::sequence(&[&asn1::context_primitive(1, "әсел@example.kz".as_bytes())]);
        parts.extension(oids::SUBJECT_ALT_NAME, &email)
    }),
    (&["alt_name"], |parts| {
        let email = asn1::sequence(&[&asn1::context_primitive(1, b"asel@example..kz")]);
        parts.extension(oids::SUBJECT_ALT_NAME, &email)
    }),
    (&["policies"], |parts| parts.extension(oids::CERTIFICATE_POLICIES, &policy(OTHER, CPS))),
    (&["policies"], |parts| parts.extension(oids::CERTIFICATE_POLICIES, &policy(NCA_POLICY, "http://a.kz"))),
    (&["policies"], |parts| {
        let (one, two) = (policy(NCA_POLICY, CPS), policy(OTHER, CPS));
        parts.extension(oids::CERTIFICATE_POLICIES, &asn1::sequence(&[content(&one), content(&two)]))
    }),
    (&["distribution_points"], |parts| {
        parts.extension(oids::CRL_DISTRIBUTION_POINTS, &point(&["http://pki.example.kz/crl/ca-4.crl"]))
    }),
    (&["distribution_points"], |parts| {
        parts.extension(oids::CRL_DISTRIBUTION_POINTS, &point(&["ldap://pki.example.kz/ca"]))
    }),
    (&["distribution_points"], |parts| {
        let one = point(&["http://pki.example.kz/crl/ca-3.crl"]);
        parts.extension(oids::CRL_DISTRIBUTION_POINTS, &asn1::sequence(&[content(&one), content(&one)]))
    }),
    (&["extensions", "distribution_points", "freshest_crl"], |parts| {
        parts.without(oids::CRL_DISTRIBUTION_POINTS)
    }),
    (&["freshest_crl"], |parts| {
        parts.extension(oids::FRESHEST_CRL, &point(&["http://pki.example.kz/crl/ca-4-delta.crl"]))
    }),
    (&["authority_info_access"], |parts| {
        let ocsp = asn1::sequence(&[&asn1::oid(oids::OCSP), &asn1::context_primitive(6, b"http://evil.kz/")]);
        parts.extension(oids::AUTHORITY_INFO_ACCESS, &asn1::sequence(&[&ocsp]))
    }),
    (&["authority_info_access"], |parts| {
        let ocsp = asn1::sequence(&[&asn1::oid(oids::OCSP), &asn1::context_primitive(6, b"ldap://a.kz/")]);
        parts.extension(oids::AUTHORITY_INFO_ACCESS, &asn1::sequence(&[&ocsp]))
    }),
    (&["key_storage"], |parts| parts.extension(oids::NCA_KEY_STORAGE, &asn1::sequence(&[&asn1::oid(OTHER)]))),
    (&["extensions", "key_storage"], |parts| parts.without(oids::NCA_KEY_STORAGE)),
];
