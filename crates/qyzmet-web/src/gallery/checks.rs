//! What is looked over on a page without a browser; validators and axe look at the same pages in the journeys.

use std::collections::BTreeSet;

use qyzmet_domain::Locale;

/// Fails with the name of the page when something is wrong with it.
pub(super) fn look_over(name: &str, locale: Locale, html: &str) {
    assert!(
        html.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{locale}\"")),
        "{name}: begins with its language"
    );
    assert_eq!(html.matches("<h1").count(), 1, "{name}: one first heading");
    assert_eq!(html.matches("<main").count(), 1, "{name}: one main part");
    assert!(!html.contains(" style=") && !html.contains("<script>"), "{name}: nothing inline");
    ids(name, html);
    forms(name, html);
    leftovers(name, html);
    headings(name, html);
}

fn values<'a>(html: &'a str, opening: &str) -> Vec<&'a str> {
    html.split(opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn ids(name: &str, html: &str) {
    let ids = values(html, " id=\"");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "{name}: an id stands twice: {ids:?}");
    for label in values(html, " for=\"") {
        assert!(known.contains(label), "{name}: a label for nothing: {label}");
    }
    for described in values(html, " aria-describedby=\"").into_iter().flat_map(str::split_whitespace) {
        assert!(known.contains(described), "{name}: described by nothing: {described}");
    }
    for target in values(html, " href=\"#").into_iter() {
        assert!(known.contains(target), "{name}: a link to nowhere: #{target}");
    }
    for form in values(html, " form=\"") {
        assert!(known.contains(form), "{name}: a button of no form: {form}");
    }
}

fn forms(name: &str, html: &str) {
    let posts = html.matches("<form method=\"post\"").count();
    assert_eq!(
        posts,
        html.matches("name=\"csrf\" value=\"token\"").count(),
        "{name}: each form has its token"
    );
}

/// A key that has no text shows itself: Latin words joined by hyphens between tags.
fn leftovers(name: &str, html: &str) {
    for text in html.split('>').skip(1).filter_map(|rest| rest.split('<').next()) {
        let shaped = text.contains('-') && text.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(!shaped, "{name}: a key without a text: {text}");
    }
}

/// Headings go down one level at a time.
fn headings(name: &str, html: &str) {
    let mut last = 1;
    for level in html.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10)) {
        assert!(level <= last + 1, "{name}: a heading of level {level} after one of level {last}");
        last = level;
    }
}
