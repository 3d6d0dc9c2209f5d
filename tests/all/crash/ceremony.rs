//! A key ceremony of the built product, approved by OpenSSL, killed at each line that it says, ended, moved and verified.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use tempfile::TempDir;

use crate::harness::product;

const LIBRARY: &str = "/usr/lib/softhsm/libsofthsm2.so";
const PLAN: &str = r#"
[token.hsm]
library = "/usr/lib/softhsm/libsofthsm2.so"
label = "nca"
pin = { env = "NCA_PIN" }

[[certificate]]
name = "root"
for = "root"
common-name = "НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (ҮЛГІ)"
key = { kind = "ec-p384", passphrase = { file = "root.secret" } }
days = 7300
list-days = 365

[[certificate]]
name = "ca"
for = "issuing"
issuer = "root"
common-name = "КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (ҮЛГІ)"
key = { kind = "ec-p256", token = "hsm" }
days = 3650
list-days = 7
urls = { crl = ["http://pki.example.kz/pki/crl/root.crl"], issuer = "http://pki.example.kz/pki/ca/root.crt" }
"#;
/// Lines that the ceremony says before its last step; after fewer kills not every step was tried.
const LINES: usize = 11;

/// A folder with a token, two persons and an approved ceremony file.
struct Room(TempDir);

impl Room {
    fn new() -> Self {
        let room = Self(TempDir::new().unwrap());
        fs::create_dir(room.path().join("tokens")).unwrap();
        let conf = format!("directories.tokendir = {}\n", room.path().join("tokens").display());
        fs::write(room.path().join("softhsm2.conf"), conf).unwrap();
        fs::write(room.path().join("root.secret"), "Түбір құпиясы\n").unwrap();
        fs::write(room.path().join("archive.secret"), "Мұрағат құпиясы\n").unwrap();
        room.must("softhsm2-util --init-token --free --label nca --so-pin 31415926 --pin $NCA_PIN");
        let approvers: String =
            [(1, "850101300015"), (2, "900101450006")].map(|(n, iin)| room.person(n, iin)).concat();
        fs::write(room.path().join("ceremony.toml"), format!("title = \"Үлгі\"\n{approvers}{PLAN}")).unwrap();
        for n in [1, 2] {
            room.must(&format!(
                "openssl cms -sign -cades -binary -in ceremony.toml -signer {n}.pem -inkey {n}.key -passin pass:w -outform DER -out {n}.p7s"
            ));
        }
        room
    }

    /// Makes a person's key and certificate; the answer is their place in the ceremony file.
    fn person(&self, n: u8, iin: &str) -> String {
        self.must(&format!(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -keyout {n}.key -passout pass:w -out {n}.pem -days 9 \
             -utf8 -subj '/CN=АДАМ/serialNumber=IIN{iin}/C=KZ' -addext keyUsage=critical,digitalSignature,nonRepudiation \
             -addext extendedKeyUsage=emailProtection -addext basicConstraints=critical,CA:FALSE"
        ));
        let said = self.must(&format!("openssl x509 -in {n}.pem -noout -fingerprint -sha256"));
        let fingerprint = said.trim().split('=').nth(1).unwrap();
        format!("[[approver]]\nname = \"Адам {n}\"\ncertificate-sha256 = \"{fingerprint}\"\n")
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.path())
            .env("SOFTHSM2_CONF", self.path().join("softhsm2.conf"))
            .env("NCA_PIN", "271828");
        command
    }

    fn run(&self, line: &str) -> (bool, String) {
        let output = self.command("sh").args(["-c", line]).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    fn must(&self, line: &str) -> String {
        let (good, said) = self.run(line);
        assert!(good, "{line}\n{said}");
        said
    }

    fn init(&self) -> Command {
        let mut init = self.command(product().to_str().unwrap());
        init.args(["nca", "init", "--ceremony", "ceremony.toml", "--out", "nca"]);
        init.args(["--approval", "1.p7s", "--approval", "2.p7s"]);
        init
    }

    /// Starts the ceremony and kills it when it has said so many lines; false when it ended before.
    fn kill_after(&self, lines: usize) -> bool {
        let mut child = self.init().stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines().take(lines).count();
        child.kill().unwrap();
        child.wait().unwrap();
        said == lines
    }

    /// Everything durable that must never change again.
    fn made(&self) -> BTreeMap<String, Vec<u8>> {
        let mut made = BTreeMap::new();
        for folder in ["keys", "certificates", "lists"] {
            for entry in fs::read_dir(self.path().join("nca").join(folder)).into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                if !name.starts_with('.') {
                    made.insert(format!("{folder}/{name}"), fs::read(entry.path()).unwrap());
                }
            }
        }
        made
    }

    fn keys_in_token(&self) -> usize {
        let list =
            format!("pkcs11-tool --module {LIBRARY} --login --pin $NCA_PIN --list-objects --type privkey");
        self.must(&list).matches("Private Key Object").count()
    }
}

#[test]
fn a_ceremony_survives_being_killed_and_its_authority_moves() {
    let room = Room::new();
    let mut before = BTreeMap::new();
    for lines in 1..=LINES {
        // On a busy machine the kill may come after the end.
        if room.path().join("nca/record.json").exists() {
            break;
        }
        assert!(room.kill_after(lines), "the ceremony has fewer lines than {lines}");
        let after = room.made();
        assert!(
            before.iter().all(|(name, bytes)| after.get(name) == Some(bytes)),
            "something was made twice"
        );
        assert!(room.keys_in_token() <= 1, "a second key in the token");
        before = after;
    }
    if !room.path().join("nca/record.json").exists() {
        assert!(room.init().stdout(Stdio::null()).status().unwrap().success());
    }
    assert!(!room.init().stderr(Stdio::null()).status().unwrap().success(), "a second ceremony was held");
    assert_eq!((room.made().len(), room.keys_in_token()), (5, 1));
    let verify = |folder: &str| {
        let certificates = format!("{folder}/certificates");
        room.must(&format!(
            "openssl verify -x509_strict -CAfile {certificates}/root.pem {certificates}/ca.pem"
        ));
    };
    verify("nca");

    let qyzmet = product().display().to_string();
    room.must("openssl pkcs12 -export -inkey 1.key -passin pass:w -in 1.pem -passout pass:w -out 1.p12 && printf w > w.secret");
    room.must(&format!(
        "{qyzmet} nca export --folder nca --to nca.archive --passphrase-file archive.secret --signer 1.p12 --signer-password-file w.secret"
    ));
    let import = |from: &str, by: &str| {
        room.run(&format!("{qyzmet} nca import --from {from} --folder there --passphrase-file archive.secret --signed-by {by}"))
    };
    let mut bytes = fs::read(room.path().join("nca.archive")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(room.path().join("bad.archive"), bytes).unwrap();
    for (from, by, why) in [("bad.archive", "1.pem", "archive"), ("nca.archive", "2.pem", "expected person")]
    {
        let (good, said) = import(from, by);
        assert!(!good && said.contains(why) && !room.path().join("there").exists(), "{said}");
    }
    assert!(import("nca.archive", "1.pem").0);
    room.must("diff -r nca there");
    verify("there");
    let (again, said) = import("nca.archive", "1.pem");
    assert!(!again && said.contains("never overwritten"), "{said}");
}
