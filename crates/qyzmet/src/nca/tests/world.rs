//! A room for a ceremony: two persons with keys, secrets in files, and a ceremony file.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use jiff::{SignedDuration, Timestamp};
use qyzmet_pki::{
    Certificate, Identity, KeyKind, Signer,
    authority::{Authority, Holder, Person, Profiles, SubjectFacts, Urls, Validity},
    cms,
};
use secrecy::SecretString;

use crate::nca::{
    NcaError,
    ceremony::{Ceremony, Founded, Step},
    folder::Folder,
    plan::Plan,
};

pub(super) const LIBRARY: &str = "/usr/lib/softhsm/libsofthsm2.so";
pub(super) const PIN: &str = "271828";
/// OpenSSL must judge at the time of the tests, not at that of the machine.
pub(super) const ATTIME: &str = "-attime 1795262400";

/// What most stories make: a root and an authority below it.
pub(super) const SMALL: &str = r#"
[[certificate]]
name = "root"
for = "root"
common-name = "НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (ҮЛГІ)"
organisation = "«ҮЛГІ» АҚ"
key = { kind = "ec-p384", passphrase = { file = "root.secret" } }
days = 7300
list-days = 365

[[certificate]]
name = "ca"
for = "issuing"
issuer = "root"
common-name = "КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (ҮЛГІ)"
key = { kind = "ec-p256", passphrase = { file = "ca.secret" } }
days = 3650
list-days = 7
urls = { crl = ["http://pki.example.kz/pki/crl/root.crl"], issuer = "http://pki.example.kz/pki/ca/root.crt" }
"#;

pub(super) fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

pub(super) fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

/// A person with a key whose certificate is their own, issued fifteen days before the ceremony.
pub(super) fn person(iin: &str, surname: &str, days: i64) -> Identity {
    let day = SignedDuration::from_hours(24);
    let end = now() + day * i32::try_from(days).unwrap();
    let validity = Validity { not_before: end.min(now()) - day * 15, not_after: end };
    let facts = SubjectFacts::new(Holder::Person(Person::new(Some(surname), None, iin).unwrap())).unwrap();
    let signer = Signer::generate(KeyKind::EcP256).unwrap();
    let profile = Profiles::nca().unwrap().get("person-sign").unwrap();
    let urls = Urls::below("http://pki.example.kz", "approvers");
    let own = Authority::self_signed(signer.clone(), profile, &facts, [3; 20], validity, urls).unwrap();
    Identity { signer, chain: own.chain().to_vec() }
}

/// Issues a certificate to an invented person with an authority that a ceremony has founded.
pub(super) fn issue(authority: Identity, serial: u8) -> Certificate {
    let authority = Authority::new(authority).with_urls(Urls::below("http://pki.example.kz", "ca"));
    let person = Person::new(Some("ҮЛГІБАЕВА"), Some("ӘСЕЛ"), "900101450007").unwrap();
    let facts = SubjectFacts::new(Holder::Person(person)).unwrap();
    let signer = Signer::generate(KeyKind::EcP256).unwrap();
    let profile = Profiles::nca().unwrap().get("person-sign").unwrap();
    let validity = profile.validity(now()).unwrap();
    authority.enrol(profile, &facts, signer, [serial; 20], validity).unwrap().chain.remove(0)
}

/// The room.
pub(super) struct Room {
    pub(super) folder: PathBuf,
    pub(super) persons: Vec<Identity>,
}

impl Room {
    /// Two persons, and secrets for a root and an authority.
    pub(super) fn new(folder: &Path) -> Self {
        fs::write(folder.join("root.secret"), "Түбір құпиясы\n").unwrap();
        fs::write(folder.join("ca.secret"), "Орталық құпиясы\n").unwrap();
        fs::write(folder.join("pin.secret"), PIN).unwrap();
        let persons = vec![person("850101300015", "БІРІНШІ", 30), person("900101450007", "ЕКІНШІ", 30)];
        Self { folder: folder.to_owned(), persons }
    }

    pub(super) fn ceremony_file(&self) -> PathBuf {
        self.folder.join("ceremony.toml")
    }

    /// Writes a ceremony file that names all persons of the room.
    pub(super) fn write(&self, certificates: &str) {
        let mut text = "title = \"Үлгі рәсім\"\n".to_owned();
        for (index, person) in self.persons.iter().enumerate() {
            let fingerprint = person.chain[0].fingerprint();
            text +=
                &format!("[[approver]]\nname = \"Адам {index}\"\ncertificate-sha256 = \"{fingerprint}\"\n");
        }
        text += &format!(
            "[token.hsm]\nlibrary = \"{LIBRARY}\"\nlabel = \"nca\"\npin = {{ file = \"pin.secret\" }}\n"
        );
        fs::write(self.ceremony_file(), text + certificates).unwrap();
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        fs::read(self.ceremony_file()).unwrap()
    }

    /// The signatures of these persons over the file as it is now.
    pub(super) fn approve(&self, persons: &[usize]) -> Vec<Vec<u8>> {
        let bytes = self.bytes();
        persons.iter().map(|index| cms::sign(&bytes, &self.persons[*index], now()).unwrap()).collect()
    }

    pub(super) fn nca(&self) -> Folder {
        Folder::new(&self.folder.join("nca"))
    }

    /// Holds the ceremony with both approvals.
    pub(super) fn hold(&self) -> Result<Founded, NcaError> {
        self.hold_with(&self.approve(&[0, 1]), now(), &mut |_| {})
    }

    pub(super) fn hold_with(
        &self,
        signatures: &[Vec<u8>],
        at: Timestamp,
        tell: &mut dyn FnMut(Step<'_>),
    ) -> Result<Founded, NcaError> {
        let plan = Plan::read(&self.ceremony_file())?;
        let ceremony = Ceremony { plan: &plan, signatures, now: at, printed: false };
        ceremony.carry_out(&self.nca(), &random, tell)
    }
}

pub(super) fn random(bytes: &mut [u8]) -> Result<(), NcaError> {
    aws_lc_rs::rand::fill(bytes).unwrap();
    Ok(())
}

/// Whether outside tools are installed; a missing one skips with a visible line, except in CI.
pub(super) fn tools(names: &[&str]) -> bool {
    names.iter().all(|name| {
        let found = run(Path::new("/"), &format!("command -v {name}")).0;
        assert!(
            found || std::env::var_os("CI").is_none_or(|value| value != "true"),
            "{name} must be there in CI"
        );
        if !found {
            eprintln!("skipped: {name} is not there");
        }
        found
    })
}

/// Runs a command line in a folder and returns whether it succeeded, with all it said.
pub(super) fn run(folder: &Path, line: &str) -> (bool, String) {
    let output = Command::new("sh").args(["-c", line]).current_dir(folder).output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

/// Runs a command line that must succeed.
pub(super) fn must(folder: &Path, line: &str) -> String {
    let (good, said) = run(folder, line);
    assert!(good, "{line}\n{said}");
    said
}

/// Runs a story of this module in a process of its own, with a token and more variables; answers whether it went well.
pub(super) fn tell_in_process(story: &str, folder: &Path, variables: &[(&str, String)]) -> (bool, String) {
    let told = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("nca::tests::{story}"), "--nocapture"])
        .env("SOFTHSM2_CONF", folder.join("softhsm2.conf"))
        .envs(variables.iter().map(|(name, value)| (*name, value)))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&[told.stdout, told.stderr].concat()).into_owned();
    (told.status.success() && said.contains("1 passed"), said)
}

/// Makes an empty token in the folder.
pub(super) fn make_token(folder: &Path) {
    fs::create_dir(folder.join("tokens")).unwrap();
    let conf = format!("directories.tokendir = {}\n", folder.join("tokens").display());
    fs::write(folder.join("softhsm2.conf"), conf).unwrap();
    let init = "softhsm2-util --init-token --free --label nca --so-pin 31415926 --pin";
    must(folder, &format!("SOFTHSM2_CONF=softhsm2.conf {init} {PIN}"));
}

/// Keys in the token of the folder, as OpenSC sees them.
pub(super) fn keys_in_token(folder: &Path) -> usize {
    let list = "SOFTHSM2_CONF=softhsm2.conf pkcs11-tool --module";
    let said = must(folder, &format!("{list} {LIBRARY} --login --pin {PIN} --list-objects --type privkey"));
    said.matches("Private Key Object").count()
}
