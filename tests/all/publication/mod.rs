//! What the authority publishes, before the eyes of programs that we did not write: OpenSSL, curl and pkilint, over a socket.

mod answers;
mod http;
mod lists;
mod pages;
mod stamps;

use std::{
    fs,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use qyzmet_pki::pkcs12;
use tempfile::TempDir;

use crate::harness::{Portal, WELL, pkilint};

/// Our own target for publishing a change.
const TARGET: Duration = Duration::from_secs(60);

/// A portal with its authority, and a folder with the files of somebody who checks a person's certificate.
struct Checker {
    portal: Portal,
    folder: TempDir,
    /// Serial number of the person's certificate, in hexadecimal digits as OpenSSL prints it.
    serial: String,
}

impl Checker {
    /// `own.pem` is the certificate of a demo person, `ca.pem` and `root.pem` its issuers, as the portal publishes them.
    fn start() -> Self {
        let portal = Portal::start();
        let folder = tempfile::tempdir().expect("a folder");
        let person = portal.person(WELL);
        let key = fs::read(portal.world.folder.join(format!("people/{}-sign.p12", person.login)));
        let key = pkcs12::read(&key.expect("a key file"), &person.key_password).expect("a key");
        let own = key.chain.first().expect("a certificate");
        fs::write(folder.path().join("own.pem"), own.pem()).expect("written");
        let serial = own.serial();
        let checker = Self { portal, folder, serial };
        for name in ["ca", "root"] {
            checker.fetch(&format!("/pki/ca/{name}.crt"), &format!("{name}.der"));
            checker.must(&format!("openssl x509 -inform DER -in {name}.der -out {name}.pem"));
        }
        checker.must("cat root.pem ca.pem > chain.pem");
        checker
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.portal.world.origin())
    }

    /// Runs a command line in the folder: whether it succeeded, and all it said.
    fn run(&self, line: &str) -> (bool, String) {
        let output = Command::new("sh").args(["-c", line]).current_dir(self.path()).output();
        let output = output.expect("a shell");
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    /// Runs a command line that must succeed.
    fn must(&self, line: &str) -> String {
        let (good, said) = self.run(line);
        assert!(good, "{line}\n{said}");
        said
    }

    fn fetch(&self, path: &str, file: &str) {
        self.must(&format!("curl --silent --show-error --fail -o {file} {}", self.url(path)));
    }

    /// Waits until the first lists after the start are there.
    fn wait_for(&self, path: &str) {
        let begun = Instant::now();
        while !self.run(&format!("curl -sf -o there {}", self.url(path))).0 {
            assert!(begun.elapsed() < TARGET, "{path} is not published");
            thread::sleep(Duration::from_millis(200));
        }
    }

    /// A list as OpenSSL prints it; its bytes stay in `<file>.crl`, and as PEM in `<file>.pem`.
    fn list(&self, path: &str, file: &str) -> String {
        self.fetch(path, &format!("{file}.crl"));
        self.must(&format!("openssl crl -inform DER -in {file}.crl -out {file}.pem"));
        self.must(&format!("openssl crl -inform DER -in {file}.crl -CAfile chain.pem -verify -noout -text"))
    }

    /// Fetches a list again and again until it satisfies, and fails when that takes longer than the target.
    fn until(&self, path: &str, file: &str, satisfies: impl Fn(&str) -> bool) -> String {
        let begun = Instant::now();
        loop {
            let text = self.list(path, file);
            if satisfies(&text) {
                return text;
            }
            assert!(begun.elapsed() < TARGET, "{path} after {TARGET:?}:\n{text}");
            thread::sleep(Duration::from_millis(200));
        }
    }

    /// Changes the state of the person's certificate at the console.
    fn change(&self, step: &str, more: &[&str]) {
        self.portal.world.run(&self.changing(step, more)).expect("changed");
    }

    fn changing<'a>(&'a self, step: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        [&["certificate", step, "--serial", &self.serial], more].concat()
    }

    /// Serial numbers as OpenSSL prints them in lists.
    fn printed_serial(&self) -> String {
        format!("Serial Number: {}", self.serial.to_uppercase())
    }
}
