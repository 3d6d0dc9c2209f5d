//! What OpenSSL says of certificates and key files, with nothing of ours but the root.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use xtask::{
    demo::{config, people::Person},
    shell,
    walk::openssl::{self, Key},
};

use super::PASSWORD;
use crate::harness::Portal;

/// Runs OpenSSL in a folder; what it says.
fn openssl(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("openssl");
    let said = shell::output(command.args(arguments).current_dir(folder)).expect("OpenSSL agrees");
    String::from_utf8_lossy(&said).into_owned()
}

/// A certificate in DER is sound to the letter of RFC 5280 under the root, and names the person by number.
pub(super) fn holds(portal: &Portal, certificate: &Path, person: &Person) {
    let folder = certificate.parent().expect("a folder");
    let pem = certificate.with_extension("pem");
    let (der, pem) = (certificate.to_string_lossy(), pem.to_string_lossy());
    openssl(folder, &["x509", "-inform", "DER", "-in", &der, "-out", &pem]);
    let [root, ca] = [config::ROOT, "pki/ca.pem"].map(|name| portal.world.folder.join(name));
    let (root, ca) = (root.to_string_lossy(), ca.to_string_lossy());
    let said = openssl(folder, &["verify", "-x509_strict", "-CAfile", &root, "-untrusted", &ca, &pem]);
    assert!(said.trim_end().ends_with(": OK"), "{said}");
    let subject = openssl(folder, &["x509", "-noout", "-subject", "-nameopt", "RFC2253", "-in", &pem]);
    assert!(subject.contains(&format!("IIN{}", person.iin)), "{subject}");
}

/// A key file opens with its password, its certificate holds, and what its key signs verifies under the root.
pub(super) fn opens(portal: &Portal, file: &Path, person: &Person) {
    let folder = file.with_extension("opened");
    fs::create_dir_all(&folder).expect("a folder");
    let password = format!("pass:{PASSWORD}");
    let name = file.to_string_lossy();
    let open = ["pkcs12", "-in", &name, "-passin", &password, "-nokeys", "-clcerts", "-out", "own.pem"];
    openssl(&folder, &open);
    openssl(&folder, &["x509", "-in", "own.pem", "-outform", "DER", "-out", "own.der"]);
    holds(portal, &folder.join("own.der"), person);
    let key = Key::open(file, PASSWORD, &folder).expect("the key file opens");
    let signature = key.sign("Қолтаңба".as_bytes()).expect("the key signs");
    let root = portal.world.folder.join(config::ROOT);
    let signer = openssl::verify("Қолтаңба".as_bytes(), &signature, &root, &folder).expect("it verifies");
    assert!(signer.contains(&person.iin), "{signer}");
}

/// The digest that a card signs which knows no digests itself, as SoftHSM2.
pub(super) fn digest(content: &Path, digest: &Path) {
    let folder = content.parent().expect("a folder");
    let [content, digest] = [content, digest].map(Path::to_string_lossy);
    openssl(folder, &["dgst", "-sha256", "-binary", "-out", &digest, &content]);
}

/// What a key on a card has signed fits its certificate.
pub(super) fn fits(certificate: &Path, (content, signature): (&Path, &PathBuf)) {
    let folder = certificate.parent().expect("a folder");
    let (der, signature) = (certificate.to_string_lossy(), signature.to_string_lossy());
    openssl(folder, &["x509", "-inform", "DER", "-in", &der, "-noout", "-pubkey", "-out", "public.pem"]);
    let content = content.to_string_lossy();
    let said =
        openssl(folder, &["dgst", "-sha256", "-verify", "public.pem", "-signature", &signature, &content]);
    assert!(said.contains("Verified OK"), "{said}");
}
