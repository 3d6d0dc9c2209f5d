//! The answer to a field of keys: for each wanted profile one request for a certificate, made where the key is, in the browser.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

use super::FieldError;
use crate::words::words;

words! {
    /// What a key pair is for [R839-6.P11].
    KeyProfile {
        /// To sign documents.
        Sign = "sign",
        /// To show who one is.
        Auth = "auth",
        /// For both, as certificates of one key are issued since 2024.
        Single = "single",
    }
}

impl KeyProfile {
    /// Key of its words in the texts of a service.
    #[must_use]
    pub fn text_key(self) -> String {
        format!("profile.{}", self.as_str())
    }
}

/// Characters of the whole answer: what a draft keeps, and several times what two requests take.
pub(super) const LONGEST: usize = 4000;

/// One request for a certificate as it came. That it is a sound PKCS#10 is judged where certificates are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRequest {
    /// For which profile.
    pub profile: KeyProfile,
    /// The DER of the request.
    pub der: Vec<u8>,
}

/// The same as it stands in the answer and in the fact.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    profile: KeyProfile,
    request: String,
}

impl KeyRequest {
    /// Reads the fact of a field of keys: `[{"profile":"sign","request":"<base64 DER>"}]`.
    ///
    /// # Errors
    /// [`FieldError::NotKeys`] when it is no such list.
    pub fn list(text: &str) -> Result<Vec<Self>, FieldError> {
        if text.len() > LONGEST {
            return Err(FieldError::TooLong { limit: LONGEST });
        }
        let written: Vec<Written> = serde_json::from_str(text).map_err(|_| FieldError::NotKeys)?;
        written.iter().map(Self::read).collect()
    }

    fn read(written: &Written) -> Result<Self, FieldError> {
        let der = STANDARD.decode(&written.request).map_err(|_| FieldError::NotKeys)?;
        if der.is_empty() { Err(FieldError::NotKeys) } else { Ok(Self { profile: written.profile, der }) }
    }

    fn write(&self) -> Written {
        Written { profile: self.profile, request: STANDARD.encode(&self.der) }
    }
}

/// Takes an answer: exactly one request for each profile. The normal form follows the order of the form.
pub(super) fn accept(text: &str, profiles: &[KeyProfile]) -> Result<String, FieldError> {
    let requests = KeyRequest::list(text)?;
    let of = |profile: &KeyProfile| requests.iter().find(|request| request.profile == *profile);
    let ordered: Option<Vec<_>> = profiles.iter().map(|profile| of(profile).map(KeyRequest::write)).collect();
    let whole = ordered.filter(|_| requests.len() == profiles.len()).ok_or(FieldError::OtherKeys)?;
    serde_json::to_string(&whole).map_err(|_| FieldError::NotKeys)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [KeyProfile; 2] = [KeyProfile::Sign, KeyProfile::Auth];

    fn answer(requests: &[(&str, &str)]) -> String {
        let list = requests
            .iter()
            .map(|(profile, request)| serde_json::json!({ "profile": profile, "request": request }));
        serde_json::Value::Array(list.collect()).to_string()
    }

    /// [R839-6.P1]
    #[test]
    fn one_request_for_each_profile_is_taken_in_the_order_of_the_form() {
        let taken = accept(&answer(&[("auth", "MAA="), ("sign", "MAE=")]), &BOTH).unwrap();
        assert_eq!(taken, r#"[{"profile":"sign","request":"MAE="},{"profile":"auth","request":"MAA="}]"#);
        assert_eq!(accept(&taken, &BOTH), Ok(taken.clone()), "taken again unchanged");
        assert_eq!(
            KeyRequest::list(&taken).unwrap()[1],
            KeyRequest { profile: KeyProfile::Auth, der: vec![0x30, 0] }
        );
    }

    #[test]
    fn a_missing_a_second_or_a_foreign_profile_is_refused() {
        let wrong: [&[(&str, &str)]; 4] = [
            &[],
            &[("sign", "MAA=")],
            &[("sign", "MAA="), ("sign", "MAA=")],
            &[("sign", "MAA="), ("auth", "MAA="), ("single", "MAA=")],
        ];
        for requests in wrong {
            assert_eq!(accept(&answer(requests), &BOTH), Err(FieldError::OtherKeys), "{requests:?}");
        }
    }

    #[test]
    fn what_is_no_list_of_requests_is_refused_in_words_of_its_own() {
        let foreign = answer(&[("sign", "MAA="), ("owner", "MAA=")]);
        let bad = answer(&[("sign", "not base64"), ("auth", "MAA=")]);
        let empty = answer(&[("sign", ""), ("auth", "MAA=")]);
        let more = r#"[{"profile":"sign","request":"MAA=","key":"x"}]"#;
        for text in ["x", "{}", "null", "[1]", &foreign, &bad, &empty, more] {
            assert_eq!(accept(text, &BOTH), Err(FieldError::NotKeys), "{text}");
        }
        let long = answer(&[("sign", &"A".repeat(5000)), ("auth", "MAA=")]);
        assert_eq!(accept(&long, &BOTH), Err(FieldError::TooLong { limit: LONGEST }));
    }
}
