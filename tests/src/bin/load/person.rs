//! One person: a session, a connection of one's own, and a key in memory.

use std::fs;

use jiff::Timestamp;
use qyzmet_pki::{Identity, cms, pkcs12};
use xtask::{
    Failure,
    demo::world::World,
    walk::{
        client::{encode, percent},
        html::{self, Form},
    },
};

use crate::http::{Answer, Connection};

const FORM: &str = "application/x-www-form-urlencoded";
const BOUNDARY: &str = "qyzmet-load-5d20";

/// Somebody who is signed in.
pub(crate) struct Person {
    /// Connection to the portal.
    pub(crate) portal: Connection,
    /// Cookies as they are sent.
    pub(crate) cookie: String,
    /// Token of this session's forms.
    pub(crate) csrf: String,
    key: Identity,
    /// For numbers that nobody else uses.
    pub(crate) index: usize,
    /// Requests made so far.
    pub(crate) made: usize,
}

impl Person {
    /// Signs in by EDS, as the key is at hand and no password need be hashed.
    pub(crate) async fn sign_in(
        world: &World,
        person: &xtask::demo::people::Person,
    ) -> Result<Self, Failure> {
        let bytes = fs::read(&person.key).map_err(Failure::file(&person.key))?;
        let key = pkcs12::read(&bytes, &person.key_password)
            .map_err(|fault| Failure::unexpected(fault.to_string()))?;
        let index =
            person.login.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or_default();
        let portal = Connection::open(world.ports.portal).await?;
        let mut person = Self { portal, cookie: String::new(), csrf: String::new(), key, index, made: 0 };
        let page = person.get("/sign-in/eds").await?;
        let text = String::from_utf8_lossy(&page.body).into_owned();
        let form = html::forms(&text).into_iter().find(|form| form.offers("challenge"));
        let form = form.ok_or_else(|| Failure::unexpected("no form with a challenge"))?;
        let signature = person.sign(&challenge(&text)?)?;
        person.send_signed(&form, "/sign-in/eds", &signature).await?;
        let page = person.get("/cabinet").await?;
        person.csrf = token(&page)?;
        Ok(person)
    }

    /// Fetches a page and keeps cookies.
    pub(crate) async fn get(&mut self, path: &str) -> Result<Answer, Failure> {
        let answer = self.portal.get(path, &self.cookie).await?;
        self.keep(&answer);
        Ok(answer)
    }

    /// Sends a form with the token of the session; the answer must be a redirect, whose address is returned.
    pub(crate) async fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<String, Failure> {
        let token = [("csrf", self.csrf.as_str())];
        let all = token.iter().chain(fields).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let body = encode(&all.collect::<Vec<_>>());
        let answer = self.portal.post(path, &self.cookie, FORM, body.as_bytes()).await?;
        self.keep(&answer);
        place(path, answer)
    }

    /// Sends a form with a signature in it.
    pub(crate) async fn send_signed(
        &mut self,
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
        let answer = self.portal.post(path, &self.cookie, &kind, &body).await?;
        self.keep(&answer);
        place(path, answer)
    }

    /// Signs: detached CAdES-BES.
    #[expect(
        clippy::disallowed_methods,
        reason = "the generator plays people, whose signatures bear the real time"
    )]
    pub(crate) fn sign(&self, content: &[u8]) -> Result<Vec<u8>, Failure> {
        cms::sign(content, &self.key, Timestamp::now())
            .map_err(|fault| Failure::unexpected(fault.to_string()))
    }

    /// A number that nobody else uses.
    pub(crate) fn next_number(&mut self) -> String {
        self.made += 1;
        format!("+7701{:03}{:04}", self.index % 1000, self.made % 10_000)
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
fn place(path: &str, answer: Answer) -> Result<String, Failure> {
    answer.location.ok_or_else(|| {
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
    decode(&content).ok_or_else(|| Failure::unexpected("the challenge is not base64"))
}

/// Base64 with padding.
fn decode(text: &str) -> Option<Vec<u8>> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let value = LETTERS.iter().position(|known| *known == letter)?;
        bits = (bits << 6) | u32::try_from(value).ok()?;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// The path under which the inbox shows a number's messages.
pub(crate) fn inbox(number: &str) -> String {
    format!("/api/messages?to={}", percent(number))
}
