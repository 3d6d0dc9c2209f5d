//! The extensions: those of the profile, in its order.

use const_oid::ObjectIdentifier;

use crate::{
    asn1::{self, tag},
    authority::{Draft, IssueError, Issuer, facts::Holder, profile::ExtensionKind},
    oids,
};

/// All extensions, one after the other.
pub(super) fn write(issuer: &Issuer, draft: &Draft<'_>) -> Result<Vec<u8>, IssueError> {
    let rules = draft.profile.rules();
    let mut out = Vec::with_capacity(768);
    for slot in &rules.extensions {
        match value(slot.kind, issuer, draft)? {
            Some(value) => {
                out.extend(asn1::extension(slot.kind.oid(rules.key_storage), slot.critical, &value))
            }
            None if slot.optional => {}
            None => return Err(IssueError::Fact(fact_of(slot.kind))),
        }
    }
    Ok(out)
}

/// The content of an extension; `None` when nothing is known that could stand there.
fn value(kind: ExtensionKind, issuer: &Issuer, draft: &Draft<'_>) -> Result<Option<Vec<u8>>, IssueError> {
    let rules = draft.profile.rules();
    let key = draft.key.public_key();
    Ok(match kind {
        ExtensionKind::BasicConstraints => rules.authority.map(basic_constraints),
        ExtensionKind::KeyUsage => Some(bit_list(rules.usage(key))),
        ExtensionKind::ExtendedKeyUsage => Some(extended_key_usage(draft)?),
        ExtensionKind::SubjectKeyId => Some(asn1::octet_string(key.identifier().as_ref())),
        ExtensionKind::AuthorityKeyId => Some(asn1::sequence(&[&asn1::context_primitive(0, &issuer.key_id)])),
        ExtensionKind::SubjectAltName => alt_names(draft),
        ExtensionKind::Policies => Some(policies(&rules.policies, issuer.urls.practice.as_deref())),
        ExtensionKind::AuthorityInfoAccess => access(issuer),
        ExtensionKind::DistributionPoints => points(&issuer.urls.full_lists(draft.shard)),
        ExtensionKind::FreshestCrl => points(&issuer.urls.delta_lists(draft.shard)),
        ExtensionKind::KeyStorage => Some(key_storage(draft)?),
        ExtensionKind::OcspNoCheck => Some(asn1::null()),
    })
}

fn basic_constraints(path_length: Option<u8>) -> Vec<u8> {
    let path_length = path_length.map(|length| asn1::uint(u64::from(length))).unwrap_or_default();
    asn1::sequence(&[&asn1::boolean_true(), &path_length])
}

/// A named bit list, trailing zero bits removed as DER asks.
fn bit_list(bits: u16) -> Vec<u8> {
    let [first, second] = bits.to_be_bytes();
    let bytes: &[u8] = if second == 0 { &[first] } else { &[first, second] };
    let last = if second == 0 { first } else { second };
    let unused = last.trailing_zeros().to_le_bytes()[0].min(7);
    asn1::raw_tlv(tag::BIT_STRING, &[&[unused], bytes].concat())
}

fn extended_key_usage(draft: &Draft<'_>) -> Result<Vec<u8>, IssueError> {
    let rules = draft.profile.rules();
    let way = draft.facts.way_identified().map(|way| named(&rules.identified, way, "way of identification"));
    let all = rules.ekus.iter().copied().chain(way.transpose()?);
    Ok(asn1::raw_tlv(tag::SEQUENCE, &all.flat_map(asn1::oid).collect::<Vec<u8>>()))
}

fn key_storage(draft: &Draft<'_>) -> Result<Vec<u8>, IssueError> {
    let storages = &draft.profile.rules().storage;
    let oid = match (draft.facts.storage(), storages.first()) {
        (Some(name), _) => named(storages, name, "key storage")?,
        (None, Some((_, first))) => *first,
        (None, None) => return Err(IssueError::Fact("key storage")),
    };
    Ok(asn1::sequence(&[&asn1::oid(oid)]))
}

fn named(
    list: &[(String, ObjectIdentifier)],
    name: &str,
    fact: &'static str,
) -> Result<ObjectIdentifier, IssueError> {
    list.iter().find(|(known, _)| known == name).map(|(_, oid)| *oid).ok_or(IssueError::Fact(fact))
}

fn alt_names(draft: &Draft<'_>) -> Option<Vec<u8>> {
    let rules = draft.profile.rules();
    let email = draft.facts.email();
    let hosts = match draft.facts.holder() {
        Holder::Server { hosts } if rules.hosts => hosts.as_slice(),
        _ => &[],
    };
    let mut names: Vec<u8> = Vec::new();
    names.extend(email.into_iter().flat_map(|email| asn1::context_primitive(1, email.as_bytes())));
    names.extend(hosts.iter().flat_map(|host| asn1::context_primitive(2, host.as_bytes())));
    (!names.is_empty()).then(|| asn1::raw_tlv(tag::SEQUENCE, &names))
}

/// Each policy with the practice statement as its qualifier.
fn policies(policies: &[ObjectIdentifier], practice: Option<&str>) -> Vec<u8> {
    let qualifiers = practice.map(|practice| {
        let qualifier = asn1::sequence(&[&asn1::oid(oids::CPS), &asn1::ia5(practice)]);
        asn1::sequence(&[&qualifier])
    });
    let qualifiers = qualifiers.unwrap_or_default();
    let information = |policy: &ObjectIdentifier| asn1::sequence(&[&asn1::oid(*policy), &qualifiers]);
    asn1::raw_tlv(tag::SEQUENCE, &policies.iter().flat_map(information).collect::<Vec<u8>>())
}

fn uri(address: &str) -> Vec<u8> {
    asn1::context_primitive(6, address.as_bytes())
}

/// The responder and the issuer's certificate; those that the issuer has.
fn access(issuer: &Issuer) -> Option<Vec<u8>> {
    let description = |method, address: &String| asn1::sequence(&[&asn1::oid(method), &uri(address)]);
    let mut list = Vec::new();
    list.extend(issuer.urls.ocsp.iter().flat_map(|address| description(oids::OCSP, address)));
    list.extend(issuer.urls.issuer.iter().flat_map(|address| description(oids::CA_ISSUERS, address)));
    (!list.is_empty()).then(|| asn1::raw_tlv(tag::SEQUENCE, &list))
}

/// One distribution point with all mirrors of one list.
fn points(addresses: &[String]) -> Option<Vec<u8>> {
    if addresses.is_empty() {
        return None;
    }
    let names: Vec<u8> = addresses.iter().flat_map(|address| uri(address)).collect();
    let point = asn1::sequence(&[&asn1::explicit(0, &asn1::explicit(0, &names))]);
    Some(asn1::sequence(&[&point]))
}

fn fact_of(kind: ExtensionKind) -> &'static str {
    match kind {
        ExtensionKind::DistributionPoints => "address of revocation lists",
        ExtensionKind::AuthorityInfoAccess => "address of the responder or the issuer's certificate",
        ExtensionKind::SubjectAltName => "e-mail or hosts",
        _ => "extension of the profile",
    }
}
