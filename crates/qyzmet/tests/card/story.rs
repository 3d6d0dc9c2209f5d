//! From a blank card to one with keys and certificates, with OpenSSL as the authority and OpenSC as a stranger who looks.

use std::fs;

use base64::{Engine, engine::general_purpose::STANDARD};
use qyzmet_pki::{Certificate, request::Request};
use serde_json::{Value, json};

use crate::world::{PIN, World};

/// Has keys made; gives their requests by profile.
fn make_keys(world: &mut World) -> Vec<(String, Vec<u8>)> {
    let wanted =
        json!({ "profiles": [{ "profile": "sign" }, { "profile": "auth", "algorithm": "ec-p384" }] });
    let answer = world.ask_with(PIN, "/keys", &wanted);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let keys = answer.json()["keys"].as_array().unwrap().clone();
    let text = |key: &Value, name: &str| key[name].as_str().unwrap().to_owned();
    keys.iter().map(|key| (text(key, "profile"), STANDARD.decode(text(key, "request")).unwrap())).collect()
}

/// An authority of OpenSSL certifies the key of a request.
fn certify(world: &World, name: &str, request: &[u8]) -> Vec<u8> {
    if !world.path("ca.pem").exists() {
        world.must(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem \
             -subj /CN=CA -days 30 2>&1",
        );
    }
    fs::write(world.path(name), request).unwrap();
    world.must(&format!(
        "openssl x509 -req -inform DER -in {name} -CA ca.pem -CAkey ca.key -days 9 -set_serial 0x0a{:02x} \
         -subj /CN=HOLDER -outform DER -out {name}.der 2>&1",
        name.len()
    ));
    fs::read(world.path(&format!("{name}.der"))).unwrap()
}

fn given(certificates: &[Vec<u8>]) -> Value {
    json!({ "certificates": certificates.iter().map(|der| STANDARD.encode(der)).collect::<Vec<_>>() })
}

/// [R839-9.P1] [R839-9.P6] [R839-9.P10]
#[test]
fn a_card_gets_its_keys_and_its_certificates_and_gives_them_back() {
    let Some(mut world) = World::start() else { return };
    let blank = world.ask("GET", "/card", "").json();
    let serial = world.must("softhsm2-util --show-slots");
    assert!(serial.contains(blank["serial"].as_str().unwrap()), "the number of the card is not shown");
    assert_eq!((&blank["label"], &blank["certificates"]), (&json!("id-card"), &json!([])));

    let requests = make_keys(&mut world);
    assert_eq!(requests.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["sign", "auth"]);
    for (name, request) in &requests {
        fs::write(world.path("request.der"), request).unwrap();
        let said = world.must("openssl req -inform DER -in request.der -verify -noout 2>&1");
        assert!(said.contains("verify OK"), "{name} {said}");
        assert_eq!(Request::from_der(request).unwrap().claims().iin, None, "registers name the person");
    }
    let keys = world.pkcs11_tool("--list-objects --type privkey");
    assert_eq!(keys.matches("sensitive, always sensitive, never extractable, local").count(), 2, "{keys}");

    let certificates: Vec<_> =
        requests.iter().map(|(name, request)| certify(&world, name, request)).collect();
    let answer = world.ask_with(PIN, "/certificates", &given(&certificates)).json();
    assert_eq!(answer["certificates"], given(&certificates)["certificates"]);
    for ((name, _), der) in requests.iter().zip(&certificates) {
        world.pkcs11_tool(&format!("--read-object --type cert --label {name} -o read.der"));
        assert_eq!(&fs::read(world.path("read.der")).unwrap(), der);
    }
    let shown = world.ask("GET", "/card", "").json()["certificates"].as_array().unwrap().clone();
    let serials: Vec<_> =
        certificates.iter().map(|der| Certificate::from_der(der).unwrap().serial()).collect();
    assert!(serials.iter().all(|serial| shown.iter().any(|one| one["serial"] == **serial)), "{shown:?}");
    assert!(shown.iter().all(|one| one["subject"] == "HOLDER"), "{shown:?}");
    assert!(!world.told().contains(PIN), "the PIN was told to somebody");
}

/// [R839-9.P10]
#[test]
fn certificates_of_another_card_are_not_written_not_even_in_part() {
    let Some(mut world) = World::start() else { return };
    let own = make_keys(&mut world).remove(0).1;
    world.must("openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout o.key -subj /CN=O -outform DER -out o.der");
    let foreign = fs::read(world.path("o.der")).unwrap();
    let both = [certify(&world, "own", &own), certify(&world, "foreign", &foreign)];
    let refusal = world.ask_with(PIN, "/certificates", &given(&both)).refusal();
    assert_eq!(refusal, (409, "no-key".to_owned()));
    assert_eq!(world.count("cert"), 0);
    let answer = world.ask_with(PIN, "/certificates", &given(&both[..1]));
    assert_eq!((answer.status, world.count("cert")), (200, 1), "{}", answer.body);
}

#[test]
fn without_a_card_nobody_is_asked_for_a_pin() {
    let Some(mut world) = World::start_with(&["--label", "another card"]) else { return };
    assert_eq!(world.ask("GET", "/card", "").refusal(), (409, "no-card".to_owned()));
    let wanted = r#"{"profiles":[{"profile":"sign"}]}"#;
    assert_eq!(world.ask("POST", "/keys", wanted).refusal(), (409, "no-card".to_owned()));
}
