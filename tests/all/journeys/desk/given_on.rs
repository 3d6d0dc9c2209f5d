//! The head gives work from one officer to another with a reason, and the other one refuses on a ground of the list.

use super::{DECIDE, RECEIVE, UNIT, officer, portal, recipient, work};
use crate::harness::{Browser, WELL, Width};

/// [R1116-7.12]
#[tokio::test]
async fn work_that_was_given_on_with_a_reason_is_decided_by_whom_it_was_given_to() {
    let portal = portal();
    let [head, first, second] = portal.officers(UNIT);
    let person = portal.person(WELL);
    let case = recipient::ask_and_pay(&portal, &mut portal.signed_in(&person), &person);
    let desk = Browser::open(&portal, Width::Wide).await;
    officer::sign_in(&desk, &first).await;
    officer::receive(&desk, &case, RECEIVE).await;
    officer::open(&desk, &case, DECIDE).await;
    officer::take(&desk).await;
    let of_head = Browser::open(&portal, Width::Narrow).await;
    officer::sign_in(&of_head, &head).await;
    officer::open(&of_head, &case, DECIDE).await;
    assert!(of_head.words().await.contains(&first.name), "the head sees whose it is");
    assert!(!of_head.has("a[href$='/decide']").await, "another officer's work is not decided");
    officer::go(&of_head, "assign").await;
    let choice = of_head.find("#to").await;
    choice.select_by_label(&second.name).await.expect("chosen");
    officer::mistake(&of_head, "reason").await;
    of_head.fill("reason", "Демалысқа шықты").await;
    officer::send(&of_head).await;
    assert!(of_head.words().await.contains(&second.name), "the head sees to whom it went");
    of_head.close().await;
    desk.visit(&work(&case, DECIDE)).await;
    assert!(!desk.has("a[href$='/decide']").await, "it is no longer the first officer's");
    desk.close().await;
    let desk = Browser::open(&portal, Width::Wide).await;
    officer::sign_in(&desk, &second).await;
    officer::open(&desk, &case, DECIDE).await;
    let words = desk.words().await;
    assert!(
        words.contains("Сізге берілген") && words.contains("Демалысқа шықты"),
        "the reason stays: {words}"
    );
    officer::go(&desk, "decide").await;
    desk.press("[name='verdict'][value='mismatch']").await;
    officer::mistake(&desk, "finding").await;
    desk.fill("finding", "Мекенжай табылмады").await;
    officer::send(&desk).await;
    desk.close().await;
    let reader = Browser::open(&portal, Width::Narrow).await;
    reader.sign_in(&person).await;
    reader.visit(&format!("/requests/{case}")).await;
    let words = reader.words().await;
    assert!(
        words.contains("Мәлімет шындыққа сәйкес емес") && words.contains("Мекенжай табылмады"),
        "{words}"
    );
    reader.close().await;
}
