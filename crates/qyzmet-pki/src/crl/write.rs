//! Writing of a revocation list of any size in constant memory (RFC 5280 section 5.1).
//!
//! DER puts lengths before contents and a signature covers them, so the entries are walked twice: once for their lengths,
//! once for their bytes, which go to the writer and into the digest at the same time. The digest is signed at the end.

use std::io::{self, Write};

use aws_lc_rs::digest;

use super::{Draft, Revoked};
use crate::{
    algorithms::DigestValue,
    asn1::{self, tag},
    identity::Identity,
    key::{KeyKind, SignError, Signer},
    verdict::Reason,
};

/// Entries are handed on in pieces of this size.
const PIECE: usize = 64 * 1024;
/// A signature of the usual length comes in every second try; a key that never makes one draws no random numbers.
const TRIES: usize = 64;

/// A list could not be written. What the writer got so far is no list and must be thrown away.
#[derive(Debug, thiserror::Error)]
pub enum CrlError {
    /// The next update is not after this one.
    #[error("the next update is not after this one")]
    Period,
    /// The draft breaks a rule; the text names it.
    #[error("the list breaks a rule: {0}")]
    Draft(&'static str),
    /// A full list takes a certificate back from hold; only a delta can.
    #[error("a full list holds an entry that removes from lists")]
    RemovedInFull,
    /// The second walk over the entries brought others than the first.
    #[error("the entries changed while they were written")]
    Changed,
    /// The entries could not be read, or the list not be written.
    #[error("the list could not be written")]
    Io(#[from] io::Error),
    /// The key could not sign.
    #[error(transparent)]
    Key(#[from] SignError),
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Entries of the list.
    pub entries: u64,
    /// Bytes of the list.
    pub bytes: u64,
}

/// Writes and signs a list. `entries` begins a new walk over the same entries at each call; two walks are made.
///
/// # Errors
/// [`CrlError`]; nothing is written when the draft itself is wrong.
pub fn write<I>(
    identity: &Identity,
    draft: &Draft,
    entries: impl Fn() -> I,
    out: impl Write,
) -> Result<Written, CrlError>
where
    I: IntoIterator<Item = io::Result<Revoked>>,
{
    draft.check()?;
    let issuer = identity.certificate()?;
    let algorithm = identity.signer.algorithm().to_der();
    let signature_length = usual_length(&identity.signer)?;
    let measured = measure(draft, entries())?;
    let head = draft.head(issuer, &algorithm);
    let tail = draft.extensions(issuer);
    let list_header = match measured.entries {
        0 => vec![],
        _ => asn1::header(tag::SEQUENCE, length(measured.bytes)?),
    };
    let content = head.len() + list_header.len() + length(measured.bytes)? + tail.len();
    let tbs_header = asn1::header(tag::SEQUENCE, content);
    let signature_header = [&asn1::header(tag::BIT_STRING, signature_length + 1)[..], &[0]].concat();
    let whole = tbs_header.len() + content + algorithm.len() + signature_header.len() + signature_length;

    let mut sink = Sink { out, digest: identity.signer.algorithm().digest().begin(), bytes: 0 };
    sink.plain(&asn1::header(tag::SEQUENCE, whole))?;
    sink.signed(&[tbs_header, head, list_header].concat())?;
    let written = hand_on(entries(), |piece| sink.signed(piece))?;
    if written != measured {
        return Err(CrlError::Changed);
    }
    sink.signed(&tail)?;
    let digest = sink.digest.clone().finish();
    let signature = sign(&identity.signer, &digest, signature_length)?;
    sink.plain(&[algorithm, signature_header, signature].concat())?;
    sink.out.flush()?;
    Ok(Written { entries: written.entries, bytes: sink.bytes })
}

fn length(bytes: u64) -> Result<usize, CrlError> {
    usize::try_from(bytes).map_err(|_| CrlError::Draft("the list fits into the address space"))
}

/// Where the bytes go.
struct Sink<W> {
    out: W,
    digest: digest::Context,
    bytes: u64,
}

impl<W: Write> Sink<W> {
    fn plain(&mut self, piece: &[u8]) -> io::Result<()> {
        self.bytes += piece.len() as u64;
        self.out.write_all(piece)
    }

    fn signed(&mut self, piece: &[u8]) -> io::Result<()> {
        self.digest.update(piece);
        self.plain(piece)
    }
}

/// The first walk: counts entries and bytes.
fn measure(
    draft: &Draft,
    entries: impl IntoIterator<Item = io::Result<Revoked>>,
) -> Result<Written, CrlError> {
    let mut count = Written { entries: 0, bytes: 0 };
    for entry in entries {
        let entry = entry?;
        if entry.reason == Reason::RemoveFromCrl && !draft.is_delta() {
            return Err(CrlError::RemovedInFull);
        }
        count.entries += 1;
        count.bytes += entry.length() as u64;
    }
    Ok(count)
}

/// The second walk: encodes the entries, hands them on in pieces, and counts again.
fn hand_on(
    entries: impl IntoIterator<Item = io::Result<Revoked>>,
    mut take: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<Written> {
    let mut piece = Vec::with_capacity(PIECE + 128);
    let mut count = Written { entries: 0, bytes: 0 };
    for entry in entries {
        entry?.push(&mut piece);
        count.entries += 1;
        if piece.len() >= PIECE {
            count.bytes += piece.len() as u64;
            take(&piece)?;
            piece.clear();
        }
    }
    count.bytes += piece.len() as u64;
    take(&piece)?;
    Ok(count)
}

/// The most frequent length of a signature. That of ECDSA varies by the top bits of its two numbers; here one of the two
/// bits is set, which is so every second time.
fn usual_length(signer: &Signer) -> Result<usize, SignError> {
    match signer.kind() {
        KeyKind::EcP256 => Ok(71),
        KeyKind::EcP384 => Ok(103),
        KeyKind::Rsa2048 => Ok(256),
        KeyKind::Rsa3072 => Ok(384),
        KeyKind::Ed25519 => Err(SignError::UnsupportedKind),
    }
}

/// Signs until the signature has the length that the headers already promise.
fn sign(signer: &Signer, digest: &DigestValue, length: usize) -> Result<Vec<u8>, SignError> {
    for _ in 0..TRIES {
        let signature = signer.sign_digest(digest)?;
        if signature.len() == length {
            return Ok(signature);
        }
    }
    Err(SignError::KeyFailed)
}
