//! Sample pages of what the authority publishes.

use jiff::Timestamp;
use qyzmet_app::authority::{
    Clockwork, Health, IssuerHealth, ListHealth, RevokedLine, RevokedPage, SignerHealth,
};
use qyzmet_domain::Locale;

use super::{draw, frame};
use crate::screens::pki::{health::HealthPage, revoked::Revoked};

/// Every page of the area.
pub(super) fn pages(locale: Locale) -> Vec<(&'static str, String)> {
    let revoked = |serial: &str, reasons: &[u8]| {
        let f = frame(locale, "pki-revoked-title");
        draw(Revoked { f, serial: serial.to_owned(), view: revoked(reasons) })
    };
    let health = |well| draw(HealthPage { f: frame(locale, "pki-health-title"), view: health(well) });
    vec![
        ("pki-revoked", revoked("", &[0, 1, 2, 3, 4, 5, 6, 9, 10])),
        ("pki-revoked-none", revoked("", &[])),
        ("pki-revoked-unknown", revoked("4f\"<", &[])),
        ("pki-health", health(true)),
        ("pki-health-ill", health(false)),
    ]
}

fn revoked(reasons: &[u8]) -> RevokedPage {
    let line = |reason: &u8| RevokedLine {
        serial: "4f3a09c1".repeat(5),
        at: Timestamp::UNIX_EPOCH,
        reason: *reason,
    };
    let lines: Vec<_> = reasons.iter().map(line).collect();
    let more = lines.last().cloned();
    RevokedPage { issuers: vec!["ca".to_owned(), "second".to_owned()], issuer: "ca".to_owned(), lines, more }
}

fn health(well: bool) -> Health {
    let now = Timestamp::UNIX_EPOCH;
    let list = ListHealth { number: 7, entries: 3, this_update: now, next_update: now, age: 12 };
    let issuer = |name: &str, list: Option<ListHealth>| IssuerHealth {
        name: name.to_owned(),
        well,
        publishes: true,
        full: list.clone(),
        delta: list,
        unpublished: 0,
        answers_until: Some(now),
    };
    Health {
        well,
        clock: Clockwork { now, well },
        signer: SignerHealth { well, answers: well, waiting: 2, given_up: u64::from(!well) },
        issuers: vec![issuer("root", None), issuer("ca", Some(list))],
        stamps_until: Some(now),
    }
}
