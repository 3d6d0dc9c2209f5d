//! The two cookies of the site: the session and the language.

use axum::http::{HeaderMap, HeaderValue, header};
use jiff::{SignedDuration, Timestamp};
use qyzmet_domain::Locale;

const SESSION: &str = "qz-session";
const SESSION_OVER_HTTPS: &str = "__Host-qz-session";
const LANGUAGE: &str = "qz-lang";

/// Name of the session cookie. `__Host-` ties it to this very host and to https.
fn session_name(secure: bool) -> &'static str {
    if secure { SESSION_OVER_HTTPS } else { SESSION }
}

/// The session token that the browser sent.
pub(crate) fn session(headers: &HeaderMap, secure: bool) -> Option<&str> {
    value(headers, session_name(secure)).filter(|token| !token.is_empty())
}

/// The language that the browser remembers.
pub(crate) fn language(headers: &HeaderMap) -> Option<Locale> {
    value(headers, LANGUAGE)?.parse().ok()
}

fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// Tells the browser to keep the session until it ends.
pub(crate) fn keep_session(
    token: &str,
    secure: bool,
    expires_at: Timestamp,
    now: Timestamp,
) -> Option<HeaderValue> {
    let seconds = expires_at.duration_since(now).max(SignedDuration::ZERO).as_secs();
    let name = session_name(secure);
    let flag = if secure { "; Secure" } else { "" };
    let text = format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{flag}");
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Tells the browser to forget the session.
pub(crate) fn forget_session(secure: bool) -> HeaderValue {
    if secure {
        HeaderValue::from_static("__Host-qz-session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure")
    } else {
        HeaderValue::from_static("qz-session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
    }
}

/// Tells the browser to remember the language for a year.
pub(crate) fn keep_language(locale: Locale) -> HeaderValue {
    HeaderValue::from_static(match locale {
        Locale::Kk => "qz-lang=kk; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000",
        Locale::Ru => "qz-lang=ru; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000",
        Locale::En => "qz-lang=en; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(line: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(line))])
    }

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let headers = sent("xqz-session=a; qz-session-b=b; qz-lang=ru; qz-session=c");
        assert_eq!(session(&headers, false), Some("c"));
        assert_eq!(session(&headers, true), None);
        assert_eq!(language(&headers), Some(Locale::Ru));
    }

    #[test]
    fn an_unknown_language_and_an_empty_session_count_for_nothing() {
        let headers = sent("qz-lang=xx; qz-session=");
        assert_eq!(session(&headers, false), None);
        assert_eq!(language(&headers), None);
    }

    #[test]
    fn the_session_cookie_is_out_of_reach_for_scripts_and_other_sites() {
        let now = Timestamp::UNIX_EPOCH;
        let cookie = keep_session("abc", true, now + SignedDuration::from_mins(15), now).unwrap();
        assert_eq!(cookie, "__Host-qz-session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=900; Secure");
    }

    #[test]
    fn a_token_cannot_break_out_of_its_header() {
        let now = Timestamp::UNIX_EPOCH;
        assert!(keep_session("abc\r\nx: y", true, now, now).is_none());
    }
}
