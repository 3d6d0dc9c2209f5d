//! Requests for certificates inside a form: whether they can be taken, and how people recognise them again.

use std::collections::BTreeMap;

use qyzmet_domain::{DocumentId, Locale};
use qyzmet_engine::{Field, FieldError, FieldErrors, KeyProfile, KeyRequest, Page, Regulation};
use qyzmet_pki::request::Request;

/// Judges the requests for certificates among the accepted answers of a page [R839-6.P1].
pub(super) fn check(page: &Page, accepted: &BTreeMap<String, String>) -> Result<(), FieldErrors> {
    let fields = page.fields.iter().filter(|field| !field.profiles().is_empty());
    let wrong = |field: &Field| {
        let list = accepted.get(&field.id).map(|text| KeyRequest::list(text));
        let why = list?.and_then(|requests| requests.iter().try_for_each(check_one)).err()?;
        Some((field.id.clone(), why))
    };
    let errors: BTreeMap<String, FieldError> = fields.filter_map(wrong).collect();
    if errors.is_empty() { Ok(()) } else { Err(FieldErrors(errors)) }
}

/// Judges one request as the authority will: its form, the proof of possession, the strength of the key.
fn check_one(request: &KeyRequest) -> Result<(), FieldError> {
    Request::from_der(&request.der).map(drop).map_err(|_| FieldError::UnusableKey)
}

/// What people call the key of a profile.
pub(crate) fn name(regulation: &Regulation, profile: KeyProfile, locale: Locale) -> String {
    let key = profile.text_key();
    regulation.text(locale, &key).unwrap_or(profile.as_str()).to_owned()
}

/// An answer with keys in words: each key with a short fingerprint of its request, as the browser has shown it.
pub(super) fn fingerprints(regulation: &Regulation, value: &str, locale: Locale) -> String {
    let requests = KeyRequest::list(value).unwrap_or_default();
    let line = |request: &KeyRequest| {
        format!("{}: {}", name(regulation, request.profile, locale), fingerprint(&request.der))
    };
    requests.iter().map(line).collect::<Vec<_>>().join("; ")
}

/// The first eight bytes of the SHA-256 of a request, in groups: short enough to be compared by eye.
fn fingerprint(der: &[u8]) -> String {
    let digest = DocumentId::of(der).to_string();
    let group = |place: usize| digest.get(place * 4..place * 4 + 4).unwrap_or_default();
    (0..4).map(group).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        let kind = qyzmet_engine::FieldKind::Keys { profiles: vec![KeyProfile::Single], holder: None };
        let field = Field { id: "keys".to_owned(), kind, required: true, button: None, when: None };
        Page { id: "keys".to_owned(), fields: vec![field] }
    }

    fn answer(request: &str) -> BTreeMap<String, String> {
        let list = format!(r#"[{{"profile":"single","request":"{request}"}}]"#);
        BTreeMap::from([("keys".to_owned(), list)])
    }

    /// [R839-6.P1]
    #[test]
    fn what_is_no_request_for_a_certificate_is_refused_in_words_of_its_field() {
        for request in ["AAAA", "MAA=", "MAEAAA==", "MIAAAA=="] {
            let errors = check(&page(), &answer(request)).unwrap_err();
            assert_eq!(errors.0["keys"], FieldError::UnusableKey, "{request}");
        }
        assert_eq!(check(&page(), &BTreeMap::new()), Ok(()), "no answer, nothing to judge");
    }

    #[test]
    fn a_fingerprint_is_four_groups_of_the_digest() {
        assert_eq!(fingerprint(b""), "e3b0 c442 98fc 1c14");
    }
}
