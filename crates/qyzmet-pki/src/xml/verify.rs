//! Verification of the body signature.

use base64::{Engine, engine::general_purpose::STANDARD};
use bergshamra::xml::{Document, NodeId};
use jiff::Timestamp;

use super::{
    XmlInvalid,
    envelope::{Envelope, elements, is, named},
    names,
};
use crate::{
    algorithms::{Digest, SignatureAlgorithm},
    asn1,
    certificate::{Certificate, Purpose},
    trust::Trust,
    verdict::Invalid,
};

pub(super) fn verify(soap: &str, trust: &Trust, at: Timestamp) -> Result<Certificate, XmlInvalid> {
    let envelope = Envelope::parse(soap).map_err(XmlInvalid::Profile)?;
    let parts = Parts::find(&envelope)?;
    check_reference(&envelope, parts.signed_info)?;
    let certificate = read_certificate(&envelope.tree, parts.key_info)?;
    check_value(&envelope, &parts, &certificate)?;
    let found = certificate.purpose();
    if found != Purpose::Sign {
        return Err(Invalid::WrongPurpose { expected: Purpose::Sign, found }.into());
    }
    trust.path(&certificate, &[], at)?;
    Ok(certificate)
}

/// The three parts of the one signature.
struct Parts {
    signed_info: NodeId,
    value: NodeId,
    key_info: NodeId,
}

impl Parts {
    fn find(envelope: &Envelope<'_>) -> Result<Self, XmlInvalid> {
        let tree = &envelope.tree;
        let header = envelope.header.ok_or(Invalid::NoSigner)?;
        let [security] = named(tree, header, names::WSSE, "Security")[..] else {
            return Err(XmlInvalid::Profile("one Security header is expected"));
        };
        let signature = match named(tree, security, names::DSIG, "Signature")[..] {
            [signature] => signature,
            [] => return Err(Invalid::NoSigner.into()),
            ref several => return Err(Invalid::SeveralSigners(several.len()).into()),
        };
        match elements(tree, signature)[..] {
            [signed_info, value, key_info]
                if is(tree, signed_info, names::DSIG, "SignedInfo")
                    && is(tree, value, names::DSIG, "SignatureValue")
                    && is(tree, key_info, names::DSIG, "KeyInfo") =>
            {
                Ok(Self { signed_info, value, key_info })
            }
            _ => Err(XmlInvalid::Profile("a signature holds SignedInfo, SignatureValue and KeyInfo")),
        }
    }
}

/// The one reference must be the body, canonicalised exclusively, with SHA-256 and the right digest.
fn check_reference(envelope: &Envelope<'_>, signed_info: NodeId) -> Result<(), XmlInvalid> {
    let tree = &envelope.tree;
    let [canonicalisation, _, reference] = elements(tree, signed_info)[..] else {
        return Err(XmlInvalid::Profile("exactly one reference is expected"));
    };
    require_algorithm(tree, canonicalisation, "CanonicalizationMethod", names::EXCLUSIVE)?;
    if !is(tree, reference, names::DSIG, "Reference") {
        return Err(XmlInvalid::Profile("exactly one reference is expected"));
    }
    check_target(envelope, reference)?;
    let [transforms, method, value] = elements(tree, reference)[..] else {
        return Err(XmlInvalid::Profile("a reference holds Transforms, DigestMethod and DigestValue"));
    };
    let [transform] = elements(tree, transforms)[..] else {
        return Err(XmlInvalid::Profile("exactly one transform is expected"));
    };
    if !is(tree, transforms, names::DSIG, "Transforms") || !is(tree, value, names::DSIG, "DigestValue") {
        return Err(XmlInvalid::Profile("a reference holds Transforms, DigestMethod and DigestValue"));
    }
    require_algorithm(tree, transform, "Transform", names::EXCLUSIVE)?;
    require_algorithm(tree, method, "DigestMethod", names::SHA256)?;
    let canonical = envelope.canonical(envelope.body).map_err(XmlInvalid::Profile)?;
    if Digest::Sha256.of(&canonical).as_ref() != base64_text(tree, value)? {
        return Err(Invalid::ContentChanged.into());
    }
    Ok(())
}

/// The reference names the body's identifier, and no other element of the message has the same one.
fn check_target(envelope: &Envelope<'_>, reference: NodeId) -> Result<(), XmlInvalid> {
    let tree = &envelope.tree;
    let uri = attribute(tree, reference, "URI").and_then(|uri| uri.strip_prefix('#'));
    let id = envelope.body_id().filter(|id| !id.is_empty() && uri == Some(id));
    let id = id.ok_or(XmlInvalid::Profile("the reference is not the body"))?;
    let bearers = tree.descendants(tree.root()).into_iter().filter(|node| {
        let element = tree.element(*node);
        element.is_some_and(|element| {
            element.attributes.iter().any(|attribute| {
                attribute.name.local_name.eq_ignore_ascii_case("id") && attribute.value == id
            })
        })
    });
    if bearers.count() == 1 { Ok(()) } else { Err(XmlInvalid::Profile("the body's identifier occurs twice")) }
}

/// The element has this name, this algorithm, and no parameters.
fn require_algorithm(
    tree: &Document<'_>,
    node: NodeId,
    local: &str,
    algorithm: &str,
) -> Result<(), XmlInvalid> {
    let fits = is(tree, node, names::DSIG, local)
        && attribute(tree, node, "Algorithm") == Some(algorithm)
        && elements(tree, node).is_empty();
    if fits { Ok(()) } else { Err(XmlInvalid::Profile("another algorithm than the profile's")) }
}

/// KeyInfo / SecurityTokenReference / KeyIdentifier of type X509v3 with the certificate itself.
fn read_certificate(tree: &Document<'_>, key_info: NodeId) -> Result<Certificate, XmlInvalid> {
    let wrong = XmlInvalid::Profile("KeyInfo does not enclose one certificate");
    let [reference] = named(tree, key_info, names::WSSE, "SecurityTokenReference")[..] else {
        return Err(wrong);
    };
    let [identifier] = elements(tree, reference)[..] else { return Err(wrong) };
    let right_kind = attribute(tree, identifier, "ValueType") == Some(names::X509_V3);
    if !is(tree, identifier, names::WSSE, "KeyIdentifier") || !right_kind {
        return Err(wrong);
    }
    let der = base64_text(tree, identifier)?;
    Certificate::from_der(&der).map_err(|_| Invalid::Malformed("certificate").into())
}

fn check_value(envelope: &Envelope<'_>, parts: &Parts, certificate: &Certificate) -> Result<(), XmlInvalid> {
    let tree = &envelope.tree;
    let method = elements(tree, parts.signed_info).get(1).copied();
    let method = method.filter(|node| is(tree, *node, names::DSIG, "SignatureMethod"));
    let name = method.and_then(|node| attribute(tree, node, "Algorithm"));
    let value = base64_text(tree, parts.value)?;
    let (algorithm, value) = match name {
        Some(names::ECDSA_SHA256) => (SignatureAlgorithm::EcdsaSha256, fixed_to_der(&value)?),
        Some(names::RSA_SHA256) => (SignatureAlgorithm::RsaSha256, value),
        Some(other) => return Err(Invalid::UnsupportedAlgorithm(other.to_owned()).into()),
        None => return Err(XmlInvalid::Profile("SignatureMethod is missing")),
    };
    let canonical = envelope.canonical(parts.signed_info).map_err(XmlInvalid::Profile)?;
    Ok(algorithm.verify(certificate.key(), &canonical, &value)?)
}

/// XML signatures write ECDSA as r and s of equal length; the verifier wants DER.
fn fixed_to_der(value: &[u8]) -> Result<Vec<u8>, Invalid> {
    let (r, s) = value.split_at_checked(32).filter(|(_, s)| s.len() == 32).ok_or(Invalid::WrongSignature)?;
    let number = |digits: &[u8]| asn1::integer(&[&[0], digits].concat());
    Ok(asn1::sequence(&[&number(r), &number(s)]))
}

/// An attribute without a namespace.
fn attribute<'t>(tree: &'t Document<'_>, node: NodeId, local: &str) -> Option<&'t str> {
    let element = tree.element(node)?;
    element.attributes.iter().find(|attribute| attribute.name.matches(None, local)).map(|found| &*found.value)
}

fn base64_text(tree: &Document<'_>, node: NodeId) -> Result<Vec<u8>, XmlInvalid> {
    if !elements(tree, node).is_empty() {
        return Err(XmlInvalid::Profile("base64 text is expected"));
    }
    let text: String = tree.text_content_deep(node).chars().filter(|c| !c.is_ascii_whitespace()).collect();
    STANDARD.decode(text).map_err(|_| XmlInvalid::Profile("base64 text is expected"))
}
