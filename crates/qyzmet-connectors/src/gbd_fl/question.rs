//! The question as the register's schema writes it.

use qyzmet_app::ports::PersonQuestion;

use super::NAMESPACE;
use crate::shep::{namespace::XSI, xml::Xml};

/// The `data` element of a question.
pub(super) fn data(question: &PersonQuestion) -> String {
    let mut xml = Xml::new();
    let attributes = [("xmlns:ns", NAMESPACE), ("xmlns:xsi", XSI), ("xsi:type", "ns:Request")];
    xml.element("data", &attributes, |xml| {
        xml.leaf("messageId", &question.message.to_string())
            .leaf("messageDate", &question.at.to_string())
            .leaf("senderCode", "EGOV")
            .leaf("iin", question.iin.as_str())
            .leaf("kdpToken", &question.consent.token)
            .leaf("publicKey", &question.consent.public_key);
    });
    xml.finish()
}
