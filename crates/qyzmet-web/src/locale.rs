//! Which language a page comes in: `?lang=` wins and is remembered, then the cookie, then Kazakh. What the browser would
//! prefer is not asked: Kazakh is the state language, and one address must look the same to two people.

use axum::http::Uri;
use qyzmet_domain::Locale;

use crate::{
    problem::Answer,
    visit::{Visit, go, remember},
};

/// A wish for another language in the address, with the address that remains without it.
pub(crate) fn wish(uri: &Uri) -> Option<(Locale, String)> {
    let (wishes, rest): (Vec<&str>, Vec<&str>) =
        uri.query()?.split('&').partition(|pair| pair.starts_with("lang="));
    let locale = wishes.last()?.strip_prefix("lang=")?.parse().ok()?;
    let joint = if rest.is_empty() { "" } else { "?" };
    Some((locale, format!("{}{joint}{}", local_path(uri.path()), rest.join("&"))))
}

/// A path that begins with two slashes would lead to another host.
fn local_path(path: &str) -> String {
    format!("/{}", path.trim_start_matches(['/', '\\']))
}

/// A path and query of our own site, or nothing: everything else could lead people away after signing in.
pub(crate) fn local(place: &str) -> Option<&str> {
    let mut letters = place.chars();
    let shaped = letters.next() == Some('/') && !matches!(letters.next(), Some('/' | '\\'));
    let harmless = place.chars().all(|c| !c.is_control() && !c.is_whitespace() && c != '\\');
    (shaped && harmless && place.len() <= 500).then_some(place)
}

/// Shows a page again in another language and remembers it; the signed-in person's messages follow.
pub(crate) async fn switch(visit: &Visit, locale: Locale, place: &str) -> Answer {
    tell_app(visit, locale).await;
    Ok(remember(locale, go(place)?))
}

/// Messages to a signed-in person come in the language that they read pages in. Failing to note it harms nobody.
pub(crate) async fn tell_app(visit: &Visit, locale: Locale) {
    if visit.is_signed_in()
        && let Err(error) = visit.run(qyzmet_app::ChangeLocale { locale }).await
    {
        tracing::warn!(kind = error.kind(), "the language of messages was not noted");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wish_is_taken_out_of_the_address_and_the_place_is_kept() {
        let uri = Uri::from_static("/services?q=a%26b&lang=ru&page=2");
        assert_eq!(wish(&uri), Some((Locale::Ru, "/services?q=a%26b&page=2".to_owned())));
        assert_eq!(wish(&Uri::from_static("/cabinet?lang=en")), Some((Locale::En, "/cabinet".to_owned())));
        assert_eq!(wish(&Uri::from_static("/cabinet?lang=xx")), None);
    }

    #[test]
    fn the_remaining_address_never_leads_to_another_host() {
        assert_eq!(
            wish(&Uri::from_static("//evil.example?lang=ru")).map(|(_, place)| place),
            Some("/evil.example".into())
        );
    }

    #[test]
    fn only_places_of_our_own_site_are_returned_to() {
        assert_eq!(local("/requests/1?page=number"), Some("/requests/1?page=number"));
        for foreign in ["//evil.example", "/\\evil.example", "https://evil.example", "", "/a\r\nb", "cabinet"]
        {
            assert_eq!(local(foreign), None, "{foreign:?}");
        }
    }
}
