//! The one origin whose pages may speak with the card.

use std::str::FromStr;

use axum::http::HeaderValue;

/// Scheme, host and port of the portal, as a browser writes them in `Origin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(HeaderValue);

/// The text is no origin that may speak with a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "an origin is written https://host or https://host:port, without a slash at the end; http only on this computer"
)]
pub struct OriginError;

impl Origin {
    pub(super) fn as_header(&self) -> &HeaderValue {
        &self.0
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let host = match text.split_once("://") {
            Some(("https", host)) => host,
            // What comes from this computer alone nobody on the way can change.
            Some(("http", host)) if is_local(host) => host,
            _ => return Err(OriginError),
        };
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-:[]".contains(c);
        if host.is_empty() || !host.chars().all(plain) {
            return Err(OriginError);
        }
        HeaderValue::from_str(text).map(Self).map_err(|_| OriginError)
    }
}

fn is_local(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_exact_origin_of_the_network_or_this_computer_is_taken() {
        for good in ["https://egov.example.kz", "https://egov.example.kz:8443", "http://127.0.0.1:8080"] {
            assert_eq!(good.parse::<Origin>().unwrap().as_header(), good);
        }
        for bad in [
            "",
            "*",
            "null",
            "https://",
            "https://egov.example.kz/",
            "https://EGOV.example.kz",
            "https://user@egov.example.kz",
            "https://*.example.kz",
            "http://egov.example.kz",
            "http://127.0.0.1.example.kz",
            "https://egov.example.kz\r\nx: y",
        ] {
            assert_eq!(bad.parse::<Origin>(), Err(OriginError), "{bad}");
        }
    }
}
