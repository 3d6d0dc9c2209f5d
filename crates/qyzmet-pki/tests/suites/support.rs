//! A small world of invented people and authorities, and the doors to outside tools and samples.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use jiff::{SignedDuration, Timestamp};
use qyzmet_pki::{
    Certificate, Identity, KeyKind, Signer, Trust,
    authority::{Authority, Holder, Organisation, Person, Profile, Profiles, SubjectFacts, Urls, Validity},
};

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// The moment at which tests verify.
pub(crate) fn now() -> Timestamp {
    at("2026-11-21T12:00:00Z")
}

/// From the day before the tests, for so many days.
pub(crate) fn validity(days: i64) -> Validity {
    let day = SignedDuration::from_hours(24);
    Validity { not_before: now() - day, not_after: now() + day * (i32::try_from(days).unwrap() - 1) }
}

pub(crate) fn serial(n: u8) -> [u8; 20] {
    [n; 20]
}

/// A root, an issuing authority below it, and their fresh empty lists.
pub(crate) struct World {
    pub(crate) root: Authority,
    pub(crate) issuing: Authority,
    pub(crate) root_crl: Vec<u8>,
    pub(crate) crl: Vec<u8>,
}

pub(crate) fn profile(id: &str) -> &'static Profile {
    Profiles::nca().unwrap().get(id).unwrap()
}

pub(crate) fn authority_name(name: &str) -> SubjectFacts {
    SubjectFacts::new(Holder::service(name)).unwrap()
}

/// An invented person; the number has a right check digit.
pub(crate) fn person() -> SubjectFacts {
    let facts = SubjectFacts::new(Holder::Person(named_person())).unwrap();
    facts.with_email("asel@example.kz").unwrap()
}

pub(crate) fn named_person() -> Person {
    let person = Person::new(Some("Үлгібаева"), Some("Әсел"), "900101450007").unwrap();
    person.with_patronymic(Some("Қайратқызы")).unwrap()
}

pub(crate) fn organisation() -> SubjectFacts {
    let organisation = Organisation::new("«ҮЛГІ» АҚ", "060340004567").unwrap();
    SubjectFacts::new(Holder::Organisation { name: "ПОРТАЛ".to_owned(), organisation }).unwrap()
}

pub(crate) fn urls() -> Urls {
    Urls {
        crl: vec!["http://pki.example.kz/ca.crl".to_owned()],
        delta: vec!["http://pki.example.kz/ca-delta.crl".to_owned()],
        ocsp: Some("http://ocsp.example.kz/".to_owned()),
        issuer: Some("http://pki.example.kz/ca.cer".to_owned()),
        practice: Some("http://pki.example.kz/cps".to_owned()),
    }
}

impl World {
    pub(crate) fn new(kind: KeyKind) -> Self {
        let root = Authority::self_signed(
            Signer::generate(kind).unwrap(),
            profile("root"),
            &authority_name("НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (ҮЛГІ)"),
            serial(1),
            validity(4000),
            urls(),
        )
        .unwrap();
        let name = authority_name("ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (ҮЛГІ)");
        let key = Signer::generate(kind).unwrap();
        let issuing = root.enrol(profile("issuing"), &name, key, serial(2), validity(2000)).unwrap();
        let issuing = Authority::new(issuing).with_urls(urls());
        let list = |authority: &Authority| {
            authority
                .crl(&[], now() - SignedDuration::from_hours(1), now() + SignedDuration::from_hours(24), 1)
                .unwrap()
        };
        Self { root_crl: list(&root), crl: list(&issuing), root, issuing }
    }

    pub(crate) fn enrol(&self, id: &str, key: KeyKind, facts: &SubjectFacts) -> Identity {
        let signer = Signer::generate(key).unwrap();
        self.issuing.enrol(profile(id), facts, signer, serial(3), validity(365)).unwrap()
    }

    pub(crate) fn trust(&self) -> Trust {
        let trust = self.trust_without_lists();
        trust.add_crl(&self.root_crl).unwrap();
        trust.add_crl(&self.crl).unwrap();
        trust
    }

    pub(crate) fn trust_without_lists(&self) -> Trust {
        Trust::new(vec![self.root.certificate().unwrap().clone()], vec![])
    }
}

/// Where the outside samples lie; `None` skips with a visible line, except in CI, where absence fails.
pub(crate) fn samples(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples");
    let folder = std::env::var_os("QYZMET_SAMPLES").map_or(beside, PathBuf::from);
    let path = folder.join(name);
    present(path.exists(), &path.display().to_string()).then_some(path)
}

/// Whether an outside tool is installed; a missing one skips with a visible line, except in CI.
pub(crate) fn tool(name: &str) -> bool {
    let found = Command::new("sh")
        .args(["-c", &format!("command -v {name}")])
        .output()
        .is_ok_and(|o| o.status.success());
    present(found, name)
}

/// A program of pkilint: from the folder in which `cargo xtask test` installs it, else from the path.
pub(crate) fn pkilint(program: &str) -> Option<String> {
    let installed = std::env::var_os("QYZMET_PKILINT").map(|folder| PathBuf::from(folder).join(program));
    let path = installed.map_or_else(|| program.to_owned(), |path| path.display().to_string());
    tool(&path).then_some(path)
}

fn present(found: bool, what: &str) -> bool {
    if !found {
        assert!(std::env::var_os("CI").is_none_or(|value| value != "true"), "{what} must be there in CI");
        eprintln!("skipped: {what} is not there");
    }
    found
}

/// Runs a command line in a folder and returns whether it succeeded, with all it said.
pub(crate) fn run(folder: &Path, line: &str) -> (bool, String) {
    let output = Command::new("sh").args(["-c", line]).current_dir(folder).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// Runs a command line that must succeed.
pub(crate) fn must(folder: &Path, line: &str) -> String {
    let (good, said) = run(folder, line);
    assert!(good, "{line}\n{said}");
    said
}

pub(crate) fn chain_pem(chain: &[Certificate]) -> String {
    chain.iter().map(Certificate::pem).collect()
}

/// The content of a compressed sample file.
pub(crate) fn gunzip(path: &Path) -> Vec<u8> {
    let output = Command::new("gzip").arg("-dc").arg(path).output().unwrap();
    assert!(output.status.success());
    output.stdout
}
