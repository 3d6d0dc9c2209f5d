//! Making of the body signature: the text of the message is kept, two places are filled in.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::STANDARD};

use super::{
    XmlSignError,
    envelope::{Envelope, named},
    names,
};
use crate::{
    algorithms::Digest,
    asn1::{Malformed, Reader, integer_value, tag},
    identity::Identity,
    key::{KeyKind, SignError},
};

pub(super) fn sign(soap: &str, identity: &Identity) -> Result<String, XmlSignError> {
    let certificate = identity.certificate()?;
    let method = method_of(identity.signer.kind())?;
    let prepared = with_body_id(soap)?;
    let envelope = Envelope::parse(&prepared).map_err(XmlSignError::Message)?;
    let id = envelope.body_id().ok_or(XmlSignError::Message("the body's identifier is missing"))?;
    let body = envelope.canonical(envelope.body).map_err(XmlSignError::Message)?;
    let info = signed_info(method, id, Digest::Sha256.of(&body).as_ref());
    let value = identity.signer.sign(info.as_bytes())?;
    let value = if method == names::ECDSA_SHA256 { der_to_fixed(&value)? } else { value };
    let soap_prefix = prefix_of(&envelope)?;
    let security = security(&soap_prefix, &info, &value, certificate.der());
    with_header(&envelope, &prepared, &soap_prefix, &security)
}

fn method_of(kind: KeyKind) -> Result<&'static str, SignError> {
    match kind {
        KeyKind::EcP256 => Ok(names::ECDSA_SHA256),
        KeyKind::Rsa2048 | KeyKind::Rsa3072 => Ok(names::RSA_SHA256),
        KeyKind::EcP384 | KeyKind::Ed25519 => Err(SignError::UnsupportedKind),
    }
}

/// The message with a `wsu:Id` on its body; the identifier is taken from the content, so no random source is needed.
fn with_body_id(soap: &str) -> Result<String, XmlSignError> {
    let envelope = Envelope::parse(soap).map_err(XmlSignError::Message)?;
    if let Some(header) = envelope.header
        && !named(&envelope.tree, header, names::WSSE, "Security").is_empty()
    {
        return Err(XmlSignError::Message("it has a Security header already"));
    }
    if envelope.body_id().is_some_and(|id| !id.is_empty()) {
        return Ok(soap.to_owned());
    }
    let range =
        envelope.tree.node_range(envelope.body).ok_or(XmlSignError::Message("the body has no place"))?;
    let tag = soap.get(range.start..).unwrap_or_default();
    let name = tag.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(tag.len());
    let (before, after) = soap.split_at(range.start + name);
    let id =
        hex::encode(digest::digest(&digest::SHA256, soap.as_bytes()).as_ref().get(..16).unwrap_or_default());
    Ok(format!("{before} xmlns:wsu=\"{}\" wsu:Id=\"id-{id}\"{after}", names::WSU))
}

/// SignedInfo in its own canonical form, so that the text that is signed is the text that is sent.
fn signed_info(method: &str, id: &str, digest: &[u8]) -> String {
    format!(
        concat!(
            "<ds:SignedInfo xmlns:ds=\"{dsig}\">",
            "<ds:CanonicalizationMethod Algorithm=\"{exclusive}\"></ds:CanonicalizationMethod>",
            "<ds:SignatureMethod Algorithm=\"{method}\"></ds:SignatureMethod>",
            "<ds:Reference URI=\"#{id}\">",
            "<ds:Transforms><ds:Transform Algorithm=\"{exclusive}\"></ds:Transform></ds:Transforms>",
            "<ds:DigestMethod Algorithm=\"{sha256}\"></ds:DigestMethod>",
            "<ds:DigestValue>{digest}</ds:DigestValue>",
            "</ds:Reference></ds:SignedInfo>",
        ),
        dsig = names::DSIG,
        exclusive = names::EXCLUSIVE,
        method = method,
        id = id,
        sha256 = names::SHA256,
        digest = STANDARD.encode(digest),
    )
}

fn security(soap_prefix: &str, info: &str, value: &[u8], certificate: &[u8]) -> String {
    format!(
        concat!(
            "<wsse:Security xmlns:wsse=\"{wsse}\" {soap}mustUnderstand=\"1\">",
            "<ds:Signature xmlns:ds=\"{dsig}\">{info}<ds:SignatureValue>{value}</ds:SignatureValue>",
            "<ds:KeyInfo><wsse:SecurityTokenReference>",
            "<wsse:KeyIdentifier EncodingType=\"{base64}\" ValueType=\"{x509}\">{certificate}</wsse:KeyIdentifier>",
            "</wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature></wsse:Security>",
        ),
        wsse = names::WSSE,
        soap = soap_prefix,
        dsig = names::DSIG,
        info = info,
        value = STANDARD.encode(value),
        base64 = names::BASE64,
        x509 = names::X509_V3,
        certificate = STANDARD.encode(certificate),
    )
}

/// The prefix of the SOAP namespace with its colon. An attribute needs one, so a default namespace is not enough.
fn prefix_of(envelope: &Envelope<'_>) -> Result<String, XmlSignError> {
    let element = envelope.tree.element(envelope.root);
    let prefix = element.and_then(|element| element.name.prefix.as_deref());
    match prefix {
        Some(prefix) if !prefix.is_empty() => Ok(format!("{prefix}:")),
        _ => Err(XmlSignError::Message("the envelope needs a namespace prefix")),
    }
}

/// Puts the Security header first into the Header, which is made when there is none.
fn with_header(
    envelope: &Envelope<'_>,
    text: &str,
    soap_prefix: &str,
    security: &str,
) -> Result<String, XmlSignError> {
    let lost = XmlSignError::Message("the header has no place");
    let node = envelope.header.unwrap_or(envelope.body);
    let range = envelope.tree.node_range(node).ok_or(lost.clone())?;
    if envelope.header.is_none() {
        let (before, after) = text.split_at_checked(range.start).ok_or(lost)?;
        return Ok(format!("{before}<{soap_prefix}Header>{security}</{soap_prefix}Header>{after}"));
    }
    let end = start_tag_end(text.get(range.clone()).unwrap_or_default()).ok_or(lost.clone())? + range.start;
    let (before, after) = text.split_at_checked(end).ok_or(lost)?;
    match before.strip_suffix("/>") {
        Some(open) => Ok(format!("{open}>{security}</{soap_prefix}Header>{after}")),
        None => Ok(format!("{before}{security}{after}")),
    }
}

/// The position behind the `>` of a start tag; one in a quoted attribute value does not end it.
fn start_tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, character) in tag.char_indices() {
        match (quote, character) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    None
}

/// From DER (r, s) to r and s of 32 bytes each.
fn der_to_fixed(value: &[u8]) -> Result<Vec<u8>, SignError> {
    let read = || -> Result<Vec<u8>, Malformed> {
        let mut fields = Reader::only(value, tag::SEQUENCE)?.reader();
        let mut out = Vec::with_capacity(64);
        for _ in 0..2 {
            let digits = integer_value(fields.expect(tag::INTEGER)?)?;
            let digits = digits.strip_prefix(&[0]).unwrap_or(digits);
            let missing = 32usize.checked_sub(digits.len()).ok_or(Malformed)?;
            out.resize(out.len() + missing, 0);
            out.extend_from_slice(digits);
        }
        Ok(out)
    };
    read().map_err(|_| SignError::KeyFailed)
}
