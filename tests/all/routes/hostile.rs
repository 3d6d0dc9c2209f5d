//! Parameters of addresses that are not what they should be.

use super::{
    ask::Ask,
    expectations::{EXPECTED, Expected},
    site::{Site, Visitor},
};

/// What stands in the place of a parameter.
fn hostile() -> Vec<(&'static str, String)> {
    let fixed = [
        ("nothing of the kind", "nothing-of-the-kind"),
        ("a zero byte", "%00"),
        ("a way up", "..%2f..%2f..%2fetc%2fpasswd"),
        ("a way up, twice encoded", "%252e%252e%252f"),
        ("SQL", "1%27%20OR%20%271%27=%271"),
        ("markup", "%3Cscript%3Ealert(1)%3C%2Fscript%3E"),
        ("a header", "a%0d%0aset-cookie:%20qz-session=1"),
        ("no UTF-8", "%ff%fe"),
        ("letters from right to left", "%E2%80%AE%D7%90"),
        ("a case of nobody", "01890000-0000-7000-8000-000000000001"),
        ("a result of nobody", "KZ-2026-00000000017"),
        ("a number too large", "99999999999999999999999999"),
        ("a template", "%7B%7B7*7%7D%7D"),
    ];
    let long = ("8,000 letters", "a".repeat(8_000));
    fixed.into_iter().map(|(what, value)| (what, value.to_owned())).chain([long]).collect()
}

/// The address of a line with a value in the place of its parameters.
fn at(pattern: &str, value: &str) -> String {
    let parts = pattern.split('/').map(|part| if part.starts_with('{') { value } else { part });
    parts.collect::<Vec<_>>().join("/")
}

fn is_harmless(site: &Site, ask: &Ask<'_>, told: &str, statuses: &[u16]) {
    let reply = site.send(ask);
    assert!(statuses.contains(&reply.status), "{told}: {} {}", reply.status, reply.to());
    assert!(!reply.body.contains("<script>alert"), "{told}: markup comes back as markup");
    assert!(reply.header("set-cookie").is_empty(), "{told}: a header was made");
}

/// [R74-4]
#[test]
fn a_parameter_that_is_nothing_of_the_kind_is_not_found_and_does_no_harm() {
    let site = Site::open();
    let owner: Visitor = site.sign_in(&site.owner);
    // A question to the responder has an answer also when it is none: one that says that it is malformed (RFC 6960, A.1).
    let has_parameter = |line: &&Expected| line.route.contains('{') && !line.route.contains("/pki/ocsp/");
    for line in EXPECTED.iter().filter(has_parameter) {
        let pattern = line.route.split(' ').nth(1).expect("a path");
        for (what, value) in hostile() {
            let mut ask = site.ask(line, Some(&owner));
            ask.at = at(pattern, &value);
            let told = format!("{} with {what}", line.route);
            // What is no text at all cannot be a name of anything: a bad request, or simply not found.
            let no_text: &[u16] = &[400, 404];
            let statuses = if what == "no UTF-8" { no_text } else { &[404] };
            is_harmless(&site, &ask, &told, statuses);
            let mut ask = site.ask(line, None);
            ask.at = at(pattern, &value);
            is_harmless(&site, &ask, &format!("{told}, a stranger"), &[303, 400, 404]);
        }
    }
}
