//! A question in the path of a GET (RFC 6960 appendix A.1): base64, percent-encoded.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::MAX_REQUEST;

/// A path holds no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the path holds no request")]
pub struct GetError;

/// The DER in the last part of a path: what follows the responder's own address and one slash. Base64 may itself hold
/// slashes, and some clients do not percent-encode it.
///
/// # Errors
/// [`GetError`] when it is no base64, or longer than any request.
pub fn from_path(path: &str) -> Result<Vec<u8>, GetError> {
    // Every octet of base64 could be percent-encoded as three, and base64 is a third longer than what it holds.
    if path.len() > MAX_REQUEST * 4 {
        return Err(GetError);
    }
    let text = percent_decoded(path.as_bytes()).ok_or(GetError)?;
    STANDARD.decode(text).map_err(|_| GetError)
}

fn percent_decoded(mut text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    while let Some((&first, rest)) = text.split_first() {
        if first == b'%' {
            let mut octet = [0];
            hex::decode_to_slice(rest.get(..2)?, &mut octet).ok()?;
            out.extend_from_slice(&octet);
            text = rest.get(2..)?;
        } else {
            out.push(first);
            text = rest;
        }
    }
    Some(out)
}
