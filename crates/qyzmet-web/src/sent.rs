//! A form as it was sent, from either encoding, after its token has been checked.

use std::collections::BTreeMap;

use axum::{
    extract::{Form, FromRequest, Multipart, Request},
    http::header,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use qyzmet_app::{Seen, conduct::refuse_private_key};
use qyzmet_domain::Locale;

use crate::{
    csrf,
    problem::{Problem, Stop},
    visit::Visit,
};

/// Fields that belong to the page and not to the form.
const OWN_FIELDS: [&str; 5] = [csrf::FIELD, "language", "page", "resend", "seen"];
/// More fields than any form of ours has.
const MOST_FIELDS: usize = 200;

/// The fields and files of a form. Deliberately without `Debug`: it holds passwords and codes.
#[derive(Default)]
pub(crate) struct Sent {
    fields: BTreeMap<String, String>,
    files: BTreeMap<String, Vec<u8>>,
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Stop;

    /// Reads the form and checks its token against the session of the visit.
    async fn from_request(request: Request, state: &S) -> Result<Self, Stop> {
        let visit =
            request.extensions().get::<Visit>().cloned().ok_or_else(|| Stop::from(Problem::Unreadable))?;
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let sent = if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            Self::read_parts(request, state).await?
        } else {
            Self::read_pairs(request, state).await?
        };
        // Nobody's private key goes further than this, in a file or pasted into a field [R839-19.5d].
        sent.fields.values().try_for_each(|text| refuse_private_key(text.as_bytes()))?;
        let token = sent.fields.get(csrf::FIELD).map(String::as_str);
        if csrf::token_fits(visit.session.as_deref(), token) { Ok(sent) } else { Err(Problem::Forged.into()) }
    }
}

impl Sent {
    async fn read_pairs<S: Send + Sync>(request: Request, state: &S) -> Result<Self, Stop> {
        let Form(pairs) =
            Form::<Vec<(String, String)>>::from_request(request, state).await.map_err(unreadable)?;
        if pairs.len() > MOST_FIELDS {
            return Err(Problem::TooLarge.into());
        }
        Ok(Self { fields: pairs.into_iter().collect(), files: BTreeMap::new() })
    }

    async fn read_parts<S: Send + Sync>(request: Request, state: &S) -> Result<Self, Stop> {
        let mut parts = Multipart::from_request(request, state).await.map_err(unreadable)?;
        let mut sent = Self::default();
        while let Some(part) = parts.next_field().await.map_err(unreadable)? {
            if sent.fields.len() + sent.files.len() >= MOST_FIELDS {
                return Err(Problem::TooLarge.into());
            }
            let Some(name) = part.name().map(str::to_owned) else { continue };
            if part.file_name().is_some() {
                let bytes = part.bytes().await.map_err(unreadable)?;
                refuse_private_key(&bytes)?;
                sent.files.insert(name, bytes.into());
            } else {
                let text = part.text().await.map_err(unreadable)?;
                sent.fields.insert(name, text);
            }
        }
        Ok(sent)
    }

    /// A field, empty when it was not sent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.fields.get(name).map(String::as_str).unwrap_or_default()
    }

    /// Whether a field or button was sent.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// Takes a field out, so that a secret is not kept longer than needed.
    pub(crate) fn take(&mut self, name: &str) -> String {
        self.fields.remove(name).unwrap_or_default()
    }

    /// Takes a file out; one that was not chosen comes empty and counts as absent.
    pub(crate) fn take_file(&mut self, name: &str) -> Option<Vec<u8>> {
        self.files.remove(name).filter(|bytes| !bytes.is_empty())
    }

    /// The signature that the signing element made (`cms`), or an uploaded one (`signature`).
    pub(crate) fn take_signature(&mut self) -> Option<Vec<u8>> {
        let made = STANDARD.decode(self.take("cms").trim()).ok().filter(|bytes| !bytes.is_empty());
        made.or_else(|| self.take_file("signature"))
    }

    /// The language button that was pressed, if it was one.
    pub(crate) fn language(&self) -> Option<Locale> {
        self.text("language").parse().ok()
    }

    /// What the page showed when it was drawn.
    pub(crate) fn seen(&self) -> Seen {
        Seen::read(self.text("seen"))
    }

    /// Everything that belongs to the form itself.
    pub(crate) fn values(self) -> BTreeMap<String, String> {
        self.fields.into_iter().filter(|(name, _)| !OWN_FIELDS.contains(&name.as_str())).collect()
    }
}

/// Too large is worth a word of its own; everything else in a body is simply not a form.
fn unreadable<R: axum::response::IntoResponse>(rejection: R) -> Stop {
    match rejection.into_response().status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge.into(),
        _ => Problem::Unreadable.into(),
    }
}
