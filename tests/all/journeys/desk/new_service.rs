//! Somebody follows `docs/how-to/add-a-service.md`: a folder from a template, its places filled in, published into a portal
//! that runs, and asked for by a person.

use std::{fs, path::Path};

use xtask::{
    shell,
    walk::client::{Client, Page},
};

use super::recipient::{ask_for, case_of, pay_for, wait};
use crate::harness::{Portal, WELL, validate};

/// What the how-to says of each place in `service.toml`.
const FACTS: [(&str, &str); 4] = [
    ("act        = \"\"", "act        = \"1116-2010\""),
    ("owner      = \"\"", "owner      = \"mdai\""),
    ("contacts   = []", "contacts   = [\"1414\"]"),
    ("register = \"\"", "register = \"archive\""),
];

/// Fills every place that the template leaves open.
fn fill_in(folder: &Path) {
    for locale in ["kk", "ru", "en"] {
        change(&folder.join(format!("text.{locale}.toml")), &[("= \"\"", "= \"Бақша жері\"")]);
    }
    change(&folder.join("service.toml"), &FACTS);
}

fn change(file: &Path, changes: &[(&str, &str)]) {
    let text = fs::read_to_string(file).expect("a file of the template");
    for (open, _) in changes {
        assert!(text.contains(open), "{} has no place {open}", file.display());
    }
    let text = changes.iter().fold(text, |text, (open, filled)| text.replace(open, filled));
    fs::write(file, text).expect("filled in");
}

/// From the template to a service in the running portal.
fn publish(portal: &Portal, template: &str) {
    let services = portal.world.folder.join("try").display().to_string();
    let folder = Path::new(&services).join("my-service");
    let run = |arguments: &[&str]| shell::output(&mut portal.world.command(arguments));
    run(&["new-service", "my-service", "--template", template, "--services", &services]).expect("begun");
    let path = folder.display().to_string();
    run(&["check", &path]).expect_err("places are open");
    fill_in(&folder);
    run(&["check", &path, "--examples"]).expect("no findings, and the examples go their ways");
    portal.world.run(&["publish", &path]).expect("published");
}

/// Asks for the new service once the portal knows it.
fn ask(portal: &Portal, client: &mut Client) -> Page {
    let person = portal.person(WELL);
    wait(client, "/services/my-service", "/start");
    ask_for(portal, client, &person, "/services/my-service")
}

/// [R1116-6.1]
#[test]
fn a_service_after_the_template_of_the_fully_automated_one_gives_its_result() {
    let portal = Portal::start();
    publish(&portal, "full");
    let mut client = portal.signed_in(&portal.person(WELL));
    let case = case_of(&ask(&portal, &mut client).at);
    wait(&mut client, &format!("/requests/{case}/status"), "/results/");
    validate(&client.history);
}

/// [R1116-7.1, R1116-7.11]
#[test]
fn a_service_after_the_template_with_a_fee_and_a_decision_gives_its_result() {
    let portal = Portal::start();
    publish(&portal, "partial");
    let mut client = portal.signed_in(&portal.person(WELL));
    let unpaid = ask(&portal, &mut client);
    let case = pay_for(&mut client, &unpaid);
    let [head, _, _] = portal.officers("provider");
    let mut desk = portal.signed_in(&head);
    let work = wait(&mut desk, &format!("/desk/{case}/8"), "/decide");
    let page = desk.get(&format!("{}/decide", work.at)).expect("the form");
    let form = page.form("verdict").expect("the form").with("verdict", ".granted");
    desk.submit(&page, &form, None).expect("decided");
    wait(&mut client, &format!("/requests/{case}/status"), "/results/");
    validate(&client.history);
}
