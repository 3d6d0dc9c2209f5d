//! The subject's name: attributes of the profile in its order, values from the facts.

use crate::{
    asn1,
    authority::{
        IssueError, Profile,
        facts::{Holder, SubjectFacts},
        profile::Attribute,
    },
};

/// The encoded name.
pub(crate) fn subject_name(profile: &Profile, facts: &SubjectFacts) -> Result<Vec<u8>, IssueError> {
    let rules = profile.rules();
    if facts.holder().kind() != rules.holder {
        return Err(IssueError::Holder { expected: rules.holder, found: facts.holder().kind() });
    }
    let mut rdns = Vec::with_capacity(256);
    for slot in &rules.subject {
        match value(slot.kind, facts.holder(), &rules.country) {
            Some(text) => rdns.extend(attribute(slot.kind, &text)),
            None if slot.optional => {}
            None => return Err(IssueError::Fact(fact_of(slot.kind))),
        }
    }
    Ok(asn1::raw_tlv(asn1::tag::SEQUENCE, &rdns))
}

/// One relative name with one attribute.
fn attribute(kind: Attribute, text: &str) -> Vec<u8> {
    let value = asn1::raw_tlv(kind.string_tag(), text.as_bytes());
    asn1::set(&[&asn1::sequence(&[&asn1::oid(kind.oid()), &value])])
}

/// The text of an attribute, as the real certificates write it.
fn value(kind: Attribute, holder: &Holder, country: &str) -> Option<String> {
    let person = match holder {
        Holder::Person(person) | Holder::Member { person, .. } => Some(person),
        _ => None,
    };
    let organisation = match holder {
        Holder::Member { organisation, .. } | Holder::Organisation { organisation, .. } => Some(organisation),
        _ => None,
    };
    match kind {
        Attribute::CommonName => match holder {
            Holder::Person(person) | Holder::Member { person, .. } => Some(person.common_name()),
            Holder::Organisation { name, .. } | Holder::Service { name, .. } => Some(name.clone()),
            Holder::Server { hosts } => hosts.first().cloned(),
        },
        Attribute::Surname => person?.surname(),
        Attribute::SerialNumber => person.map(|person| format!("IIN{}", person.iin())),
        Attribute::Country => Some(country.to_owned()),
        Attribute::Organisation => match holder {
            Holder::Service { organisation, .. } => organisation.clone(),
            _ => organisation.map(|organisation| organisation.name().to_owned()),
        },
        Attribute::OrganisationalUnit => {
            organisation.map(|organisation| format!("BIN{}", organisation.bin()))
        }
        // Not a slip: the real certificates hold the patronymic there.
        Attribute::GivenName => person?.patronymic(),
    }
}

fn fact_of(kind: Attribute) -> &'static str {
    match kind {
        Attribute::CommonName => "name",
        Attribute::Surname => "surname",
        Attribute::SerialNumber => "IIN",
        Attribute::Country => "country",
        Attribute::Organisation => "organisation",
        Attribute::OrganisationalUnit => "BIN",
        Attribute::GivenName => "patronymic",
    }
}
