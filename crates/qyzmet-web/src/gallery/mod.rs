//! Every page in every language from sample views: drawn whole, and looked over for what can go wrong in markup.
//!
//! `QYZMET_GALLERY=folder` keeps the pages, so that people and validators can look at them.

mod authority;
mod checks;
mod desk;
mod operators;
mod pki;
mod samples;

use std::path::PathBuf;

use askama::Template;
use jiff::Timestamp;
use qyzmet_app::{LatePaymentView, RequestView, StepView, VerificationOutcome};
use qyzmet_domain::Locale;

use crate::{errors::Errors, frame::Frame, screens, words};

/// Draws all pages in one language: name and HTML.
fn pages(locale: Locale) -> Vec<(&'static str, String)> {
    let mut pages = Vec::new();
    pages.extend(public(locale));
    pages.extend(own(locale));
    pages.extend(requests(locale));
    pages.extend(desk::pages(locale));
    pages.extend(pki::pages(locale));
    pages.extend(authority::pages(locale));
    pages.extend(operators::pages(locale));
    pages
}

fn frame(locale: Locale, key: &str) -> Frame {
    let title = words::text(locale, key).to_owned();
    Frame::new(locale, title.into(), Some("token".into()))
        .at("/somewhere?a=b")
        .with_notice(Some("23:00–01:00".into()))
}

fn draw(template: impl Template) -> String {
    template.render().unwrap()
}

fn wrong(fields: &[&str]) -> Errors {
    fields.iter().fold(Errors::default(), |errors, field| errors.and_text(field, "Қате мәтіні".into()))
}

fn public(locale: Locale) -> Vec<(&'static str, String)> {
    use screens::{about, home, services, sign_in, verify};
    let f = |key: &str| frame(locale, key);
    let verdict = |outcome, word, look, reason| {
        let view = samples::verification(outcome, reason);
        draw(verify::verdict::Verdict { f: f("verify-title"), view, word, look })
    };
    let aim = |again| sign_in::Aim { next: "/cabinet?a=\"b".into(), again };
    let choose =
        |key: &str, again| draw(sign_in::choose::Choose { f: f(key), aim: aim(again), demo: !again });
    let password = |errors: Errors| {
        let f = f("sign-in-password-title").with_form("sign-in").with_error(!errors.is_empty());
        draw(sign_in::password::Password { f, aim: aim(false), login: "a\"<b>".into(), errors })
    };
    let eds = |errors: Errors| {
        let f = f("sign-in-eds-title").with_form("signing");
        let agent = "wss://127.0.0.1:13579".to_owned();
        let challenge = "c1".to_owned();
        draw(sign_in::eds::Eds { f, aim: aim(true), challenge, content: "AAAA".into(), agent, errors })
    };
    let regulation = |current| {
        let view = samples::regulation_page(locale, current);
        draw(services::regulation::Regulation { f: f("regulation-title"), view })
    };
    let list = |query: &str, services| {
        draw(services::list::List { f: f("services-title"), query: query.into(), services })
    };
    vec![
        ("home", draw(home::Home { f: f("home-title"), query: String::new(), services: samples::cards() })),
        ("services", list("нөмір", samples::cards())),
        ("services-none", list("жоқ", vec![])),
        (
            "service",
            draw(services::service::Service { f: f("services-title"), view: samples::service_page() }),
        ),
        ("regulation", regulation(true)),
        ("regulation-other", regulation(false)),
        ("sign-in", choose("sign-in-title", false)),
        ("sign-in-again", choose("sign-in-again-title", true)),
        ("password", password(Errors::default())),
        ("password-wrong", password(wrong(&["login", "password"]))),
        ("eds", eds(Errors::default())),
        ("eds-wrong", eds(wrong(&["signature"]))),
        ("signed-out", draw(sign_in::out::Ended { f: f("signed-out-title") })),
        (
            "verify",
            draw(verify::ask::Ask { f: f("verify-title"), number: String::new(), errors: Errors::default() }),
        ),
        (
            "verify-wrong",
            draw(verify::ask::Ask { f: f("verify-title"), number: "?".into(), errors: wrong(&["number"]) }),
        ),
        ("valid", verdict(VerificationOutcome::Valid, "valid", "valid", None)),
        ("invalid", verdict(VerificationOutcome::Invalid, "invalid", "invalid", Some("revoked"))),
        (
            "undetermined",
            verdict(VerificationOutcome::Undetermined, "undetermined", "unknown", Some("undetermined")),
        ),
        ("unknown", verdict(VerificationOutcome::Unknown, "unknown", "unknown", None)),
        (
            "privacy",
            draw(about::Text { f: f("privacy-title"), paragraphs: &["privacy-what", "privacy-cookies"] }),
        ),
    ]
}

fn own(locale: Locale) -> Vec<(&'static str, String)> {
    use screens::{cabinet, requests, results};
    let f = |key: &str| frame(locale, key).signed_in(Some(1500), Timestamp::UNIX_EPOCH);
    let result =
        |refusal| draw(results::ResultPage { f: f("results-title"), view: samples::result(refusal) });
    let overview =
        |empty| draw(cabinet::overview::Overview { f: f("cabinet-title"), view: samples::cabinet(empty) });
    let certificates =
        |certificates| draw(cabinet::certificates::Certificates { f: f("certificates-title"), certificates });
    let uses = |uses| draw(cabinet::data_use::Uses { f: f("data-use-title"), uses, older: Some("1".into()) });
    vec![
        ("cabinet", overview(false)),
        ("cabinet-empty", overview(true)),
        ("certificates", certificates(samples::certificates())),
        ("certificates-none", certificates(Vec::new())),
        ("certificates-ending", {
            let f = f("certificates-title").with_ending(samples::ending(true));
            draw(cabinet::certificates::Certificates { f, certificates: samples::certificates() })
        }),
        ("cabinet-ending", {
            let f = f("cabinet-title").with_ending(samples::ending(false));
            draw(cabinet::overview::Overview { f, view: samples::cabinet(false) })
        }),
        ("profile", draw(cabinet::profile::Profile { f: f("profile-title"), view: samples::profile() })),
        ("data-use", uses(samples::uses())),
        ("data-use-none", uses(vec![])),
        (
            "requests",
            draw(requests::list::List { f: f("requests-title"), requests: samples::request_cards() }),
        ),
        ("result", result(None)),
        ("result-refused", result(Some(samples::refusal()))),
    ]
}

fn requests(locale: Locale) -> Vec<(&'static str, String)> {
    use screens::requests::{confirm::Confirm, done::Done, fill::Fill, refused::Refused, status::Status};
    let f = |key: &str| frame(locale, key).signed_in(Some(1500), Timestamp::UNIX_EPOCH);
    let fill = |errors: Errors| {
        let f = f("requests-title").with_form("form").with_error(!errors.is_empty());
        draw(Fill { f, case: samples::case(), service: samples::TITLE.into(), form: samples::form(), errors })
    };
    let confirm = |errors: Errors| {
        draw(Confirm {
            f: f("confirm-title").with_form("signing").with_error(!errors.is_empty()),
            case: samples::case(),
            service: samples::TITLE.into(),
            view: samples::confirm(),
            needs_code: true,
            needs_signature: true,
            either: true,
            resend_in: 42,
            typed: String::new(),
            agent: "wss://127.0.0.1:13579".into(),
            errors,
        })
    };
    let status = |step| draw(Status { f: f("status-title"), view: samples::request(step) });
    let refused = |late, fee_rejected| Refused {
        f: f("refused-title"),
        service: samples::service(),
        title: samples::TITLE.into(),
        timeline: samples::timeline(),
        refusal: samples::refusal(),
        late,
        fee_rejected,
    };
    let late =
        |refund: Option<&str>| Some(LatePaymentView { amount: 1_966, refund: refund.map(str::to_owned) });
    let finished = StepView::Finished {
        outcome: "x".into(),
        text: "Нөмір қосылмады".into(),
        clause: Some("58-2016:9".into()),
    };
    vec![
        ("fill", fill(Errors::default())),
        ("fill-wrong", fill(wrong(&["number", "consent", "keys", "more"]))),
        ("confirm", confirm(Errors::default())),
        ("confirm-wrong", confirm(wrong(&["code", "signature"]))),
        (
            "done",
            draw(Done {
                f: f("done-title"),
                view: samples::request(StepView::Running { delayed: false }),
                qr: screens::verify::qr::picture("http://127.0.0.1:8080/requests/1/status"),
            }),
        ),
        ("status-running", status(StepView::Running { delayed: true })),
        ("status-members", {
            let members = samples::request_cards();
            let view = RequestView { members, ..samples::request(StepView::Running { delayed: false }) };
            draw(Status { f: f("status-title"), view })
        }),
        ("status-issued", status(StepView::Issued { number: "SN-1".into() })),
        ("status-refused", status(StepView::Refused(samples::refusal()))),
        ("status-finished", status(finished)),
        ("status-form", status(StepView::Form(samples::form()))),
        ("refused", draw(refused(None, false))),
        ("refused-paid-late", draw(refused(late(None), false))),
        ("refused-given-back", draw(refused(late(Some("RF-1")), false))),
        ("refused-fee-rejected", draw(refused(None, true))),
    ]
}

#[test]
fn every_page_is_drawn_soundly_in_every_language() {
    for locale in Locale::ALL {
        for (name, html) in pages(locale) {
            if let Some(folder) = std::env::var_os("QYZMET_GALLERY") {
                let folder = PathBuf::from(folder).join(locale.as_str());
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(folder.join(format!("{name}.html")), &html).unwrap();
            }
            checks::look_over(&format!("{locale}/{name}"), locale, &html);
        }
    }
}

#[test]
fn what_people_typed_cannot_become_markup() {
    let pages = pages(Locale::Kk);
    let html = |name: &str| pages.iter().find(|(other, _)| *other == name).unwrap().1.clone();
    assert!(html("password").contains("a&#34;&#60;b&#62;"));
    assert!(html("fill").contains("8 701 &#60;b&#62;"));
}
