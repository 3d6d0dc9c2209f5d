//! Other names are e-mail addresses or hosts, where the profile has them, in ASCII and well-formed.

use super::{Body, Rule, Severity, Wanted};
use crate::{
    asn1::{Reader, tag},
    oids,
};

pub(super) const RULE: Rule =
    Rule { name: "alt_name", citation: "RFC 5280, 4.2.1.6; profile", severity: Severity::Error, check };

const EMAIL: u8 = tag::implicit(1);
const HOST: u8 = tag::implicit(2);

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    let rules = wanted.profile.rules();
    let Some(value) = body.extension(oids::SUBJECT_ALT_NAME) else { return Ok(()) };
    let malformed = |_| "the other names are malformed";
    let mut names = Reader::only(value, tag::SEQUENCE).map_err(malformed)?.reader();
    if names.is_empty() {
        return Err("the list of other names is empty");
    }
    while !names.is_empty() {
        let name = names.next().map_err(malformed)?;
        match name.tag {
            EMAIL if rules.email => check_email(name.value)?,
            HOST if rules.hosts => check_host(name.value)?,
            _ => return Err("there is another name of a kind that the profile does not have"),
        }
    }
    Ok(())
}

/// A mailbox: something on both sides of one "@", no space, no display name.
fn check_email(bytes: &[u8]) -> Result<(), &'static str> {
    let parts: Vec<&[u8]> = bytes.split(|byte| *byte == b'@').collect();
    match parts.as_slice() {
        [local, host] if !local.is_empty() && local.iter().all(u8::is_ascii_graphic) => check_host(host),
        _ => Err("an e-mail address is malformed"),
    }
}

fn check_host(bytes: &[u8]) -> Result<(), &'static str> {
    let label_fits = |label: &[u8]| {
        !label.is_empty() && label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    let fits = bytes.split(|byte| *byte == b'.').all(label_fits);
    if fits { Ok(()) } else { Err("a host is malformed") }
}
