//! One question at the gateway: check the caller's signature, find the register, sign what it says; and how to spoil it.

use qyzmet_pki::xml;
use roxmltree::{Document, Node};

use super::{
    Mode,
    state::{Reply, Simulation},
};
use crate::{
    gbd_fl, gbd_ul, hostile_xml, kdp,
    shep::{
        answer::{self, child, text},
        envelope, namespace,
        xml::Xml,
    },
};

/// The signed answer, or the code of a SOAP fault.
pub(super) fn answer(simulation: &Simulation, bytes: &[u8]) -> Result<String, &'static str> {
    let document = hostile_xml::parse(bytes).map_err(|_| "FAULT_XML")?;
    let now = simulation.clock.now();
    xml::verify_body(document.input_text(), &simulation.trust, now).map_err(|_| "FAULT_SIGNATURE")?;
    let (message, service, data) = question(&document).ok_or("FAULT_REQUEST")?;
    let reply = match service {
        gbd_fl::SERVICE_ID => gbd_fl::simulator::answer(&simulation.people, &simulation.consents, data, now),
        gbd_ul::SERVICE_ID => gbd_ul::simulator::answer(&simulation.consents, data, now),
        kdp::SERVICE_ID => kdp::simulator::answer(&simulation.consents, data, now),
        _ => return Err("FAULT_SERVICE"),
    };
    simulation.note(service, &reply.subject, reply.outcome);
    let envelope = response(message, &now.to_string(), &reply);
    xml::sign_body(&envelope, &simulation.identity).map_err(|_| "FAULT_KEY")
}

/// A SOAP fault with the gateway's `ErrorInfo`.
pub(super) fn fault(code: &str) -> String {
    envelope::soap(|xml| {
        xml.group("soapenv:Fault", |xml| {
            xml.leaf("faultcode", "soapenv:Server").leaf("faultstring", "Error").group("detail", |xml| {
                xml.element("com:ErrorInfo", &[("xmlns:com", namespace::COMMON)], |xml| {
                    xml.leaf("errorCode", code).leaf("errorMessage", "Error");
                });
            });
        });
    })
}

/// What the switch does to a good answer.
pub(super) fn spoil(mut signed: String, mode: Mode) -> String {
    match mode {
        Mode::Malformed => envelope::soap(|xml| {
            xml.leaf("ok", "yes");
        }),
        Mode::Truncated => {
            let middle = (0..=signed.len() / 2).rev().find(|at| signed.is_char_boundary(*at));
            signed.truncate(middle.unwrap_or(0));
            signed
        }
        Mode::Dtd => format!("<!DOCTYPE x [<!ENTITY y \"z\">]>{signed}"),
        // A word inside the signed body changes; the signature itself stays genuine.
        Mode::WrongSignature => signed.replacen("<code>SCS", "<code>XCS", 1),
        Mode::Ok | Mode::Slow | Mode::Down | Mode::Fault => signed,
    }
}

fn question<'a, 'input>(document: &'a Document<'input>) -> Option<(&'a str, &'a str, Node<'a, 'input>)> {
    let body = answer::body(document).ok()?;
    let sent = body.children().find(|node| node.has_tag_name((namespace::TYPES, "SendMessage")))?;
    let request = child(sent, "request")?;
    let info = child(request, "requestInfo")?;
    let data = child(request, "requestData").and_then(|outer| child(outer, "data"))?;
    Some((text(info, "messageId")?, text(info, "serviceId")?, data))
}

fn response(message: &str, now: &str, reply: &Reply) -> String {
    let words = if reply.status == crate::shep::status::DONE { "OK" } else { "NO" };
    let info = |xml: &mut Xml| {
        xml.leaf("messageId", &super::answer_number("gateway", message))
            .leaf("correlationId", message)
            .leaf("responseDate", now)
            .group("status", |xml| {
                xml.leaf("code", reply.status).leaf("message", words);
            });
    };
    envelope::soap(|xml| {
        xml.element("typ:SendMessageResponse", &[("xmlns:typ", namespace::TYPES)], |xml| {
            xml.group("response", |xml| {
                xml.group("responseInfo", info).group("responseData", |xml| {
                    xml.inner(&reply.data);
                });
            });
        });
    })
}
