//! The report of a ceremony as a document for signing and filing: the record in words, in each language.

use jiff::tz::{Offset, TimeZone};
use qyzmet_domain::Locale;
use serde_json::{Value, json};

use super::{
    NcaError,
    folder::{Folder, Readers, replace},
    record::{ApproverRecord, CertificateRecord, Record},
};

/// Kazakhstan has had one zone since 01.03.2024.
const LOCAL: Offset = Offset::constant(5);

/// Writes `report.<lang>.pdf` in each language.
pub(super) fn write(folder: &Folder, record: &Record) -> Result<(), NcaError> {
    for locale in Locale::ALL {
        let path = folder.file(&format!("report.{locale}.pdf"));
        let data = data(record, locale).ok_or_else(|| NcaError::file(&path, "has no words"))?;
        let template = include_str!("../../templates/ceremony.typ");
        let printed = qyzmet_print::render(template, &data, record.begun_at);
        let pdf = printed.map_err(|why| NcaError::file(&path, why))?;
        replace(&path, &pdf, Readers::All)?;
    }
    Ok(())
}

/// What the template shows; `None` when the words of the language cannot be read, which a test excludes.
fn data(record: &Record, locale: Locale) -> Option<Value> {
    let words: toml::Table = match locale {
        Locale::Kk => include_str!("../../../../locales/ceremony/kk.toml"),
        Locale::Ru => include_str!("../../../../locales/ceremony/ru.toml"),
        Locale::En => include_str!("../../../../locales/ceremony/en.toml"),
    }
    .parse()
    .ok()?;
    let say = |key: &str| words.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let duty = |duty: &str| words.get("duty")?.get(duty)?.as_str().map(str::to_owned);
    let approvers = record.approvers.iter().map(|approver| approver_rows(approver, &say));
    let certificates = record.certificates.iter().map(|made| certificate_rows(made, &say, &duty));
    Some(json!({
        "lang": locale.as_str(),
        "title": say("title")?,
        "ceremony": record.title,
        "facts": [
            [say("begun")?, moment(record.begun_at)],
            [say("ended")?, moment(record.ended_at)],
            [say("file")?, grouped(&record.ceremony_sha256)],
            [say("product")?, record.product],
        ],
        "approvers-title": say("approvers")?,
        "approvers": approvers.collect::<Option<Vec<_>>>()?,
        "certificates-title": say("certificates")?,
        "certificates": certificates.collect::<Option<Vec<_>>>()?,
        "statement": say("statement")?,
        "signature": say("signature")?,
    }))
}

fn approver_rows(approver: &ApproverRecord, say: &dyn Fn(&str) -> Option<String>) -> Option<Value> {
    let signed = approver.signed_at.map(moment).unwrap_or_default();
    Some(json!({
        "head": approver.name,
        "rows": [
            [say("signed")?, signed],
            [say("serial")?, grouped(&approver.serial)],
            [say("certificate")?, grouped(&approver.certificate_sha256)],
        ],
    }))
}

fn certificate_rows(
    made: &CertificateRecord,
    say: &dyn Fn(&str) -> Option<String>,
    duty: &dyn Fn(&str) -> Option<String>,
) -> Option<Value> {
    let place = match made.key_place.strip_prefix("token ") {
        Some(token) => format!("{} {token}", say("token")?),
        None => say("key-file")?,
    };
    Some(json!({
        "head": format!("{}: {}", made.name, duty(&made.duty)?),
        "rows": [
            [say("common-name")?, made.common_name],
            [say("issuer")?, made.issuer.clone().unwrap_or_else(|| made.name.clone())],
            [say("key")?, format!("{}, {place}", made.key_kind)],
            [say("valid")?, format!("{} – {}", moment(made.not_before), moment(made.not_after))],
            [say("serial")?, grouped(&made.serial)],
            [say("public-key")?, grouped(&made.spki_sha256)],
            [say("certificate")?, grouped(&made.certificate_sha256)],
        ],
    }))
}

/// Digits in groups of four: people compare them aloud.
fn grouped(digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    digits.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

fn moment(at: jiff::Timestamp) -> String {
    at.to_zoned(TimeZone::fixed(LOCAL)).strftime("%d.%m.%Y %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_read_aloud_in_fours() {
        assert_eq!(grouped("0123456789"), "0123 4567 89");
    }
}
