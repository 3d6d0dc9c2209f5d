//! The consent service's side. Tokens are made, not stored: a keyed digest over person, register and expiry.

use aws_lc_rs::{digest, hmac};
use jiff::{SignedDuration, Timestamp};
use roxmltree::Node;

use super::LONGEST_LIFE_MS;
use crate::shep::{
    answer::text,
    namespace::XSI,
    simulator::{Reply, answer_number},
    status,
    xml::Xml,
};

/// Makes and checks tokens.
pub(crate) struct Consents {
    key: hmac::Key,
    public_key: String,
}

impl Consents {
    /// The same seed gives the same tokens, so a simulator that was restarted still knows them.
    pub(crate) fn new(seed: u64) -> Self {
        let derived = digest::digest(&digest::SHA256, format!("consents of {seed}").as_bytes());
        let public = digest::digest(&digest::SHA256, derived.as_ref());
        let key = hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref());
        Self { key, public_key: hex::encode(public.as_ref()) }
    }

    /// Whether this person agreed with this token that this register is asked, and it has not expired.
    pub(crate) fn holds(&self, about: (&str, &str), token: &str, public_key: &str, now: Timestamp) -> bool {
        let Some((expires, tag)) = token.split_once('.') else { return false };
        let Ok(tag) = hex::decode(tag) else { return false };
        let in_time = expires.parse().is_ok_and(|expires: i64| expires > now.as_microsecond());
        let genuine = hmac::verify(&self.key, signed(about, expires).as_bytes(), &tag).is_ok();
        in_time && genuine && public_key == self.public_key
    }

    fn issue(&self, about: (&str, &str), expires: Timestamp) -> String {
        let expires = expires.as_microsecond().to_string();
        let tag = hmac::sign(&self.key, signed(about, &expires).as_bytes());
        format!("{expires}.{}", hex::encode(tag.as_ref()))
    }
}

fn signed((iin, access): (&str, &str), expires: &str) -> String {
    format!("{iin}|{access}|{expires}")
}

/// Answers one wish for a token.
pub(crate) fn answer(consents: &Consents, data: Node<'_, '_>, now: Timestamp) -> Reply {
    let iin = text(data, "uin").unwrap_or_default();
    let access = text(data, "access_name").unwrap_or_default();
    let life = text(data, "expiresIn").and_then(|life| life.parse().ok()).unwrap_or(0);
    let asked_properly = iin.len() == 12 && !access.is_empty() && (1..=LONGEST_LIFE_MS).contains(&life);
    let number = answer_number("kdp", iin);
    let mut xml = Xml::new();
    xml.element("data", &[("xmlns:xsi", XSI), ("xsi:type", "getUserDataResponse")], |xml| {
        xml.leaf("requestId", &number);
        if asked_properly {
            let expires = now + SignedDuration::from_millis(life);
            xml.leaf("token", &consents.issue((iin, access), expires))
                .leaf("publicKey", &consents.public_key);
        } else {
            xml.group("messageResult", |xml| {
                xml.leaf("code", "BAD_REQUEST");
            });
        }
    });
    Reply {
        status: if asked_properly { status::DONE } else { status::BUSINESS_NO },
        outcome: if asked_properly { "token" } else { "bad request" },
        subject: iin.to_owned(),
        data: xml.finish(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [R58-A.9.2]
    #[test]
    fn a_token_serves_one_person_and_one_register_until_it_expires() {
        let consents = Consents::new(3);
        let now = Timestamp::from_second(1_000).unwrap();
        let token = consents.issue(("910412400017", "GBDFL"), now + SignedDuration::from_secs(60));
        let key = consents.public_key.clone();
        assert!(consents.holds(("910412400017", "GBDFL"), &token, &key, now));
        assert!(!consents.holds(("910412400017", "GBDUL"), &token, &key, now));
        assert!(!consents.holds(("910412400018", "GBDFL"), &token, &key, now));
        assert!(!consents.holds(("910412400017", "GBDFL"), &token, "other", now));
        assert!(!consents.holds(
            ("910412400017", "GBDFL"),
            &token,
            &key,
            now + SignedDuration::from_secs(60)
        ));
        assert!(!Consents::new(4).holds(("910412400017", "GBDFL"), &token, &key, now));
        assert!(!consents.holds(("910412400017", "GBDFL"), "no token", &key, now));
    }
}
