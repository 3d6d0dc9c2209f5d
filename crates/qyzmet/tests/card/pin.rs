//! Where the PIN goes, and what a wrong one costs.

use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, TcpStream},
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use serde_json::json;

use crate::world::{LIBRARY, ORIGIN, PIN, World, card, raw, request};

const WRONG: &str = "999999";
const BUSY: &str = r#"{"error":"busy"}"#;
/// Long enough for a card of software, short enough for a test.
const SOON: Duration = Duration::from_secs(15);

fn wanted() -> serde_json::Value {
    json!({ "profiles": [{ "profile": "sign" }], "language": "ru" })
}

/// [R839-9.P6]
#[test]
fn a_wrong_pin_is_told_as_such_and_nothing_is_made() {
    let Some(mut world) = World::start() else { return };
    let answer = world.ask_with(WRONG, "/keys", &wanted());
    assert_eq!((answer.status, answer.json()), (409, json!({ "error": "pin-refused", "tries": "few" })));
    assert_eq!(world.ask("GET", "/card", "").json()["tries"], "few");
    assert_eq!(world.ask_with("1", "/keys", &wanted()).refusal(), (409, "pin-length".to_owned()));
    assert_eq!(world.ask_with("", "/keys", &wanted()).refusal(), (409, "pin-not-entered".to_owned()));
    assert_eq!(world.count("privkey"), 0);
    assert_eq!(world.ask_with(PIN, "/keys", &wanted()).status, 200);
    let told = world.told();
    assert!(!told.contains(WRONG) && !told.contains(PIN), "a PIN was told to somebody");
    assert!(told.contains("pin-refused"), "the log does not tell what happened");
}

/// [R839-9.P6]
#[test]
fn each_piece_of_work_needs_the_pin_anew() {
    let Some(mut world) = World::start() else { return };
    assert_eq!(world.ask_with(PIN, "/keys", &wanted()).status, 200);
    assert_eq!(world.ask_with(WRONG, "/keys", &wanted()).refusal(), (409, "pin-refused".to_owned()));
    assert_eq!(world.count("privkey"), 1);
}

#[test]
fn a_page_that_goes_away_ends_the_question_and_another_one_may_ask() {
    let Some(mut world) = World::start() else { return };
    let host = world.address.clone();
    let text = request("POST", "/keys", &[("Host", &host), ("Origin", ORIGIN)], &wanted().to_string());
    let (answered, answers) = mpsc::channel();
    let open = || {
        let mut page = TcpStream::connect(&host).unwrap();
        page.write_all(text.as_bytes()).unwrap();
        let (mut read, answered) = (page.try_clone().unwrap(), answered.clone());
        thread::spawn(move || {
            let mut said = String::new();
            read.read_to_string(&mut said).map(|_| answered.send(said))
        });
        page
    };
    let pages = [open(), open()];
    // One of them is at the card and waits for the PIN; the other one is told so at once.
    assert!(answers.recv_timeout(SOON).unwrap().contains(BUSY));
    for page in pages {
        page.shutdown(Shutdown::Both).unwrap();
    }
    assert_eq!(answers.recv_timeout(SOON).unwrap(), "", "the page that has gone away was answered");
    // Until the agent has seen that, it says the same to others. Then it waits for a PIN once more.
    let _page = loop {
        let page = open();
        match answers.recv_timeout(Duration::from_millis(500)) {
            Ok(said) => assert!(said.contains(BUSY), "{said}"),
            Err(_) => break page,
        }
    };
    world.type_in(PIN);
    let said = answers.recv_timeout(SOON).unwrap();
    assert!(said.contains(r#""profile":"sign","request":"MI"#), "{said}");
    assert_eq!(world.count("privkey"), 1, "keys of a page that went away stayed on the card");
}

/// [R839-9.P6]
#[test]
fn the_terminal_asks_in_the_language_of_the_page_and_does_not_show_what_is_typed() {
    let Some(folder) = card() else { return };
    let itself = env!("CARGO_BIN_EXE_qyzmet");
    let command = format!("{itself} card --module {LIBRARY} --listen 127.0.0.1:0 --origin {ORIGIN}");
    let mut terminal = Command::new("script")
        .args(["-qfe", "--echo", "always", "-c", &command, "/dev/null"])
        .env("SOFTHSM2_CONF", folder.path().join("softhsm2.conf"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut keyboard, mut screen) = (terminal.stdin.take().unwrap(), terminal.stdout.take().unwrap());
    let mut seen = String::new();
    read_until(&mut screen, &mut seen, "\n");
    let host = seen.trim().rsplit_once("http://").unwrap().1.to_owned();
    let text = request("POST", "/keys", &[("Host", &host), ("Origin", ORIGIN)], &wanted().to_string());
    let page = thread::spawn(move || raw(&host, &text));
    read_until(&mut screen, &mut seen, "нажмите Enter): ");
    assert!(seen.contains("id-card") && seen.contains("будут созданы ключи"), "{seen}");
    writeln!(keyboard, "{PIN}").unwrap();
    let answer = page.join().unwrap();
    assert_eq!(answer.status, 200, "{}", answer.body);
    terminal.kill().unwrap();
    screen.read_to_string(&mut seen).unwrap();
    terminal.wait().unwrap();
    assert!(!seen.contains(PIN), "{seen}");
}

/// Reads what appears until it ends in the words.
fn read_until(screen: &mut impl std::io::Read, seen: &mut String, words: &str) {
    let mut bytes = std::mem::take(seen).into_bytes();
    let mut byte = [0];
    while !bytes.ends_with(words.as_bytes()) {
        screen.read_exact(&mut byte).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&bytes)));
        bytes.push(byte[0]);
    }
    *seen = String::from_utf8(bytes).unwrap();
}
