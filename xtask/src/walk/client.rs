//! A client like any other: keeps cookies, follows redirects, fills forms. It knows the portal only from its pages.

use std::{collections::BTreeMap, time::Duration};

use ureq::http::{Response, StatusCode, header};

use super::html::{self, Form};
use crate::Failure;

/// Redirects that one answer may cause.
const HOPS: usize = 10;
/// The largest answer that is read.
const LARGEST: u64 = 50 * 1024 * 1024;
/// Separates the parts of a form with a file.
const BOUNDARY: &str = "qyzmet-walk-7c1f9a";

/// A browser without scripts.
#[derive(Debug)]
pub struct Client {
    agent: ureq::Agent,
    origin: String,
    cookies: BTreeMap<String, String>,
    /// Every answer so far, for those who want to look at all pages of a path.
    pub history: Vec<Page>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Page {
    /// Status of the last answer.
    pub status: u16,
    /// Path (and query) that it came from.
    pub at: String,
    /// What it says it is.
    pub kind: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A file of a form.
#[derive(Clone, Copy, Debug)]
pub struct Upload<'a> {
    /// Name of the field.
    pub field: &'a str,
    /// Name of the file.
    pub file: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

impl Page {
    /// The page as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The first form that offers the named field.
    ///
    /// # Errors
    /// When there is none.
    pub fn form(&self, field: &str) -> Result<Form, Failure> {
        let forms = html::forms(&self.text());
        let found = forms.into_iter().find(|form| form.offers(field));
        found.ok_or_else(|| Failure::unexpected(format!("{}: no form with a field `{field}`", self.at)))
    }

    /// The first link whose address has `part` in it.
    ///
    /// # Errors
    /// When there is none.
    pub fn link(&self, part: &str) -> Result<String, Failure> {
        let found = html::links(&self.text())
            .into_iter()
            .map(|(address, _)| address)
            .find(|address| address.contains(part));
        found.ok_or_else(|| Failure::unexpected(format!("{}: no link to `{part}`", self.at)))
    }

    /// The text of the first element of a class.
    ///
    /// # Errors
    /// When there is none.
    pub fn of_class(&self, class: &str) -> Result<String, Failure> {
        let found = html::of_class(&self.text(), class);
        found.ok_or_else(|| Failure::unexpected(format!("{}: nothing of class `{class}`", self.at)))
    }

    /// The value of an attribute anywhere on the page.
    ///
    /// # Errors
    /// When no tag has it.
    pub fn marked(&self, attribute: &str) -> Result<String, Failure> {
        let found = html::marked(&self.text(), attribute);
        found.ok_or_else(|| Failure::unexpected(format!("{}: nothing is marked `{attribute}`", self.at)))
    }
}

impl Client {
    /// A new client without cookies: a stranger.
    #[must_use]
    pub fn new(origin: &str) -> Self {
        let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false);
        let agent = config.timeout_global(Some(Duration::from_secs(30))).build().new_agent();
        Self {
            agent,
            origin: origin.trim_end_matches('/').to_owned(),
            cookies: BTreeMap::new(),
            history: Vec::new(),
        }
    }

    /// Carries a cookie that was got elsewhere.
    #[must_use]
    pub fn with_cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The `Cookie` header that this client sends.
    #[must_use]
    pub fn cookies(&self) -> String {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        cookies.join("; ")
    }

    /// Fetches a page, following redirects; any status is an answer.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn fetch(&mut self, path: &str) -> Result<Page, Failure> {
        let mut page = self.once("GET", path, None)?;
        for _ in 0..HOPS {
            let Some(next) = redirect(&page) else { return Ok(page.1) };
            page = self.once("GET", &next, None)?;
        }
        Err(Failure::unexpected(format!("{path}: too many redirects")))
    }

    /// Fetches a page that must be there.
    ///
    /// # Errors
    /// When the answer is not 200.
    pub fn get(&mut self, path: &str) -> Result<Page, Failure> {
        good(self.fetch(path)?)
    }

    /// Sends a form; any status is an answer.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn send(&mut self, from: &Page, form: &Form, upload: Option<Upload<'_>>) -> Result<Page, Failure> {
        self.send_files(from, form, upload.as_slice())
    }

    /// Sends a form with any number of files; any status is an answer.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn send_files(&mut self, from: &Page, form: &Form, uploads: &[Upload<'_>]) -> Result<Page, Failure> {
        let path = if form.action.is_empty() { from.at.clone() } else { form.action.clone() };
        if form.method == "get" {
            let query = encode(&form.fields);
            return self.fetch(&format!("{}?{query}", path.split('?').next().unwrap_or(&path)));
        }
        let (kind, body) = if form.multipart || !uploads.is_empty() {
            (format!("multipart/form-data; boundary={BOUNDARY}"), multipart(&form.fields, uploads))
        } else {
            ("application/x-www-form-urlencoded".to_owned(), encode(&form.fields).into_bytes())
        };
        let answer = self.once("POST", &path, Some((kind, body)))?;
        match redirect(&answer) {
            Some(next) => self.fetch(&next),
            None => Ok(answer.1),
        }
    }

    /// Sends a form that must be taken.
    ///
    /// # Errors
    /// When the answer is not 200 after redirects.
    pub fn submit(&mut self, from: &Page, form: &Form, upload: Option<Upload<'_>>) -> Result<Page, Failure> {
        good(self.send(from, form, upload)?)
    }

    fn once(
        &mut self,
        method: &str,
        path: &str,
        body: Option<(String, Vec<u8>)>,
    ) -> Result<(Option<String>, Page), Failure> {
        let path = path.strip_prefix(&self.origin).unwrap_or(path);
        let failed = |fault: ureq::Error| Failure::unexpected(format!("{method} {path}: {fault}"));
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.origin));
        request = request.header(header::COOKIE, self.cookies()).header(header::ORIGIN, &self.origin);
        if let Some((kind, _)) = &body {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let body = body.map_or_else(Vec::new, |(_, body)| body);
        let request = request.body(body).map_err(|fault| Failure::unexpected(format!("{path}: {fault}")))?;
        let answer = self.agent.run(request).map_err(failed)?;
        self.keep_cookies(&answer);
        let (status, kind) = (answer.status(), text_of(&answer, header::CONTENT_TYPE.as_str()));
        let next = text_of(&answer, header::LOCATION.as_str());
        let next = (is_redirect(status) && !next.is_empty()).then(|| resolve(path, &next));
        let bytes = answer.into_body().with_config().limit(LARGEST).read_to_vec().map_err(failed)?;
        let page = Page { status: status.as_u16(), at: path.to_owned(), kind, bytes };
        self.history.push(page.clone());
        Ok((next, page))
    }

    fn keep_cookies(&mut self, answer: &Response<ureq::Body>) {
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            let pair = cookie
                .to_str()
                .ok()
                .and_then(|text| text.split(';').next())
                .and_then(|pair| pair.split_once('='));
            if let Some((name, value)) = pair {
                self.cookies.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }
}

fn redirect(answer: &(Option<String>, Page)) -> Option<String> {
    answer.0.clone()
}

fn is_redirect(status: StatusCode) -> bool {
    status.is_redirection() && status != StatusCode::NOT_MODIFIED
}

fn text_of(answer: &Response<ureq::Body>, name: &str) -> String {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned()
}

fn good(page: Page) -> Result<Page, Failure> {
    if page.status == 200 {
        return Ok(page);
    }
    let words: String = html::words(&page.text()).chars().take(300).collect();
    Err(Failure::unexpected(format!("{} answered {}: {words}", page.at, page.status)))
}

/// A redirect's address against the page that it came from.
fn resolve(from: &str, to: &str) -> String {
    if to.starts_with('?') {
        return format!("{}{to}", from.split('?').next().unwrap_or(from));
    }
    if to.starts_with('/') || to.contains("://") {
        return to.to_owned();
    }
    let folder =
        from.split('?').next().and_then(|path| path.rsplit_once('/')).map_or("", |(folder, _)| folder);
    format!("{folder}/{to}")
}

/// `application/x-www-form-urlencoded`.
#[must_use]
pub fn encode(fields: &[(String, String)]) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
    pairs.join("&")
}

/// Percent encoding of everything but letters, digits and `-._~`.
#[must_use]
pub fn percent(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            safe.push_str(&format!("%{byte:02X}"));
        }
    }
    safe
}

fn multipart(fields: &[(String, String)], uploads: &[Upload<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(head.into_bytes());
    }
    for Upload { field, file, bytes } in uploads {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{file}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_are_resolved_against_the_page() {
        let found = ["/b", "c", "?step=2"].map(|to| resolve("/a/x?old=1", to));
        assert_eq!(found, ["/b", "/a/c", "/a/x?step=2"]);
    }

    #[test]
    fn fields_are_encoded() {
        assert_eq!(encode(&[("a b".to_owned(), "+7&ә".to_owned())]), "a%20b=%2B7%26%D3%99");
    }

    #[test]
    fn a_file_travels_beside_the_fields() {
        let upload = Upload { field: "signature", file: "a.p7s", bytes: &[0, 1] };
        let body = multipart(&[("csrf".to_owned(), "t".to_owned())], &[upload]);
        let text = String::from_utf8_lossy(&body);
        assert!(text.contains("name=\"csrf\"\r\n\r\nt\r\n") && text.contains("filename=\"a.p7s\""));
    }
}
