//! Security headers: one strict policy for the whole site, slightly wider ones where programs on the person's own computer are reached.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::settings::WebSettings;

const BASE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; worker-src 'self'; \
                    form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
                    require-trusted-types-for 'script'; trusted-types 'none'; connect-src 'self'";
/// The local service of hardware tokens, beside the NCALayer address of the settings.
const TOKEN_AGENT: &str = "https://127.0.0.1:24680";
const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), \
                           local-network-access=(self), loopback-network=(self)";

/// What a page needs beyond the strict policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Policy {
    /// Nothing.
    Plain,
    /// The local signing agent.
    Signing,
    /// What stands at an officer's workstation: the signing agent and the card agent.
    Workstation,
}

/// The header values, built once at the start.
pub(crate) struct SecurityHeaders {
    plain: HeaderValue,
    signing: HeaderValue,
    workstation: HeaderValue,
    secure: bool,
}

impl SecurityHeaders {
    /// Builds the values; an agent address that no header can carry leaves the strict policy.
    pub(crate) fn new(settings: &WebSettings) -> Self {
        let plain = HeaderValue::from_static(BASE);
        let signing = format!("{BASE} {} {TOKEN_AGENT}", settings.ncalayer_url);
        let value = |text: &str| HeaderValue::from_str(text).unwrap_or_else(|_| plain.clone());
        let workstation = value(&format!("{signing} {}", settings.card_agent_url));
        let signing = value(&signing);
        Self { plain, signing, workstation, secure: settings.secure_cookies }
    }

    /// Puts them on an answer.
    pub(crate) fn put(&self, headers: &mut HeaderMap, policy: Policy) {
        let csp = match policy {
            Policy::Plain => &self.plain,
            Policy::Signing => &self.signing,
            Policy::Workstation => &self.workstation,
        };
        headers.insert(header::CONTENT_SECURITY_POLICY, csp.clone());
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
        headers.insert("permissions-policy", HeaderValue::from_static(PERMISSIONS));
        headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
        headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
        if self.secure {
            let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
            headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(settings: &WebSettings, policy: Policy) -> HeaderMap {
        let mut headers = HeaderMap::new();
        SecurityHeaders::new(settings).put(&mut headers, policy);
        headers
    }

    #[test]
    fn a_plain_page_may_load_and_reach_nothing_but_its_own_site() {
        let headers = put(&WebSettings::default(), Policy::Plain);
        assert_eq!(
            headers["content-security-policy"],
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; worker-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
             require-trusted-types-for 'script'; trusted-types 'none'; connect-src 'self'"
        );
        assert!(!headers.contains_key("strict-transport-security"));
    }

    #[test]
    fn a_signing_page_may_also_reach_the_local_agents() {
        let headers = put(&WebSettings::default(), Policy::Signing);
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.ends_with("connect-src 'self' wss://127.0.0.1:13579 https://127.0.0.1:24680"),
            "{policy}"
        );
    }

    /// [R839-9.P6]
    #[test]
    fn only_a_page_of_the_desk_may_also_reach_the_card_agent() {
        let other =
            WebSettings { card_agent_url: "http://127.0.0.1:9709".to_owned(), ..WebSettings::default() };
        let reaches = |policy, settings: &WebSettings| {
            let headers = put(settings, policy);
            let policy = headers["content-security-policy"].to_str().unwrap();
            policy.ends_with(&format!(" {}", settings.card_agent_url))
        };
        for settings in [WebSettings::default(), other] {
            assert!(reaches(Policy::Workstation, &settings));
            assert!(!reaches(Policy::Signing, &settings) && !reaches(Policy::Plain, &settings));
        }
    }

    #[test]
    fn https_is_remembered_for_a_year() {
        let settings = WebSettings { secure_cookies: true, ..WebSettings::default() };
        assert!(put(&settings, Policy::Plain).contains_key("strict-transport-security"));
    }
}
