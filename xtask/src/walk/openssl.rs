//! OpenSSL as the other party: opens the key file, signs, and verifies without anything of ours.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Failure, shell};

/// A person's key, taken out of the key file by OpenSSL.
#[derive(Debug)]
pub struct Key {
    key: PathBuf,
    certificate: PathBuf,
    chain: PathBuf,
    folder: PathBuf,
}

impl Key {
    /// Opens a PKCS#12 file.
    ///
    /// # Errors
    /// When OpenSSL cannot read it with this password.
    pub fn open(file: &Path, password: &str, folder: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(folder).map_err(Failure::file(folder))?;
        let part = |name: &str, options: &[&str]| {
            let out = folder.join(name);
            let mut command = Command::new("openssl");
            command
                .args(["pkcs12", "-nodes", "-passin", "stdin", "-in"])
                .arg(file)
                .args(options)
                .arg("-out")
                .arg(&out);
            shell::feed(&mut command, password.as_bytes()).map(|_| out)
        };
        Ok(Self {
            key: part("key.pem", &["-nocerts"])?,
            certificate: part("certificate.pem", &["-clcerts", "-nokeys"])?,
            chain: part("chain.pem", &["-cacerts", "-nokeys"])?,
            folder: folder.to_path_buf(),
        })
    }

    /// Signs the content: detached CAdES-BES in DER.
    ///
    /// # Errors
    /// When OpenSSL does not sign.
    pub fn sign(&self, content: &[u8]) -> Result<Vec<u8>, Failure> {
        let (input, output) = (self.folder.join("content"), self.folder.join("signature.p7s"));
        fs::write(&input, content).map_err(Failure::file(&input))?;
        let mut command = Command::new("openssl");
        command
            .args(["cms", "-sign", "-cades", "-binary", "-outform", "DER", "-md", "sha256", "-in"])
            .arg(&input);
        command.arg("-signer").arg(&self.certificate).arg("-inkey").arg(&self.key);
        if fs::metadata(&self.chain).is_ok_and(|data| data.len() > 0) {
            command.arg("-certfile").arg(&self.chain);
        }
        shell::output(command.arg("-out").arg(&output))?;
        fs::read(&output).map_err(Failure::file(&output))
    }
}

/// Verifies a detached signature against a root that the verifier already trusts; returns the signer's subject.
///
/// # Errors
/// When OpenSSL says no.
pub fn verify(content: &[u8], signature: &[u8], root: &Path, folder: &Path) -> Result<String, Failure> {
    fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    let (input, p7s, signer) =
        (folder.join("result.json"), folder.join("result.p7s"), folder.join("signer.pem"));
    fs::write(&input, content).map_err(Failure::file(&input))?;
    fs::write(&p7s, signature).map_err(Failure::file(&p7s))?;
    let mut command = Command::new("openssl");
    command
        .args(["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-purpose", "any", "-in"])
        .arg(&p7s);
    command
        .arg("-content")
        .arg(&input)
        .arg("-CAfile")
        .arg(root)
        .arg("-signer")
        .arg(&signer)
        .args(["-out", "/dev/null"]);
    shell::output(&mut command)?;
    let mut subject = Command::new("openssl");
    subject.args(["x509", "-noout", "-subject", "-nameopt", "RFC2253,utf8,-esc_msb", "-in"]).arg(&signer);
    shell::output(&mut subject).map(|line| String::from_utf8_lossy(&line).trim().to_owned())
}
