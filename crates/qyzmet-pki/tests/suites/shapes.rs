//! The shape of our certificates beside real ones of the National Certification Authority: attributes, their order and
//! string types, usages and extensions. Every difference is listed with its reason.

use std::fs;

use qyzmet_pki::{
    Certificate, KeyKind,
    authority::{Holder, Organisation, Person, SubjectFacts},
};

use crate::support::{World, must, samples, tool};

/// What OpenSSL tells about a certificate, line by line, without names, keys, numbers and addresses.
#[derive(Debug, PartialEq, Eq)]
struct Shape {
    /// Attributes of the subject with their string types.
    subject: Vec<String>,
    /// Extensions in their order, critical ones marked.
    extensions: Vec<String>,
    key_usage: String,
    extended_usage: String,
}

fn shape(der: &[u8]) -> Shape {
    let folder = tempfile::TempDir::new().unwrap();
    fs::write(folder.path().join("c.der"), der).unwrap();
    let show = "openssl x509 -inform DER -in c.der -noout";
    let subject =
        must(folder.path(), &format!("{show} -subject -nameopt utf8,sep_multiline,show_type,-esc_msb"));
    let attribute = |line: &str| line.trim().rsplit_once(':').map(|(kind, _)| kind.to_owned());
    let text = must(folder.path(), &format!("{show} -text 2>/dev/null"));
    let lines: Vec<&str> =
        text.lines().skip_while(|line| !line.contains("X509v3 extensions")).skip(1).collect();
    // Heads of extensions are indented by twelve places, their content by sixteen.
    let is_head = |line: &&&str| line.starts_with("            ") && !line.starts_with("             ");
    let extensions = lines.iter().take_while(|line| !line.contains("Signature Algorithm")).filter(is_head);
    let after = |head: &str| {
        let place = lines.iter().position(|line| line.trim().starts_with(head));
        place.and_then(|place| lines.get(place + 1)).map(|line| line.trim().to_owned()).unwrap_or_default()
    };
    Shape {
        subject: subject.lines().skip(1).filter_map(attribute).collect(),
        extensions: extensions
            .map(|line| line.trim().trim_end_matches(": ").trim_end_matches(':').to_owned())
            .collect(),
        key_usage: after("X509v3 Key Usage"),
        extended_usage: after("X509v3 Extended Key Usage"),
    }
}

fn real(name: &str) -> Option<Shape> {
    let path = samples("nca")?.join(name);
    tool("openssl").then(|| shape(&fs::read(path).unwrap()))
}

fn ours(id: &str, kind: KeyKind, holder: Holder) -> Shape {
    let identity = World::new(KeyKind::EcP256).enrol(id, kind, &SubjectFacts::new(holder).unwrap());
    shape(identity.chain[0].der())
}

/// The official test person.
fn tester() -> Person {
    let person = Person::new(Some("ТЕСТОВ"), Some("ТЕСТ"), "123456789011").unwrap();
    person.with_patronymic(Some("ТЕСТОВИЧ")).unwrap()
}

fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.sort();
    list
}

/// Issued in May 2026: the generation that this profile follows, down to the order of the extensions.
#[test]
fn a_single_key_of_a_person_has_the_shape_of_a_real_one_of_2026() {
    let Some(real) = real("ee-gost512-individual-sign.cer") else { return };
    assert_eq!(ours("person-single", KeyKind::EcP256, Holder::Person(tester())), real);
}

/// The generation before 2024 has the same members in another order, policies of its own (1.2.398.3.3.2.3 and .4), and no
/// key storage yet.
#[test]
fn separate_keys_of_a_person_have_the_shape_of_real_ones_of_2022() {
    for (name, id) in
        [("ee-rsa-individual-sign.cer", "person-sign"), ("ee-rsa-individual-auth.cer", "person-auth")]
    {
        let Some(real) = real(name) else { return };
        let ours = ours(id, KeyKind::Rsa2048, Holder::Person(tester()));
        assert_eq!(ours.subject, real.subject);
        assert_eq!((&ours.key_usage, &ours.extended_usage), (&real.key_usage, &real.extended_usage));
        let mut without_storage = ours.extensions;
        without_storage.retain(|extension| !extension.starts_with("1.2.398.3.3.5"));
        assert_eq!(sorted(without_storage), sorted(real.extensions));
    }
}

/// As before; the sample is one of the first head of an organisation.
#[test]
fn a_key_of_a_first_head_has_the_shape_of_a_real_one_of_2022() {
    let Some(real) = real("ee-gost2004-legal-ceo-sign.cer") else { return };
    let organisation = Organisation::new("АО \"ТЕСТ\"", "123456789021").unwrap();
    let ours = ours("head-sign", KeyKind::EcP256, Holder::Member { person: tester(), organisation });
    assert_eq!(ours.subject, real.subject);
    assert_eq!((&ours.key_usage, &ours.extended_usage), (&real.key_usage, &real.extended_usage));
    let mut without_storage = ours.extensions;
    without_storage.retain(|extension| !extension.starts_with("1.2.398.3.3.5"));
    assert_eq!(sorted(without_storage), sorted(real.extensions));
}

/// One difference: the real one states where the key of the time-stamping authority lies, which concerns nobody.
#[test]
fn a_time_stamping_authority_has_the_shape_of_the_real_one_of_2025() {
    let Some(mut real) = real("ee-prod-tsa-gost512-2025.cer") else { return };
    let holder = Holder::Service {
        name: "TIME-STAMPING AUTHORITY".to_owned(),
        organisation: Some("ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ".to_owned()),
    };
    assert_eq!(real.extensions.pop().as_deref(), Some("1.2.398.3.3.5"));
    assert_eq!(ours("time-stamp", KeyKind::EcP256, holder), real);
}

/// The real ones name the issuer's issuer and serial beside its key, which RFC 5280 section 4.2.1.1 does not ask for.
#[test]
fn authorities_have_the_shape_of_the_real_ones() {
    let (Some(root), Some(issuing)) = (real("ca-test-root-rsa-2020.cer"), real("ca-test-nca-rsa-2023.cer"))
    else {
        return;
    };
    let world = World::new(KeyKind::Rsa2048);
    let of = |certificate: &Certificate| shape(certificate.der());
    assert_eq!(of(world.root.certificate().unwrap()), root);
    assert_eq!(of(world.issuing.certificate().unwrap()), issuing);
}
