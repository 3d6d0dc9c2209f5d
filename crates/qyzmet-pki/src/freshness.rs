//! How long lists, answers and certificates may be kept by those who fetch them over HTTP (RFC 9111, RFC 5019 section 6).

use jiff::{Timestamp, fmt::rfc2822};

use crate::algorithms::Digest;

/// Seconds for which something may be kept that has no end of its own, such as a certificate of an authority.
const WITHOUT_END: i64 = 24 * 60 * 60;

/// What the headers of a response say about keeping it. The same bytes at the same moment always say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freshness {
    /// `Cache-Control: max-age`, whole seconds; zero when the response must not be kept.
    pub max_age: i64,
    /// `Last-Modified`.
    pub modified: Timestamp,
    /// `Expires`.
    pub expires: Timestamp,
    /// `ETag`, quoted.
    pub etag: String,
}

impl Freshness {
    /// The freshness of bytes that are true since `since` and are replaced at `until` at the latest, as seen at `at`.
    /// Nothing is kept beyond its own end. Without an end it is kept for a day. An answer that repeats a nonce is for one
    /// client only: its end is the moment itself.
    #[must_use]
    pub fn of(bytes: &[u8], since: Timestamp, until: Option<Timestamp>, at: Timestamp) -> Self {
        let left = until.map_or(WITHOUT_END, |until| until.as_second() - at.as_second());
        let max_age = left.max(0);
        let expires = at.checked_add(jiff::SignedDuration::from_secs(max_age)).unwrap_or(at);
        let digest = Digest::Sha256.of(bytes);
        let short = digest.as_ref().get(..16).unwrap_or_default();
        Self { max_age, modified: since, expires, etag: format!("\"{}\"", hex::encode(short)) }
    }

    /// The value of `Cache-Control`. Proxies may keep it, must not change it, and must ask again after its end.
    #[must_use]
    pub fn cache_control(&self) -> String {
        if self.max_age == 0 {
            return "no-store".to_owned();
        }
        format!("max-age={}, public, no-transform, must-revalidate", self.max_age)
    }

    /// A moment as HTTP writes it (RFC 9110 section 5.6.7); `None` for years that it cannot write.
    #[must_use]
    pub fn http_date(at: Timestamp) -> Option<String> {
        rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&at).ok()
    }

    /// Whether a client that names these tags in `If-None-Match` has the current bytes (RFC 9110 section 13.1.2).
    #[must_use]
    pub fn is_known(&self, if_none_match: &str) -> bool {
        let weak = |tag: &str| tag.trim().trim_start_matches("W/") == self.etag;
        if_none_match.trim() == "*" || if_none_match.split(',').any(weak)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn nothing_is_kept_beyond_its_next_update() {
        let (since, until) = (at("2026-11-21T12:00:00Z"), at("2026-11-21T13:00:00Z"));
        let fresh = Freshness::of(b"list", since, Some(until), at("2026-11-21T12:59:00.9Z"));
        assert_eq!((fresh.max_age, fresh.modified), (60, since));
        assert_eq!(fresh.cache_control(), "max-age=60, public, no-transform, must-revalidate");
        for late in ["2026-11-21T13:00:00Z", "2027-01-01T00:00:00Z"] {
            let over = Freshness::of(b"list", since, Some(until), at(late));
            assert_eq!((over.max_age, over.cache_control().as_str()), (0, "no-store"));
        }
        assert_eq!(Freshness::of(b"certificate", since, None, since).max_age, 86_400);
    }

    #[test]
    fn the_tag_follows_the_bytes_alone() {
        let since = at("2026-11-21T12:00:00Z");
        let tag = |bytes: &[u8], now| Freshness::of(bytes, since, None, at(now));
        let one = tag(b"one", "2026-11-21T12:00:00Z");
        assert_eq!(one.etag, tag(b"one", "2026-12-21T12:00:00Z").etag);
        assert_ne!(one.etag, tag(b"two", "2026-11-21T12:00:00Z").etag);
        assert!(one.is_known(&one.etag) && one.is_known("*"));
        assert!(one.is_known(&format!("\"x\", W/{}", one.etag)));
        assert!(!one.is_known("\"x\"") && !one.is_known("") && !one.is_known(one.etag.trim_matches('"')));
    }

    #[test]
    fn dates_are_those_of_http() {
        let date = Freshness::http_date(at("2026-11-21T12:00:05Z"));
        assert_eq!(date.as_deref(), Some("Sat, 21 Nov 2026 12:00:05 GMT"));
    }
}
