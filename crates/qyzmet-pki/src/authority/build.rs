//! Writing of certificates (RFC 5280 section 4) in the manner of the National Certification Authority.

use aws_lc_rs::digest;
use const_oid::ObjectIdentifier;

use super::{IssueError, Profile, ProfileKind, Serial, SubjectFields, Validity};
use crate::{
    asn1::{self, tag},
    certificate::Certificate,
    key::Signer,
    oids,
    spki::{KeyFamily, PublicKey},
};

/// Everything that a certificate is made of, apart from its issuer.
pub(super) struct Request<'a> {
    pub(super) profile: &'a Profile,
    pub(super) subject: &'a SubjectFields,
    pub(super) public_key_der: &'a [u8],
    pub(super) serial: Serial,
    pub(super) validity: Validity,
}

/// Makes and signs the certificate; without an issuer it names itself.
pub(super) fn certificate(
    request: &Request<'_>,
    issuer: Option<&Certificate>,
    signer: &Signer,
) -> Result<Certificate, IssueError> {
    check_validity(request.validity, issuer)?;
    let key = PublicKey::from_der(request.public_key_der).map_err(|_| IssueError::PublicKey)?;
    let subject = subject_name(request.profile.kind, request.subject)?;
    let algorithm = signer.algorithm().to_der();
    let issuer_name = issuer.map_or(subject.as_slice(), |issuer| issuer.subject_name().raw());
    let version = asn1::explicit(0, &asn1::uint(2));
    let validity = asn1::sequence(&[
        &asn1::write_time(request.validity.not_before),
        &asn1::write_time(request.validity.not_after),
    ]);
    let extensions = asn1::explicit(3, &asn1::sequence(&[&extensions(request, &key, issuer)?.concat()]));
    let tbs = asn1::sequence(&[
        &version,
        &serial(request.serial),
        &algorithm,
        issuer_name,
        &validity,
        &subject,
        request.public_key_der,
        &extensions,
    ]);
    let signature = signer.sign(&tbs)?;
    let der = asn1::sequence(&[&tbs, &algorithm, &asn1::bit_string(&signature)]);
    Certificate::from_der(&der).map_err(|_| IssueError::PublicKey)
}

fn check_validity(validity: Validity, issuer: Option<&Certificate>) -> Result<(), IssueError> {
    let inside = issuer.is_none_or(|issuer| validity.not_after <= issuer.not_after());
    if validity.not_before < validity.not_after && inside { Ok(()) } else { Err(IssueError::Validity) }
}

/// A positive serial of exactly 20 bytes: the top bit is cleared and the first byte is never zero.
fn serial(mut serial: Serial) -> Vec<u8> {
    if let Some(first) = serial.first_mut() {
        *first &= 0x7f;
        if *first < 0x10 {
            *first |= 0x10;
        }
    }
    asn1::integer(&serial)
}

/// The name in the order of the real certificates: CN, SURNAME, serialNumber, C, O, OU, GIVENNAME.
fn subject_name(kind: ProfileKind, fields: &SubjectFields) -> Result<Vec<u8>, IssueError> {
    if fields.common_name.trim().is_empty() {
        return Err(IssueError::Subject("common_name"));
    }
    let mut rdns = vec![attribute(oids::COMMON_NAME, asn1::utf8(&fields.common_name))];
    if let Some(surname) = &fields.surname {
        rdns.push(attribute(oids::SURNAME, asn1::utf8(surname)));
    }
    match &fields.iin {
        Some(iin) => {
            rdns.push(attribute(oids::SERIAL_NUMBER, asn1::printable(&format!("IIN{}", digits(iin, "iin")?))))
        }
        None if kind.needs_iin() => return Err(IssueError::Subject("iin")),
        None => {}
    }
    rdns.push(attribute(oids::COUNTRY, asn1::printable("KZ")));
    if let Some(organisation) = &fields.organisation {
        rdns.push(attribute(oids::ORGANISATION, asn1::utf8(organisation)));
    }
    match &fields.bin {
        Some(bin) => rdns
            .push(attribute(oids::ORGANISATIONAL_UNIT, asn1::utf8(&format!("BIN{}", digits(bin, "bin")?)))),
        None if kind.needs_bin() => return Err(IssueError::Subject("bin")),
        None => {}
    }
    if let Some(patronymic) = &fields.patronymic {
        rdns.push(attribute(oids::GIVEN_NAME, asn1::utf8(patronymic)));
    }
    Ok(asn1::sequence(&[&rdns.concat()]))
}

fn digits<'a>(number: &'a str, field: &'static str) -> Result<&'a str, IssueError> {
    let fits = number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(number) } else { Err(IssueError::Subject(field)) }
}

fn attribute(kind: ObjectIdentifier, value: Vec<u8>) -> Vec<u8> {
    asn1::set(&[&asn1::sequence(&[&asn1::oid(kind), &value])])
}

fn extensions(
    request: &Request<'_>,
    key: &PublicKey,
    issuer: Option<&Certificate>,
) -> Result<Vec<Vec<u8>>, IssueError> {
    let kind = request.profile.kind;
    let subject_key_id = key_id(key);
    let authority_key_id = match issuer {
        Some(issuer) => issuer.extensions().subject_key_id.clone().unwrap_or_else(|| key_id(issuer.key())),
        None => subject_key_id.clone(),
    };
    let mut list = vec![
        extension(
            oids::AUTHORITY_KEY_ID,
            false,
            &asn1::sequence(&[&asn1::context_primitive(0, &authority_key_id)]),
        ),
        extension(oids::SUBJECT_KEY_ID, false, &asn1::octet_string(&subject_key_id)),
    ];
    if kind.is_authority() {
        let path_length = if kind == ProfileKind::Issuing { asn1::uint(0) } else { vec![] };
        let constraints = asn1::sequence(&[&asn1::boolean_true(), &path_length]);
        list.push(extension(oids::BASIC_CONSTRAINTS, true, &constraints));
    }
    let rsa = matches!(key.family(), KeyFamily::Rsa { .. });
    list.push(extension(oids::KEY_USAGE, true, &bit_list(kind.key_usage(rsa))));
    let ekus = kind.ekus();
    if !ekus.is_empty() {
        let ekus: Vec<u8> = ekus.into_iter().flat_map(asn1::oid).collect();
        let critical = kind == ProfileKind::TimeStamp;
        list.push(extension(oids::EXTENDED_KEY_USAGE, critical, &asn1::sequence(&[&ekus])));
    }
    if kind != ProfileKind::Tls {
        list.push(policies(request.profile));
    }
    list.extend(alt_names(request)?);
    list.extend(addresses(request.profile));
    if kind == ProfileKind::Responder {
        list.push(extension(oids::OCSP_NO_CHECK, false, &asn1::null()));
    }
    if !kind.is_service() {
        let storage = asn1::sequence(&[&asn1::oid(oids::NCA_STORAGE_PKCS12)]);
        list.push(extension(oids::NCA_KEY_STORAGE, false, &storage));
    }
    Ok(list)
}

pub(super) fn extension(kind: ObjectIdentifier, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical = if critical { asn1::boolean_true() } else { vec![] };
    asn1::sequence(&[&asn1::oid(kind), &critical, &asn1::octet_string(value)])
}

/// SHA-1 over the content of the key's bit string (RFC 5280 section 4.2.1.2, method 1): an identifier, not a protection.
pub(super) fn key_id(key: &PublicKey) -> Vec<u8> {
    digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, key.bytes()).as_ref().to_vec()
}

/// A named bit list, trailing zero bits removed as DER asks.
fn bit_list(bits: u16) -> Vec<u8> {
    let [first, second] = bits.to_be_bytes();
    let bytes: &[u8] = if second == 0 { &[first] } else { &[first, second] };
    let last = if second == 0 { first } else { second };
    let unused = last.trailing_zeros().to_le_bytes()[0].min(7);
    asn1::raw_tlv(tag::BIT_STRING, &[&[unused], bytes].concat())
}

fn policies(profile: &Profile) -> Vec<u8> {
    let qualifiers = profile.urls.practice.as_ref().map(|practice| {
        let qualifier = asn1::sequence(&[&asn1::oid(oids::CPS), &asn1::ia5(practice)]);
        asn1::sequence(&[&qualifier])
    });
    let policy = asn1::sequence(&[&asn1::oid(oids::NCA_POLICY), &qualifiers.unwrap_or_default()]);
    extension(oids::CERTIFICATE_POLICIES, false, &asn1::sequence(&[&policy]))
}

fn alt_names(request: &Request<'_>) -> Result<Option<Vec<u8>>, IssueError> {
    let mut names = Vec::new();
    if let Some(email) = &request.subject.email {
        names.push(asn1::context_primitive(1, ascii(email, "email")?));
    }
    for host in &request.subject.dns_names {
        names.push(asn1::context_primitive(2, ascii(host, "dns_names")?));
    }
    if names.is_empty() && request.profile.kind == ProfileKind::Tls {
        return Err(IssueError::Subject("dns_names"));
    }
    let sequence = || extension(oids::SUBJECT_ALT_NAME, false, &asn1::sequence(&[&names.concat()]));
    Ok((!names.is_empty()).then(sequence))
}

fn ascii<'a>(text: &'a str, field: &'static str) -> Result<&'a [u8], IssueError> {
    if text.is_ascii() && !text.is_empty() { Ok(text.as_bytes()) } else { Err(IssueError::Subject(field)) }
}

/// CRL distribution points and authority information access.
fn addresses(profile: &Profile) -> Vec<Vec<u8>> {
    let mut list = Vec::new();
    let uri = |address: &String| asn1::context_primitive(6, address.as_bytes());
    if !profile.urls.crl.is_empty() {
        let names: Vec<u8> = profile.urls.crl.iter().flat_map(uri).collect();
        let point = asn1::sequence(&[&asn1::explicit(0, &asn1::explicit(0, &names))]);
        list.push(extension(oids::CRL_DISTRIBUTION_POINTS, false, &asn1::sequence(&[&point])));
    }
    let access = |method, address: &String| asn1::sequence(&[&asn1::oid(method), &uri(address)]);
    let mut accesses = Vec::new();
    accesses.extend(profile.urls.issuer.as_ref().map(|address| access(oids::CA_ISSUERS, address)));
    accesses.extend(profile.urls.ocsp.as_ref().map(|address| access(oids::OCSP, address)));
    if !accesses.is_empty() {
        list.push(extension(oids::AUTHORITY_INFO_ACCESS, false, &asn1::sequence(&[&accesses.concat()])));
    }
    list
}
