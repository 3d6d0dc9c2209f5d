//! An operator revokes the certificate of a visitor who has lost the key: each page of the desk is looked at, and the operator's own
//! key signs in the page.

use fantoccini::Locator;
use xtask::demo::people::Person;

use super::{super::steps::sign, UNIT, officer, work};
use crate::harness::{Browser, OTHER, Portal, Width};

const SERVICE: &str = "nca-revoke-centre";

/// Names service and visitor, after two mistakes; the answer is the case.
async fn start(desk: &Browser, visitor: &Person) -> String {
    desk.press("main a[href='/desk/start']").await;
    desk.find("#iin").await;
    desk.look().await;
    officer::mistake(desk, "service").await;
    desk.press(&format!("[name='service'][value='{SERVICE}']")).await;
    desk.fill("iin", "900101300018").await;
    officer::mistake(desk, "iin").await;
    desk.fill("iin", &visitor.iin).await;
    officer::send(desk).await;
    let place = desk.place().await;
    let case = place.strip_prefix("/desk/").and_then(|rest| rest.strip_suffix("/1"));
    case.expect("the first action").to_owned()
}

/// Goes straight on to the next action of the same case.
async fn next(desk: &Browser, case: &str, action: u32) {
    desk.press(&format!("main a[href='{}']", work(case, action))).await;
    desk.find(&format!("form[action^='{0}/'], a[href^='{0}/']", work(case, action))).await;
    desk.look().await;
}

/// Takes in the papers, and names the certificate and the reason.
async fn take_in(desk: &Browser, case: &str) {
    officer::go(desk, "report").await;
    officer::send(desk).await;
    next(desk, case, 2).await;
    officer::go(desk, "receive").await;
    let boxes = desk.client().find_all(Locator::Css("[name^='paper-']")).await.expect("a page");
    for paper in boxes {
        paper.click().await.expect("ticked");
    }
    officer::send(desk).await;
    next(desk, case, 4).await;
    officer::go(desk, "fill").await;
    officer::mistake(desk, "serial").await;
    desk.press("[name='serial']").await;
    desk.press("[name='reason'][value='key-compromise']").await;
    officer::send(desk).await;
}

async fn is_served(width: Width) {
    let portal = Portal::start();
    let [_, operator, _] = portal.officers(UNIT);
    let visitor = portal.person(OTHER);
    let desk = Browser::open(&portal, width).await;
    officer::sign_in(&desk, &operator).await;
    let case = start(&desk, &visitor).await;
    take_in(&desk, &case).await;
    next(&desk, &case, 6).await;
    officer::go(&desk, "approve").await;
    sign(&desk, &operator).await;
    desk.find("#claims").await;
    desk.look().await;
    assert!(desk.words().await.contains("Бұл әрекет аяқталды"), "{}", desk.words().await);
    desk.close().await;
    let cabinet = Browser::open(&portal, width).await;
    cabinet.sign_in(&visitor).await;
    cabinet.visit(&format!("/requests/{case}/status")).await;
    cabinet.find("main a[href^='/results/']").await;
    cabinet.visit("/cabinet/certificates").await;
    assert!(cabinet.words().await.contains("кері қайтарып алынған"), "{}", cabinet.words().await);
    cabinet.close().await;
}

/// [R839-10.P1, R839-10.P4, R839-10.P5, R839-10.P7]
#[tokio::test]
async fn an_operator_revokes_a_certificate_of_a_visitor() {
    is_served(Width::Wide).await;
}

/// [R839-10.P1, R839-10.P4]
#[tokio::test]
async fn a_visitor_is_served_on_the_smallest_screen_too() {
    is_served(Width::Narrow).await;
}
