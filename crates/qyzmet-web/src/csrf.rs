//! Requests that change something must come from our own pages: the browser's word (Origin, Sec-Fetch-Site), and a token
//! in the form that only a page of this session can know.

use axum::http::{HeaderMap, Method, header};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Name of the hidden form field.
pub(crate) const FIELD: &str = "csrf";

/// The form token of a session. The session secret is 256 random bits that no script can read, so its hash under a name
/// of its own gives it away to nobody and needs no further key.
pub(crate) fn token(session: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"qyzmet form token 1:");
    hash.update(session.as_bytes());
    hex::encode(hash.finalize())
}

/// Whether a form carries the token of its session. Without a session there is nothing that a stranger could misuse.
pub(crate) fn token_fits(session: Option<&str>, sent: Option<&str>) -> bool {
    match (session, sent) {
        (None, _) => true,
        (Some(session), Some(sent)) => token(session).as_bytes().ct_eq(sent.as_bytes()).into(),
        (Some(_), None) => false,
    }
}

/// Whether a request may change something, by what the browser says of where it comes from. Silence passes only for
/// programs: every browser in use sends at least one of the two headers with a form.
pub(crate) fn comes_from_here(method: &Method, headers: &HeaderMap, origin: &str) -> bool {
    if method.is_safe() {
        return true;
    }
    let site = headers.get("sec-fetch-site").map(|value| value.as_bytes());
    let from = headers.get(header::ORIGIN).map(|value| value.as_bytes());
    let ours = |from: &[u8]| from == origin.as_bytes() || is_host(from, headers);
    matches!(site, None | Some(b"same-origin" | b"none")) && from.is_none_or(ours)
}

/// Whether the page came from the very host that the request names: the portal may be reached under several names.
fn is_host(origin: &[u8], headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).map(|value| value.as_bytes());
    let name = origin.strip_prefix(b"https://").or_else(|| origin.strip_prefix(b"http://"));
    host.is_some() && host == name
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    const HOME: &str = "https://portal.example";

    fn allowed(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        comes_from_here(&Method::POST, &headers.collect(), HOME)
    }

    #[test]
    fn a_form_of_another_site_is_refused() {
        assert!(!allowed(&[("origin", "https://evil.example")]));
        assert!(!allowed(&[("origin", "null")]));
        assert!(!allowed(&[("sec-fetch-site", "cross-site")]));
        assert!(!allowed(&[("sec-fetch-site", "same-site"), ("origin", HOME)]));
        assert!(allowed(&[("sec-fetch-site", "same-origin"), ("origin", HOME)]));
    }

    #[test]
    fn a_session_asks_for_its_own_token() {
        let good = token("session-a");
        assert!(token_fits(Some("session-a"), Some(&good)));
        assert!(!token_fits(Some("session-b"), Some(&good)));
        assert!(!token_fits(Some("session-a"), None));
        assert!(token_fits(None, None));
    }
}
