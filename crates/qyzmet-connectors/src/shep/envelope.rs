//! The SOAP 1.1 envelope of a question.

use jiff::Timestamp;
use secrecy::ExposeSecret;

use super::{GatewayConfig, Question, namespace, xml::Xml};

/// `SendMessage` around the data, ready to be signed.
pub(super) fn question(config: &GatewayConfig, question: &Question<'_>, now: Timestamp) -> String {
    soap(|xml| {
        xml.element("typ:SendMessage", &[("xmlns:typ", namespace::TYPES)], |xml| {
            xml.group("request", |xml| {
                xml.group("requestInfo", |xml| request_info(xml, config, question, now));
                xml.group("requestData", |xml| {
                    xml.inner(&question.data);
                });
            });
        });
    })
}

/// An envelope with an empty header, which the signature fills.
pub(super) fn soap(body: impl FnOnce(&mut Xml)) -> String {
    let mut xml = Xml::new();
    xml.element("soapenv:Envelope", &[("xmlns:soapenv", namespace::SOAP)], |xml| {
        xml.group("soapenv:Header", |_| {}).group("soapenv:Body", body);
    });
    xml.finish()
}

fn request_info(xml: &mut Xml, config: &GatewayConfig, question: &Question<'_>, now: Timestamp) {
    xml.leaf("messageId", &question.message.to_string())
        .leaf("serviceId", question.service)
        .leaf("messageDate", &now.to_string())
        .group("sender", |xml| {
            xml.leaf("senderId", &config.sender_id);
            if let Some(password) = &config.password {
                xml.leaf("password", password.expose_secret());
            }
        });
}
