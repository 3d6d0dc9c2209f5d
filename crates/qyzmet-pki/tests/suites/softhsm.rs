//! SoftHSM2 as a device of one's own: a token in a throw-away folder, and OpenSC's tool to look at it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use qyzmet_pki::{KeyKind, Pin, Signer, TokenKey, authority::Authority, token};
use tempfile::TempDir;

use crate::support::{authority_name, must, profile, serial, tool, urls, validity};

pub(crate) const LIBRARY: &str = "/usr/lib/softhsm/libsofthsm2.so";
pub(crate) const PIN: &str = "271828";

/// A token of its own in a folder of its own.
pub(crate) struct Token {
    pub(crate) folder: PathBuf,
}

/// Tells the story of a test, named with its module, in a process of its own: SoftHSM2 finds its folder through a variable, which only a new process has.
pub(crate) fn with_token(test: &str, story: fn(&Token)) {
    if !tool("softhsm2-util") || !tool("pkcs11-tool") || !tool("openssl") {
        return;
    }
    if let Some(conf) = std::env::var_os("SOFTHSM2_CONF") {
        return story(&Token { folder: Path::new(&conf).parent().unwrap().to_owned() });
    }
    let folder = TempDir::new().unwrap();
    let conf = folder.path().join("softhsm2.conf");
    fs::create_dir(folder.path().join("tokens")).unwrap();
    let text = format!("directories.tokendir = {}\n", folder.path().join("tokens").display());
    fs::write(&conf, text).unwrap();
    let init = format!(
        "SOFTHSM2_CONF={} softhsm2-util --init-token --free --label nca --so-pin 31415926 --pin {PIN}",
        conf.display()
    );
    must(folder.path(), &init);
    let itself = std::env::current_exe().unwrap();
    let told = Command::new(itself)
        .args(["--exact", test, "--nocapture"])
        .env("SOFTHSM2_CONF", &conf)
        .output()
        .unwrap();
    let said = [told.stdout, told.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(told.status.success() && said.contains("1 passed"), "{said}");
}

impl Token {
    pub(crate) fn key(&self, label: &str) -> TokenKey {
        TokenKey {
            library: LIBRARY.into(),
            token: "nca".to_owned(),
            label: label.to_owned(),
            id: None,
            pin: Pin::new(PIN.to_owned()),
        }
    }

    /// Makes a key and returns the signer of it.
    pub(crate) fn signer(&self, label: &str, kind: KeyKind) -> Signer {
        let public = token::generate(&self.key(label), kind).unwrap();
        Signer::in_token(self.key(label), &public).unwrap()
    }

    pub(crate) fn pkcs11_tool(&self, arguments: &str) -> String {
        must(
            &self.folder,
            &format!("pkcs11-tool --module {LIBRARY} --token-label nca --login --pin {PIN} {arguments}"),
        )
    }

    pub(crate) fn root(&self, signer: Signer) -> Authority {
        let name = authority_name("НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (ТОКЕН)");
        Authority::self_signed(signer, profile("root"), &name, serial(1), validity(4000), urls()).unwrap()
    }
}
