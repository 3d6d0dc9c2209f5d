//! The built-in profiles are whole, and a wrong file says where it is wrong.

use super::{HolderKind, KeyRule, NCA, ProfileError, Profiles};

fn changed(from: &str, to: &str) -> ProfileError {
    assert!(NCA.contains(from), "{from}");
    Profiles::parse(&NCA.replacen(from, to, 1), None).err().unwrap()
}

/// Every recipient of order 839 and every service of the authority has a profile.
#[test]
fn nobody_is_without_a_profile() {
    let profiles = Profiles::nca().unwrap();
    for holder in ["person", "organisation", "head", "signatory", "employee", "system"] {
        for purpose in ["sign", "auth", "single"] {
            let profile = profiles.get(&format!("{holder}-{purpose}")).unwrap();
            assert!(profile.takes_email() && profile.storages().next() == Some("pkcs12"), "{}", profile.id());
        }
    }
    for service in ["root", "issuing", "responder", "time-stamp"] {
        assert_eq!(profiles.get(service).unwrap().holder(), HolderKind::Service);
    }
    assert_eq!(profiles.get("king").err(), Some(ProfileError::Unknown("king".to_owned())));
}

/// [R839-5.15]
#[test]
fn the_key_of_an_operator_lies_in_hardware_and_nowhere_else() {
    let operator = Profiles::nca().unwrap().get("operator-sign").unwrap();
    let soft = ["pkcs12", "jks", "cloud"];
    assert!(operator.storages().all(|storage| !soft.contains(&storage)));
    assert_eq!(operator.ekus().last().map(String::as_str), Some("1.2.398.3.3.4.2.3"));
}

#[test]
fn a_deployment_has_everything_below_its_own_arc() {
    let own = Profiles::parse(NCA, Some("1.3.6.1.4.1.99999")).unwrap();
    for profile in own.iter() {
        let rules = profile.rules();
        let own =
            rules.policies.iter().chain(rules.storage.iter().map(|(_, oid)| oid)).chain([&rules.key_storage]);
        assert!(
            own.into_iter().all(|oid| oid.to_string().starts_with("1.3.6.1.4.1.99999.")),
            "{}",
            profile.id()
        );
        assert!(profile.ekus().iter().all(|eku| !eku.starts_with("1.2.398")), "{}", profile.id());
    }
}

#[test]
fn a_wrong_word_is_named_with_its_place() {
    let word = |place, word: &str| ProfileError::Word { place, word: word.to_owned() };
    assert_eq!(changed("\"freshestCRL?\"", "\"newestCRL?\""), word("extensions", "newestCRL"));
    assert_eq!(changed("\"GIVENNAME?\"", "\"GIVENNAME!\""), word("subject", "GIVENNAME!"));
    assert_eq!(changed("\"emailProtection\"", "\"mail\""), word("ekus", "mail"));
    assert_eq!(changed("\"nonRepudiation\"", "\"repudiation\""), word("usage", "repudiation"));
    assert_eq!(changed("\"P-384\", \"RSA-2048\"]", "\"RSA-1024\"]"), word("keys", "RSA-1024"));
    assert_eq!(changed("purpose = \"server\"", "purpose = \"servant\""), word("purpose", "servant"));
    assert_eq!(changed("storage = [\"pkcs12\"", "storage = [\"pkcs13\""), word("storage", "pkcs13"));
    assert_eq!(changed("extensions = \"root\"", "extensions = \"rot\""), word("extensions", "rot"));
    assert_eq!(changed("\".4.1.1\"", "\".4.x\""), ProfileError::Identifier("1.2.398.3.3.4.x".to_owned()));
    assert_eq!(changed("id = \"issuing\"", "id = \"root\""), ProfileError::Twice("root".to_owned()));
    assert!(matches!(changed("years = 25", "yaers = 25"), ProfileError::Form(_)));
    assert!(matches!(changed("holder = \"person\"", "holder = \"persona\""), ProfileError::Form(_)));
    assert_eq!(KeyRule::read("RSA-4096").map(|rule| rule.to_string()).as_deref(), Ok("RSA-4096"));
}

#[test]
fn a_profile_that_contradicts_itself_is_refused() {
    for (from, to) in [
        ("authority = true\n\n[[profile]]\nid = \"issuing\"", "\n[[profile]]\nid = \"issuing\""),
        ("purpose = \"time-stamp\"\nextensions", "purpose = \"authority\"\nextensions"),
        ("\"subjectAltName?\", \"keyStorage\"]", "\"subjectAltName?\"]"),
        ("\"cRLDistributionPoints\", \"freshestCRL?\"", "\"freshestCRL?\""),
        ("\"subjectKeyIdentifier\", ", ""),
        ("policies = []", "policies = [\".2\"]"),
        ("hosts = true", "hosts = false"),
        ("years = 25", "years = 0"),
        ("keys = [\"P-256\", \"P-384\", \"RSA-2048\"]", "keys = []"),
    ] {
        assert!(matches!(changed(from, to), ProfileError::Contradiction { .. }), "{from}");
    }
}
