//! Reading the envelope of an answer: exactly one body, a fault or a response, and the response must be to our question.

use jiff::civil::Date;
use qyzmet_app::ports::Fault;
use roxmltree::{Document, Node};

use super::{Said, namespace};

/// The only `Body` that is a direct child of the envelope: the one that the signature covers.
pub(super) fn body<'a, 'input>(document: &'a Document<'input>) -> Result<Node<'a, 'input>, Fault> {
    let envelope = document.root_element();
    if !envelope.has_tag_name((namespace::SOAP, "Envelope")) {
        return Err(malformed("no SOAP envelope"));
    }
    let mut bodies = envelope.children().filter(|node| node.has_tag_name((namespace::SOAP, "Body")));
    let body = bodies.next().ok_or_else(|| malformed("no SOAP body"))?;
    if bodies.next().is_some() {
        return Err(malformed("more than one SOAP body"));
    }
    match body.children().find(|node| node.has_tag_name((namespace::SOAP, "Fault"))) {
        Some(fault) => Err(Fault::Unavailable(format!("SOAP fault {}", fault_code(fault)))),
        None => Ok(body),
    }
}

/// Checks that the response answers `message`, then hands status and data to `read`.
pub(super) fn read<T>(
    body: Node<'_, '_>,
    message: &str,
    read: impl FnOnce(&Said<'_, '_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let sent = body
        .children()
        .find(|node| node.has_tag_name((namespace::TYPES, "SendMessageResponse")))
        .ok_or_else(|| malformed("no SendMessageResponse"))?;
    let response = child(sent, "response").ok_or_else(|| malformed("no response"))?;
    let info = child(response, "responseInfo").ok_or_else(|| malformed("no responseInfo"))?;
    // A signed answer to another question is genuine and still not ours.
    let answers = text(info, "correlationId").or_else(|| text(info, "messageId"));
    if answers != Some(message) {
        return Err(malformed("an answer to another message"));
    }
    let status = child(info, "status").and_then(|status| text(status, "code"));
    let status = status.ok_or_else(|| malformed("no status code"))?;
    let data = child(response, "responseData").and_then(|outer| child(outer, "data"));
    read(&Said { status, data })
}

/// A child by its local name: services differ in whether they qualify their elements.
pub(crate) fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == name)
}

/// Text of a child, `None` when the child is missing or empty.
pub(crate) fn text<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name).and_then(|child| child.text()).map(str::trim).filter(|text| !text.is_empty())
}

/// Text of a child that must be there.
pub(crate) fn required<'a>(node: Node<'a, '_>, name: &str) -> Result<&'a str, Fault> {
    text(node, name).ok_or_else(|| missing(name))
}

/// `xs:date`; some registers append a time zone or a time of day, which says nothing about a calendar day.
pub(crate) fn date(node: Node<'_, '_>, name: &str) -> Result<Date, Fault> {
    let day = required(node, name)?.get(..10).and_then(|day| day.parse().ok());
    day.ok_or_else(|| malformed(&format!("{name} is no date")))
}

/// Codes are the only words of the other side that may reach our logs; anything longer could be a person's name.
pub(crate) fn code_word(code: &str) -> String {
    code.chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || "-_.:".contains(*letter))
        .take(32)
        .collect()
}

pub(crate) fn missing(name: &str) -> Fault {
    malformed(&format!("{name} is missing"))
}

/// A result of the register that nobody here knows.
pub(crate) fn unexpected(code: &str) -> Fault {
    malformed(&format!("result code {}", code_word(code)))
}

pub(crate) fn malformed(what: &str) -> Fault {
    Fault::Malformed(what.to_owned())
}

fn fault_code(fault: Node<'_, '_>) -> String {
    let named = |name| fault.descendants().find(move |node| node.tag_name().name() == name);
    let code = named("errorCode").or_else(|| named("faultcode")).and_then(|node| node.text());
    code_word(code.unwrap_or("without code"))
}
