//! Programs that we did not write judge certificates that a story has brought about.

use std::{fs, process::Command};

use base64::{Engine, engine::general_purpose::STANDARD};
use qyzmet_app::authority::InstallView;
use qyzmet_pki::Certificate;
use tempfile::TempDir;

use super::super::world::World;
use crate::harness::pkilint;

/// The certificates of an order, each of which OpenSSL takes in strict mode and pkilint finds nothing against.
pub(super) fn judged(world: &World, install: &InstallView) -> Vec<Certificate> {
    let certificate =
        |text: &str| Certificate::from_der(&STANDARD.decode(text).expect("base64")).expect("a certificate");
    let chain: Vec<_> = install.chain.iter().map(|text| certificate(text)).collect();
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, certificate: &Certificate| {
        fs::write(folder.path().join(name), certificate.pem()).expect("written");
    };
    write("root.pem", chain.last().expect("a root"));
    write("above.pem", &chain[0]);
    let own: Vec<_> = install.certificates.iter().map(|one| certificate(&one.certificate)).collect();
    let at = world.app.now().as_second();
    for one in &own {
        write("own.pem", one);
        let verify =
            format!("openssl verify -x509_strict -attime {at} -CAfile root.pem -untrusted above.pem own.pem");
        assert!(said(&folder, &verify).contains("own.pem: OK"));
        if let Some(lint) = pkilint("lint_pkix_cert") {
            let lint = format!("{lint} lint -s WARNING own.pem");
            assert_eq!(said(&folder, &lint).trim(), "", "{:?}", one.subject().common_name);
        }
    }
    own
}

fn said(folder: &TempDir, command: &str) -> String {
    let done = Command::new("sh").arg("-c").arg(command).current_dir(folder.path()).output().expect("run");
    let text = [done.stdout, done.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(done.status.success(), "{command}: {text}");
    text
}
