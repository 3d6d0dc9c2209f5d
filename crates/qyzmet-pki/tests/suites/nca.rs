//! Real certificates, lists and signatures of the National Certification Authority.

use std::fs;

use qyzmet_pki::{
    Certificate, Invalid, PathRules, Purpose, Revocation, Role, Trust, Verdict,
    cms::{self, Expect},
};

use crate::support::{at, samples};

fn certificate(name: &str) -> Certificate {
    let path = samples("nca").unwrap().join(name);
    Certificate::from_der(&fs::read(path).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn file(name: &str) -> Vec<u8> {
    fs::read(samples("nca").unwrap().join(name)).unwrap()
}

fn trust(revocation: Revocation) -> Trust {
    let roots = ["ca-test-root-rsa-2018.cer", "ca-prod-root-rsa-2015.cer", "ca-test-root-rsa-2020.cer"];
    let issuing = ["ca-test-nca-rsa-2019.cer", "ca-prod-nca-rsa-2018.cer", "ca-test-nca-rsa-2023.cer"];
    let trust = Trust::new(roots.map(certificate).to_vec(), issuing.map(certificate).to_vec());
    trust.with_rules(PathRules { revocation, ..PathRules::default() })
}

#[test]
fn every_real_certificate_is_read_gost_included() {
    let Some(folder) = samples("nca") else { return };
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names: Vec<String> = names.filter(|name| name.ends_with(".cer")).collect();
    assert_eq!(names.len(), 21);
    for name in names {
        assert_eq!(certificate(&name).subject().country.as_deref(), Some("KZ"), "{name}");
    }
}

#[test]
fn the_holder_is_read_by_the_conventions_of_the_authority() {
    if samples("nca").is_none() {
        return;
    }
    let person = certificate("ee-gost512-individual-sign.cer");
    assert_eq!(
        person.subject().iin.as_deref(),
        Some("123456789011"),
        "a wrong check digit is not judged here"
    );
    assert_eq!((person.purpose(), person.role()), (Purpose::Sign, Role::Person));
    let head = certificate("ee-gost2004-legal-ceo-sign.cer");
    assert_eq!((head.purpose(), head.role()), (Purpose::Sign, Role::Head));
    assert_eq!(head.subject().bin.as_deref(), Some("123456789021"));
    assert!(head.subject().organisation.is_some());
    assert_eq!(certificate("ee-rsa-individual-auth.cer").purpose(), Purpose::Auth);
    assert_eq!(certificate("ee-rsa-individual-sign.cer").purpose(), Purpose::Sign);
    let shown = format!("{:?} {:?}", person, person.subject());
    assert!(!shown.contains("123456789011") && !shown.contains("ТЕСТОВ"), "{shown}");
}

#[test]
fn the_rsa_chains_hold_at_their_time_and_not_after_it() {
    if samples("nca").is_none() {
        return;
    }
    let trust = trust(Revocation::NotChecked);
    let person = certificate("ee-rsa-person-sign-2020.cer");
    assert!(trust.check(&person, &[], at("2020-09-09T20:03:14Z")).valid().is_some());
    assert!(matches!(
        trust.check(&person, &[], at("2021-09-09T20:03:14Z")),
        Verdict::Invalid(Invalid::Expired(_))
    ));
    assert!(matches!(
        trust.check(&person, &[], at("2019-09-09T20:03:14Z")),
        Verdict::Invalid(Invalid::NotYetValid(_))
    ));
    let issuing = certificate("ca-prod-nca-rsa-2018.cer");
    assert!(trust.check(&issuing, &[], at("2024-01-01T00:00:00Z")).valid().is_some());
}

#[test]
fn a_real_signature_holds_at_its_time() {
    if samples("nca").is_none() {
        return;
    }
    let signature = file("cms-rsa-person-attached.der");
    let content = cms::enclosed_content(&signature).unwrap().unwrap();
    let verify = |trust: &Trust, content: &[u8]| {
        cms::verify(content, &signature, trust, Expect::sign(), at("2020-09-09T20:03:14Z"))
    };
    let verdict = verify(&trust(Revocation::NotChecked), &content);
    let signed = verdict.valid().unwrap_or_else(|| panic!("{verdict:?}"));
    assert_eq!(signed.signed_at, Some(at("2020-09-09T20:03:14Z")));
    assert_eq!(signed.chain.len(), 3);
    assert!(matches!(
        verify(&trust(Revocation::NotChecked), b"other"),
        Verdict::Invalid(Invalid::ContentChanged)
    ));
    // Without the lists of that time nobody can say whether it was revoked.
    assert!(matches!(verify(&trust(Revocation::Required), &content), Verdict::Undetermined(_)));
}

#[test]
fn a_real_rsa_list_verifies_and_condemns() {
    if samples("nca").is_none() {
        return;
    }
    // The issuing authority as anchor: the list of its own root is not among the samples.
    let trust = Trust::new(vec![certificate("ca-test-nca-rsa-2019.cer")], vec![]);
    trust.add_crl(&file("crl-test-rsa-full-2022.crl")).unwrap();
    let person = certificate("ee-rsa-individual-sign.cer");
    let verdict = trust.check(&person, &[], at("2022-06-01T00:00:00Z"));
    assert!(verdict.valid().is_some(), "{verdict:?}");
    let late = trust.check(&person, &[], at("2022-12-01T00:00:00Z"));
    assert!(matches!(late, Verdict::Undetermined(_)), "the list ended in September: {late:?}");
}

/// GOST is told apart from damage until issue 4 brings its verification.
#[test]
fn gost_is_named_and_not_called_wrong() {
    if samples("nca").is_none() {
        return;
    }
    let gost_2015 = "1.2.398.3.10.1.1.2.3.2";
    let roots = vec![certificate("ca-test-root-gost512-2022.cer")];
    let trust = Trust::new(roots, vec![certificate("ca-test-nca-gost512-2022.cer")]);
    let person = certificate("ee-gost512-individual-sign.cer");
    let verdict = trust.check(&person, &[], at("2026-01-01T00:00:00Z"));
    assert!(
        matches!(&verdict, Verdict::Invalid(Invalid::UnsupportedAlgorithm(oid)) if oid == gost_2015),
        "{verdict:?}"
    );
    for name in ["cms-gost512-individual-attached.der", "cms-gost2004-org-attached.der"] {
        let signature = file(name);
        let content = cms::enclosed_content(&signature).unwrap().unwrap_or_default();
        let verdict = cms::verify(&content, &signature, &trust, Expect::sign(), at("2026-01-01T00:00:00Z"));
        assert!(matches!(verdict, Verdict::Invalid(Invalid::UnsupportedAlgorithm(_))), "{name}: {verdict:?}");
    }
}
