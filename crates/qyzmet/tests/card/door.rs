//! Who may ask the agent, and what.

use std::process::Command;

use serde_json::json;

use crate::world::{LIBRARY, ORIGIN, PIN, World, raw, request};

/// [R839-9.P6]
#[test]
fn only_pages_of_the_portal_on_this_computer_learn_anything() {
    let Some(mut world) = World::start() else { return };
    let host = world.address.clone();
    let other = "https://evil.example.kz";
    let rebound = ("Host", "card.evil.example.kz");
    for headers in [
        vec![("Host", host.as_str())],
        vec![("Host", &host), ("Origin", other)],
        vec![("Host", &host), ("Origin", "null")],
        vec![("Host", &host), ("Origin", "http://egov.example.kz")],
        vec![("Host", &host), ("Origin", "https://egov.example.kz.evil.kz")],
        vec![("Host", &host), ("Origin", ORIGIN), ("Origin", other)],
        vec![rebound, ("Origin", ORIGIN)],
        vec![rebound, ("Origin", "https://card.evil.example.kz")],
    ] {
        for (method, path) in [("GET", "/card"), ("OPTIONS", "/keys"), ("POST", "/keys"), ("GET", "/")] {
            let answer = raw(&host, &request(method, path, &headers, "{}"));
            assert_eq!((answer.status, answer.body.as_str()), (403, ""), "{headers:?}");
            assert!(!answer.head.contains("access-control"), "{}", answer.head);
        }
    }
    let answer = world.ask("GET", "/card", "");
    assert_eq!(answer.status, 200);
    assert!(answer.head.contains(&format!("access-control-allow-origin: {ORIGIN}\r\n")), "{}", answer.head);
    assert!(answer.head.contains("cache-control: no-store"), "{}", answer.head);
}

#[test]
fn a_browser_is_told_that_the_portal_may_reach_this_computer() {
    let Some(world) = World::start() else { return };
    let host = world.address.clone();
    let asked = [
        ("Host", host.as_str()),
        ("Origin", ORIGIN),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "content-type"),
        ("Access-Control-Request-Private-Network", "true"),
    ];
    let answer = raw(&host, &request("OPTIONS", "/keys", &asked, ""));
    assert_eq!(answer.status, 204);
    for line in [
        "access-control-allow-methods: get, post",
        "access-control-allow-headers: content-type",
        "access-control-allow-private-network: true",
    ] {
        assert!(answer.head.contains(line), "{line} is missing in {}", answer.head);
    }
}

/// [R839-9.P6]
#[test]
fn a_page_can_send_no_pin_and_nothing_else_that_is_not_asked_for() {
    let Some(mut world) = World::start() else { return };
    let many: Vec<_> = (0..9).map(|at| json!({ "profile": format!("sign-{at}") })).collect();
    for (path, body) in [
        ("/keys", json!({ "profiles": [{ "profile": "sign" }], "pin": PIN })),
        ("/keys", json!({ "profiles": [{ "profile": "sign", "pin": PIN }] })),
        ("/keys", json!({ "profiles": [] })),
        ("/keys", json!({ "profiles": many })),
        ("/keys", json!({ "profiles": [{ "profile": "sign" }, { "profile": "sign" }] })),
        ("/keys", json!({ "profiles": [{ "profile": "Sign key" }] })),
        ("/keys", json!({ "profiles": [{ "profile": "sign", "algorithm": "rsa-512" }] })),
        ("/keys", json!({ "profiles": [{ "profile": "sign" }], "iin": "12" })),
        ("/keys", json!("sign")),
        ("/certificates", json!({ "certificates": [] })),
        ("/certificates", json!({ "certificates": ["MAA="] })),
        ("/certificates", json!({ "certificates": ["?"] })),
        ("/certificates", json!({ "certificates": ["A".repeat(70_000)] })),
    ] {
        let answer = world.ask("POST", path, &body.to_string());
        assert_eq!(answer.refusal(), (400, "bad-request".to_owned()), "{body}");
    }
    assert_eq!(world.count("privkey"), 0);
    assert!(!world.told().contains(PIN));
}

#[test]
fn an_agent_that_others_could_reach_or_that_serves_anybody_does_not_begin() {
    for (listen, origin) in
        [("0.0.0.0:0", ORIGIN), ("127.0.0.1:0", "*"), ("127.0.0.1:0", "http://egov.example.kz")]
    {
        let ended = Command::new(env!("CARGO_BIN_EXE_qyzmet"))
            .args(["card", "--module", LIBRARY, "--listen", listen, "--origin", origin])
            .output()
            .unwrap();
        assert!(!ended.status.success(), "{listen} {origin}");
    }
}
