//! The people of the benchmark: a session and a certificate each, one key for all, read from the seed's two files.

use std::{fs, path::Path, sync::Arc};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use qyzmet_pki::{Certificate, Identity, cms, pkcs12};
use xtask::{
    Failure,
    walk::{
        client::{encode, percent},
        html::{self, Form},
    },
};

use crate::http::{Answer, Connection};

const FORM: &str = "application/x-www-form-urlencoded";
const BOUNDARY: &str = "qyzmet-load-5d20";
/// Password of the seed's key files.
const KEY_PASSWORD: &str = "Qyzmet-2026";
/// Ends each certificate in the seed's file.
const END: &str = "-----END CERTIFICATE-----";

/// Somebody with an account.
#[derive(Clone)]
pub(crate) struct Person {
    key: Arc<Identity>,
    cookie: String,
    csrf: String,
    /// The number that this person links; nobody else's.
    pub(crate) number: String,
}

/// Everybody whom the seed gave an account.
pub(crate) fn everybody(folder: &Path) -> Result<Vec<Person>, Failure> {
    let (file, list) = (folder.join("people/crowd.p12"), folder.join("people/crowd.pem"));
    let bytes = fs::read(&file).map_err(Failure::file(&file))?;
    let key = pkcs12::read(&bytes, KEY_PASSWORD).map_err(wrong)?;
    let list = fs::read_to_string(&list).map_err(Failure::file(&list))?;
    let ends: Vec<&str> = list.split_inclusive(END).filter(|part| part.contains(END)).collect();
    ends.iter().enumerate().map(|(index, pem)| Person::new(&key, pem, index)).collect()
}

fn wrong(fault: impl std::fmt::Display) -> Failure {
    Failure::unexpected(fault.to_string())
}

impl Person {
    fn new(key: &Identity, pem: &str, index: usize) -> Result<Self, Failure> {
        let mut key = key.clone();
        if let Some(own) = key.chain.first_mut() {
            *own = Certificate::from_pem(pem.trim()).map_err(wrong)?;
        }
        let number = format!("+7701{index:07}");
        Ok(Self { key: Arc::new(key), cookie: String::new(), csrf: String::new(), number })
    }

    /// Signs in by EDS over the portal's challenge.
    pub(crate) async fn sign_in(&mut self, portal: &mut Connection) -> Result<(), Failure> {
        let page = self.get(portal, "/sign-in/eds").await?;
        let text = String::from_utf8_lossy(&page.body).into_owned();
        let form = html::forms(&text).into_iter().find(|form| form.offers("challenge"));
        let form = form.ok_or_else(|| Failure::unexpected("no form with a challenge"))?;
        let signature = self.sign(&challenge(&text)?)?;
        self.send_signed(portal, &form, "/sign-in/eds", &signature).await?;
        let page = self.get(portal, "/cabinet").await?;
        self.csrf = token(&page)?;
        Ok(())
    }

    /// Fetches a page and keeps cookies.
    pub(crate) async fn get(&mut self, portal: &mut Connection, path: &str) -> Result<Answer, Failure> {
        let answer = portal.get(path, &self.cookie).await?;
        self.keep(&answer);
        Ok(answer)
    }

    /// Sends a form with the token of the session; the answer must be a redirect, whose address is returned.
    pub(crate) async fn send(
        &mut self,
        portal: &mut Connection,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Result<String, Failure> {
        let token = [("csrf", self.csrf.as_str())];
        let all = token.iter().chain(fields).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let body = encode(&all.collect::<Vec<_>>());
        let answer = portal.post(path, &self.cookie, FORM, body.as_bytes()).await?;
        self.keep(&answer);
        place(path, &answer)
    }

    /// Sends code and signature.
    pub(crate) async fn confirm(
        &mut self,
        portal: &mut Connection,
        path: &str,
        code: String,
        signature: &[u8],
    ) -> Result<String, Failure> {
        let fields = [("csrf", self.csrf.as_str()), ("seen", "3.0"), ("code", code.as_str())];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        self.send_signed(portal, &Form { fields, ..Form::default() }, path, signature).await
    }

    async fn send_signed(
        &mut self,
        portal: &mut Connection,
        form: &Form,
        path: &str,
        signature: &[u8],
    ) -> Result<String, Failure> {
        let mut body = Vec::with_capacity(signature.len() + 1024);
        for (name, value) in &form.fields {
            let part =
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"signature\"; filename=\"s.p7s\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend_from_slice(signature);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let answer = portal.post(path, &self.cookie, &kind, &body).await?;
        self.keep(&answer);
        place(path, &answer)
    }

    /// Signs: detached CAdES-BES.
    #[expect(
        clippy::disallowed_methods,
        reason = "the generator plays people, whose signatures bear the real time"
    )]
    pub(crate) fn sign(&self, content: &[u8]) -> Result<Vec<u8>, Failure> {
        cms::sign(content, &self.key, Timestamp::now()).map_err(wrong)
    }

    fn keep(&mut self, answer: &Answer) {
        for cookie in &answer.cookies {
            let name = cookie.split('=').next().unwrap_or_default();
            let kept =
                self.cookie.split("; ").filter(|old| !old.is_empty() && old.split('=').next() != Some(name));
            self.cookie = kept.chain([cookie.as_str()]).collect::<Vec<_>>().join("; ");
        }
    }
}

/// Where a redirect leads; everything else is a failure that shows what the page says.
fn place(path: &str, answer: &Answer) -> Result<String, Failure> {
    answer.location.clone().ok_or_else(|| {
        let words: String = html::words(&String::from_utf8_lossy(&answer.body)).chars().take(300).collect();
        Failure::unexpected(format!("{path} answered {}: {words}", answer.status))
    })
}

/// The token that stands in any form of a session's page.
fn token(page: &Answer) -> Result<String, Failure> {
    let forms = html::forms(&String::from_utf8_lossy(&page.body));
    let field = forms.into_iter().flat_map(|form| form.fields).find(|(name, _)| name == "csrf");
    field.map(|(_, value)| value).ok_or_else(|| Failure::unexpected("no form with a token"))
}

/// What is to be signed to come in, as the page gives it to its element.
fn challenge(page: &str) -> Result<Vec<u8>, Failure> {
    let content =
        html::marked(page, "data-content").ok_or_else(|| Failure::unexpected("no challenge to sign"))?;
    STANDARD.decode(content).map_err(wrong)
}

/// The path under which the inbox shows a number's messages.
pub(crate) fn inbox(number: &str) -> String {
    format!("/api/messages?to={}", percent(number))
}
