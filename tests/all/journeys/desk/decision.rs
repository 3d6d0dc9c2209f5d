//! An officer signs in by EDS, takes a case, asks, decides; a second one approves with the own EDS.

use xtask::demo::people::Person;

use super::{
    super::steps::{sign, sign_with_agent},
    APPROVE, DECIDE, RECEIVE, UNIT, officer, portal, recipient, work,
};
use crate::harness::{Browser, OTHER, Portal, WELL, Width};

/// What the officer asks.
const QUESTION: &str = "Қай үй?";

/// With what the second officer signs.
#[derive(Clone, Copy)]
enum With {
    KeyFile,
    Agent,
}

/// The case beside what is known, the way so far with its clauses, the reckoning of each term.
async fn look_at_case(desk: &Browser, person: &Person) {
    let words = desk.words().await;
    for told in
        ["Астана", &person.iin, "«Жеке тұлғалар»", "Төленген сома", "№ 1116", "Мерзімдердің есептелуі"]
    {
        assert!(words.contains(told), "{told} is not told: {words}");
    }
    assert!(desk.has("a[href$='/request.json']").await && desk.has("a[href$='/request.p7s']").await);
    officer::reckonings(desk).await;
    assert!(
        desk.words().await.contains("бөлімшенің жұмыс сағаттары ғана есептеледі"),
        "the rule of the term"
    );
}

/// The first officer: papers, a question that the recipient answers, a decision.
async fn decide(desk: &Browser, applicant: &Browser, case: &str) {
    officer::receive(desk, case, RECEIVE).await;
    officer::open(desk, case, DECIDE).await;
    officer::take(desk).await;
    officer::go(desk, "ask").await;
    officer::mistake(desk, "question").await;
    desk.fill("question", QUESTION).await;
    officer::send(desk).await;
    officer::reckonings(desk).await;
    assert!(desk.words().await.contains("қазір тоқтап тұр"), "the term rests until the recipient answers");
    recipient::answer(applicant, case, QUESTION).await;
    officer::open(desk, case, DECIDE).await;
    assert!(desk.words().await.contains("Он екінші үй"), "the officer reads the answer");
    officer::go(desk, "decide").await;
    officer::mistake(desk, "verdict").await;
    desk.press("[name='verdict'][value='.granted']").await;
    officer::send(desk).await;
}

/// Whoever has decided is told that a second officer is needed, and cannot sign even when they find the page.
async fn is_barred(desk: &Browser, first: &Person, case: &str) {
    officer::open(desk, case, APPROVE).await;
    assert!(desk.words().await.contains("екінші қызметкер керек"), "{}", desk.words().await);
    assert!(!desk.has("a[href$='/approve']").await, "nothing leads to the signature");
    desk.visit(&format!("{}/approve", work(case, APPROVE))).await;
    sign(desk, first).await;
    desk.find("#signature-error").await;
    desk.look().await;
    assert!(desk.words().await.contains("екінші қызметкер керек"), "{}", desk.words().await);
}

/// The second officer signs in the page, after a key of somebody else was not taken.
async fn approve(portal: &Portal, desk: &Browser, (first, second): (&Person, &Person), with: With) {
    officer::go(desk, "approve").await;
    officer::strange_key(desk, first).await;
    match with {
        With::KeyFile => sign(desk, second).await,
        With::Agent => {
            portal.choose_key(&second.iin);
            sign_with_agent(desk).await;
        }
    }
    desk.find("#claims").await;
    desk.look().await;
    assert!(desk.words().await.contains("Бұл әрекет аяқталды"), "{}", desk.words().await);
}

async fn goes_through_the_desk(width: Width, with: With) {
    let portal = portal();
    let [_, first, second] = portal.officers(UNIT);
    let (person, other) = (portal.person(WELL), portal.person(OTHER));
    let earlier = recipient::ask_and_pay(&portal, &mut portal.signed_in(&other), &other);
    let (desk, applicant) = (Browser::open(&portal, width).await, Browser::open(&portal, width).await);
    officer::sign_in(&desk, &first).await;
    officer::receive(&desk, &earlier, RECEIVE).await;
    applicant.sign_in(&person).await;
    let case = recipient::ask(&applicant, &person).await;
    recipient::pay(&applicant).await;
    officer::open(&desk, &case, RECEIVE).await;
    look_at_case(&desk, &person).await;
    let (least, more) = (work(&case, RECEIVE), work(&earlier, DECIDE));
    assert_eq!(officer::queue(&desk).await, [least, more], "that with the least time left stands first");
    decide(&desk, &applicant, &case).await;
    is_barred(&desk, &first, &case).await;
    desk.close().await;
    let desk = Browser::open(&portal, width).await;
    officer::sign_in(&desk, &second).await;
    officer::open(&desk, &case, APPROVE).await;
    approve(&portal, &desk, (&first, &second), with).await;
    desk.close().await;
    applicant.visit(&format!("/requests/{case}/status")).await;
    applicant.press(".govuk-inset-text a[href^='/results/']").await;
    applicant.find(".qz-result .qz-number__value").await;
    applicant.look().await;
    applicant.visit("/cabinet/data-use").await;
    assert!(
        applicant.words().await.contains("Қызметкер өз ЭЦҚ-сымен бекітті"),
        "the recipient reads who did what"
    );
    applicant.close().await;
}

/// [R839-6.P9, R839-5.15, R1116-7.9, R1116-7.11]
#[tokio::test]
async fn an_officer_decides_and_a_second_one_approves_with_a_key_in_ncalayer() {
    goes_through_the_desk(Width::Wide, With::Agent).await;
}

/// [R839-6.P9, R839-5.15]
#[tokio::test]
async fn the_desk_stands_on_the_smallest_handset_and_a_key_file_approves_there() {
    goes_through_the_desk(Width::Narrow, With::KeyFile).await;
}
