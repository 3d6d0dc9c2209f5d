//! Every address of the site, asked over real HTTP by everybody who may not, and in every way that is not meant.
//!
//! Programs have no address of their own, and what officers may do at the desk is told in `stories/desk`: the callers that
//! have no session here are tried against the use cases themselves in `stories/access.rs`.

mod ask;
mod expectations;
mod hostile;
mod site;

use std::collections::BTreeSet;

use ask::Reply;
use expectations::{EXPECTED, Expected, Gets};
use qyzmet_web::routes::TABLE;
use site::{Site, Visitor};

#[test]
fn every_address_has_its_line_here_and_no_line_is_about_an_address_that_is_gone() {
    let table: BTreeSet<String> =
        TABLE.iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    let expected: BTreeSet<String> = EXPECTED.iter().map(|line| line.route.to_owned()).collect();
    assert_eq!(expected.len(), EXPECTED.len(), "an address stands here twice");
    let missing: Vec<_> = table.symmetric_difference(&expected).collect();
    assert!(missing.is_empty(), "in one of the two tables only: {missing:#?}");
}

fn line(route: &str) -> &'static Expected {
    EXPECTED.iter().find(|line| line.route == route).expect("a line")
}

fn check(line: &Expected, who: &str, (place, gets): (&str, Gets), reply: &Reply) {
    let (route, status, to) = (line.route, reply.status, reply.to());
    let told = || format!("{route} as {who}: {status} {to}, expected {gets:?}");
    match gets {
        Gets::Page => assert_eq!(status, 200, "{}", told()),
        Gets::Status(expected) => assert_eq!(status, expected, "{}", told()),
        Gets::NotFound => assert_eq!(status, 404, "{}", told()),
        Gets::On(start) => assert!(status == 303 && to.starts_with(start), "{}", told()),
        Gets::SignIn => {
            let expected = format!("/sign-in?next={place}");
            assert!(status == 303 && to == expected, "{}", told());
        }
    }
    assert!(!reply.header("content-security-policy").is_empty(), "{route}: headers for {who}");
}

/// A line that ends the session is tried with one of its own.
fn try_as(site: &Site, line: &Expected, who: &str, visitor: Option<&Visitor>, gets: Gets) -> Reply {
    let ends = line.route == "POST /sign-out";
    let fresh = visitor.filter(|_| ends).map(|_| site.sign_in(&site.other));
    let ask = site.ask(line, fresh.as_ref().or(visitor));
    let reply = site.send(&ask);
    check(line, who, (&ask.at, gets), &reply);
    reply
}

/// [R58-5.1, R74-4]
#[test]
fn an_address_gives_what_it_has_to_its_owner_only_and_hides_it_from_everybody_else() {
    let site = Site::open();
    let (owner, other) = (site.sign_in(&site.owner), site.sign_in(&site.other));
    let rubbish = Visitor { cookies: "qz-session=00ff".to_owned(), token: String::new() };
    for line in EXPECTED {
        let asked = site.name(line.at);
        let stranger = try_as(&site, line, "a stranger", None, line.stranger);
        let nobody = try_as(&site, line, "a session that is none", Some(&rubbish), line.stranger);
        let other = try_as(&site, line, "another person", Some(&other), line.other);
        // A page may repeat the address that was asked for, and nothing else of the owner.
        for secret in site.secrets().iter().filter(|secret| !asked.contains(secret.as_str())) {
            for reply in [&stranger, &nobody, &other] {
                assert!(!reply.body.contains(secret.as_str()), "{} tells of {secret}", line.route);
            }
        }
    }
    for line in EXPECTED {
        try_as(&site, line, "the owner", Some(&owner), line.owner);
    }
    let waiting = site.send(&site.ask(line("GET /requests/{case}/document.json"), Some(&owner)));
    assert_eq!(waiting.status, 200, "a code without the signature has accepted nothing");
}

/// [R74-4]
#[test]
fn a_form_without_the_token_of_its_session_or_from_another_site_is_not_taken() {
    let site = Site::open();
    let (owner, other) = (site.sign_in(&site.owner), site.sign_in(&site.other));
    // Questions to the authority are no forms: programs send them, nobody is signed in, and nothing is changed by them.
    let is_form = |line: &&Expected| line.route.starts_with("POST") && !line.route.starts_with("POST /pki/");
    for line in EXPECTED.iter().filter(is_form) {
        let ask = site.ask(line, Some(&owner));
        let mut without = ask.clone();
        without.fields.retain(|(name, _)| name != "csrf");
        let mut foreign = ask.clone();
        foreign.fields.retain(|(name, _)| name != "csrf");
        foreign.fields.push(("csrf".to_owned(), other.token.clone()));
        let mut elsewhere = ask.clone();
        elsewhere.origin = Some("https://evil.example");
        let mut nobody = site.ask(line, None);
        nobody.origin = Some("https://evil.example");
        // The desk is not there for whoever is no officer, whatever their form carries. Where a form comes from is seen first.
        let untrue = if matches!(line.owner, Gets::NotFound) { 404 } else { 403 };
        for (how, ask, expected) in [
            ("without", &without, untrue),
            ("foreign", &foreign, untrue),
            ("elsewhere", &elsewhere, 403),
            ("nobody", &nobody, 403),
        ] {
            assert_eq!(site.send(ask).status, expected, "{} {how}", line.route);
        }
    }
    assert_eq!(
        site.send(&site.ask(line("GET /cabinet"), Some(&owner))).status,
        200,
        "not even the session was ended"
    );
}

/// An officer's form is refused for its token before anybody looks whether there is such work.
///
/// [R74-4]
#[test]
fn a_form_of_the_desk_without_the_token_of_the_officers_session_is_not_taken() {
    let site = Site::open();
    let [_, officer, other] = site.portal.officers("operator").map(|officer| site.sign_in(&officer));
    let desk = |line: &&Expected| line.route.starts_with("POST /desk");
    let lines: Vec<_> = EXPECTED.iter().filter(desk).collect();
    assert!(!lines.is_empty());
    for line in lines {
        let ask = site.ask(line, Some(&officer));
        // The desk of operators, and the page on which work begins, stand for no single piece of work.
        let of_none = ["POST /desk/operators", "POST /desk/start"];
        if !of_none.iter().any(|begin| line.route.starts_with(begin)) {
            assert_eq!(site.send(&ask).status, 404, "{}: work of nobody's desk", line.route);
        }
        let mut without = ask.clone();
        without.fields.retain(|(name, _)| name != "csrf");
        let mut foreign = without.clone();
        foreign.fields.push(("csrf".to_owned(), other.token.clone()));
        for (how, ask) in [("without", without), ("foreign", foreign)] {
            assert_eq!(site.send(&ask).status, 403, "{} {how}", line.route);
        }
    }
}

/// [R74-4]
#[test]
fn a_method_that_an_address_does_not_know_is_refused_and_head_is_get_without_a_body() {
    let site = Site::open();
    let owner = site.sign_in(&site.owner);
    for line in EXPECTED.iter().filter(|line| line.route.starts_with("GET")) {
        let path = line.route.trim_start_matches("GET ");
        let takes_forms = TABLE.iter().any(|route| route.method == "POST" && route.path == path);
        let mut ask = site.ask(line, Some(&owner));
        for method in ["PUT", "PATCH", "DELETE", "OPTIONS", "POST"] {
            if method == "POST" && takes_forms {
                continue;
            }
            ask.method = method;
            let reply = site.send(&ask);
            assert_eq!(reply.status, 405, "{method} {path}");
            assert!(reply.header("allow").contains("GET"), "{method} {path}: {}", reply.header("allow"));
        }
        ask.method = "GET";
        let whole = site.send(&ask);
        ask.method = "HEAD";
        let head = site.send(&ask);
        assert_eq!((head.status, head.body.as_str()), (whole.status, ""), "HEAD {path}");
        assert_eq!(head.to(), whole.to(), "HEAD {path}");
    }
}
