//! Keys that are made in the recipient's browser, and the key files that they become with their certificates.

use std::path::{Path, PathBuf};

use super::PASSWORD;
use crate::harness::Browser;

/// Makes keys in the page and saves their file, without which the form does not go on. The answer is that file.
pub(super) async fn make(browser: &Browser) -> PathBuf {
    browser.find("qz-keys[data-ready]").await;
    browser.look().await;
    for place in ["div:nth-of-type(1)", "div:nth-of-type(2)"] {
        let field = browser.find(&format!("qz-keys .qz-sign__fields > {place} input")).await;
        field.send_keys(PASSWORD).await.expect("typed");
    }
    browser.press("qz-keys button.qz-sign__button:not(.qz-sign__reveal)").await;
    browser.press("qz-keys a[download]").await;
    browser.find("qz-keys[data-made]").await;
    browser.look().await;
    browser.saved(".pem").await
}

/// Joins the kept keys with their certificates on the install page that stands, and saves both key files: to sign, to sign in.
pub(super) async fn install(browser: &Browser, keys: &Path) -> [PathBuf; 2] {
    browser.find("qz-install[data-ready]").await;
    browser.look().await;
    let file = browser.find("qz-install input[type=file]").await;
    file.send_keys(&keys.display().to_string()).await.expect("the file of keys is chosen");
    let field = browser.find("qz-install .qz-sign__password").await;
    field.send_keys(PASSWORD).await.expect("typed");
    browser.press("qz-install button.qz-sign__button:not(.qz-sign__reveal)").await;
    browser.find("qz-install[data-joined]").await;
    browser.look().await;
    let [sign, auth] = ["-sign.p12", "-auth.p12"];
    for name in [sign, auth] {
        browser.press(&format!("qz-install a[download$='{name}']")).await;
    }
    [browser.saved(sign).await, browser.saved(auth).await]
}
