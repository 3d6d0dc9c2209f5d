//! The request as bytes: exactly these are shown, signed and kept.

use std::collections::BTreeMap;

use qyzmet_domain::CaseId;
use qyzmet_engine::{Case, Regulation};
use serde_json::{Value, json};

use super::load::{owned, parse, regulation_of};
use crate::{Access, Cx, Error, UseCase};

/// A file for a person.
pub struct Document {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: &'static str,
}

/// Shows the exact bytes that the person is asked to sign.
pub struct ShowDocument {
    /// Which case.
    pub case: CaseId,
}

impl UseCase for ShowDocument {
    type Output = Document;
    const NAME: &'static str = "show-document";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<Document, Error> {
        let account = cx.account()?;
        let row = cx.read(move |tx| owned(tx, account, self.case)).await?;
        let regulation = regulation_of(&cx.app, &row)?;
        let bytes = request_document(&regulation, &parse(&row)?);
        Ok(Document { bytes, name: format!("request-{}.json", row.id), media: "application/json" })
    }
}

/// Canonical JSON: keys in order, no spaces. It follows from the case alone, so it is the same whenever it is made.
pub(super) fn request_document(regulation: &Regulation, case: &Case) -> Vec<u8> {
    let answers: BTreeMap<&str, &str> = case
        .facts
        .0
        .iter()
        .filter(|(name, _)| name.starts_with("form.") || name.starts_with("consent."))
        .map(|(name, fact)| (name.as_str(), fact.value.as_str()))
        .collect();
    let recipient = json!({ "identifier": case.recipient.identifier, "name": case.recipient.name });
    let service = json!({
        "act": regulation.service.act,
        "id": regulation.id(),
        "title": regulation.title(qyzmet_domain::Locale::Kk),
        "version": case.version,
    });
    canonical(&json!({
        "answers": answers,
        "case": case.id,
        "channel": case.channel,
        "kind": "request",
        "opened_at": case.opened_at,
        "recipient": recipient,
        "service": service,
    }))
}

/// The one form of a JSON value: `serde_json` keeps keys in order and writes no spaces.
pub(crate) fn canonical(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_json_has_its_keys_in_order_and_no_spaces() {
        let value: Value = serde_json::from_str(r#"{ "b": [1, 2], "a": { "d": null, "c": "Қ" } }"#).unwrap();
        assert_eq!(String::from_utf8(canonical(&value)).unwrap(), r#"{"a":{"c":"Қ","d":null},"b":[1,2]}"#);
    }
}
