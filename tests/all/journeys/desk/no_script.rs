//! The desk without scripts, in three languages, with every page checked as HTML and the approval signed by OpenSSL.

use xtask::{
    demo::people::Person,
    walk::client::{Client, Page, Upload},
};

use super::{
    APPROVE, DECIDE, RECEIVE, UNIT, officer, portal,
    recipient::{self, sign_bytes, wait},
    work,
};
use crate::harness::{Portal, WELL, validate};

/// Sends the form of a piece of work twice: with its mistake, which comes back, and as it should be.
fn send(client: &mut Client, address: &str, wrong: (&str, &str), right: (&str, &str)) -> Page {
    let page = client.get(address).expect("the form");
    let form = page.form("visit").expect("the form").with(wrong.0, wrong.1);
    let again = client.send(&page, &form, None).expect("an answer");
    assert!(again.text().contains("govuk-error-summary"), "{address} tells the mistake");
    let form = again.form("visit").expect("the form again").with(right.0, right.1);
    client.submit(&again, &form, None).expect("taken")
}

/// Downloads exactly what is to be signed, signs it elsewhere, uploads the signature.
fn approve(portal: &Portal, client: &mut Client, officer: &Person, case: &str) -> Page {
    let page = client.get(&format!("{}/approve", work(case, APPROVE))).expect("the page");
    let bytes = client.get(&page.link("decision.json").expect("a link")).expect("the decision").bytes;
    let signature = sign_bytes(portal, officer, &bytes);
    let form = page.form("signature").expect("the form");
    let upload = Upload { field: "signature", file: "decision.p7s", bytes: &signature };
    client.send(&page, &form, Some(upload)).expect("an answer")
}

/// Every page of a piece of work in every language.
fn leaf_through(client: &mut Client, address: &str, forms: &[&str]) {
    for language in ["kk", "ru", "en"] {
        client.get(&format!("/desk?lang={language}")).expect("the queue");
        let page = client.get(address).expect("the work");
        assert!(page.text().contains(&format!("<html lang=\"{language}\"")), "the language is kept");
        for form in forms {
            client.get(&format!("{address}/{form}")).expect("a form");
        }
    }
    client.get("/desk?lang=kk").expect("the queue");
}

/// [R839-6.P9, R839-5.15, R1116-7.11]
#[test]
fn the_desk_decides_and_approves_without_scripts_by_an_uploaded_signature() {
    let portal = portal();
    let [_, first, second] = portal.officers(UNIT);
    let person = portal.person(WELL);
    let mut recipient = portal.signed_in(&person);
    let case = recipient::ask_and_pay(&portal, &mut recipient, &person);
    let mut desk = portal.signed_in(&first);
    wait(&mut desk, &work(&case, RECEIVE), "/receive");
    leaf_through(&mut desk, &work(&case, RECEIVE), &["receive", "assign"]);
    officer::receive_without_scripts(&mut desk, &case);
    leaf_through(&mut desk, &work(&case, DECIDE), &["decide", "ask", "assign"]);
    send(&mut desk, &format!("{}/ask", work(&case, DECIDE)), ("question", ""), ("question", "Қай үй?"));
    let asked = recipient.get(&format!("/requests/{case}")).expect("the question");
    let form = asked.form("answer").expect("the form").with("answer", "Он екінші");
    recipient.submit(&asked, &form, None).expect("answered");
    send(&mut desk, &format!("{}/decide", work(&case, DECIDE)), ("verdict", ""), ("verdict", ".granted"));
    leaf_through(&mut desk, &work(&case, APPROVE), &["approve"]);
    let same = approve(&portal, &mut desk, &first, &case);
    assert_eq!(same.status, 422, "the officer who decided is not the second one");
    let mut other = portal.signed_in(&second);
    let page = other.get(&format!("{}/approve", work(&case, APPROVE))).expect("the page");
    let nothing = other.send(&page, &page.form("signature").expect("the form"), None).expect("an answer");
    assert_eq!(nothing.status, 422, "no signature approves nothing");
    assert_eq!(approve(&portal, &mut other, &second, &case).status, 200);
    let ended = wait(&mut recipient, &format!("/requests/{case}/status"), "/results/");
    recipient.get(&ended.link("/results/").expect("a result")).expect("the result");
    for client in [desk, other, recipient] {
        validate(&client.history);
    }
}

/// [R74-3.1]
#[test]
fn the_calendar_is_amended_without_scripts_and_comes_back_with_what_was_typed() {
    let portal = portal();
    let [administrator, _, _] = portal.officers(UNIT);
    let mut client = portal.signed_in(&administrator);
    for language in ["ru", "en", "kk"] {
        client.get(&format!("/desk/calendar?lang={language}")).expect("the calendar");
    }
    let page = client.get("/desk/calendar").expect("the calendar");
    let form = page.form("day").expect("the form").with("day", "2026-12-08").with("kind", "working");
    let again = client.send(&page, &form, None).expect("an answer");
    let form = again.form("day").expect("the form again");
    for kept in [("day", "2026-12-08"), ("kind", "working")] {
        assert!(form.fields.contains(&(kept.0.to_owned(), kept.1.to_owned())), "{} stands", kept.0);
    }
    let form = form.with("kind", "free").with("reason", "Үкіметтің қаулысы");
    let amended = client.submit(&again, &form, None).expect("amended");
    assert!(amended.text().contains("2026 жылғы 8 желтоқсан"), "the amendment is listed");
    validate(&client.history);
}
