//! Sealing of PDF documents: PAdES B-B as an incremental update, so that the document's own bytes stay as they are.

mod update;

use std::ops::Range;

use jiff::Timestamp;

use crate::{cms, identity::Identity, key::SignError};

/// A document could not be sealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The bytes are not a PDF document that can be sealed; the text names what is missing.
    #[error("the document cannot be sealed: {0}")]
    Document(&'static str),
    /// The key could not sign.
    #[error(transparent)]
    Key(#[from] SignError),
}

/// Bytes kept free for the signature beside the chain: attributes, one RSA-3072 signature, and room to spare.
const SIGNATURE_ROOM: usize = 2048;

/// Seals the document: appends an invisible signature field over all its bytes (ETSI.CAdES.detached).
///
/// `at` is the time written into the signature dictionary, where PAdES wants it.
///
/// # Errors
/// [`SealError::Document`] when the bytes are not an unencrypted PDF with a page; [`SealError::Key`] when the key fails.
pub fn seal(pdf: &[u8], identity: &Identity, at: Timestamp) -> Result<Vec<u8>, SealError> {
    let room = SIGNATURE_ROOM + identity.chain.iter().map(|member| member.der().len()).sum::<usize>();
    let mut sealed = update::append(pdf, room, at)?;
    let gap = gap_in(&sealed, pdf.len(), room)?;
    write_range(&mut sealed, pdf.len(), &gap)?;
    let covered = [sealed.get(..gap.start), sealed.get(gap.end..)].map(Option::unwrap_or_default).concat();
    let signature = hex::encode(cms::detached(&covered, identity, None)?);
    let place = sealed.get_mut(gap.start + 1..gap.start + 1 + signature.len());
    let place = place.filter(|_| signature.len() <= room * 2);
    place.ok_or(SealError::Document("the signature does not fit"))?.copy_from_slice(signature.as_bytes());
    Ok(sealed)
}

/// Where the signature goes: the hexadecimal string with its brackets.
fn gap_in(sealed: &[u8], from: usize, room: usize) -> Result<Range<usize>, SealError> {
    let empty = [b"<".as_slice(), &b"0".repeat(room * 2), b">"].concat();
    let start = find(sealed, &empty, from).ok_or(SealError::Document("no place for the signature"))?;
    Ok(start..start + empty.len())
}

/// Fills in the byte range: everything but the gap.
fn write_range(sealed: &mut [u8], from: usize, gap: &Range<usize>) -> Result<(), SealError> {
    let lost = SealError::Document("no place for the byte range");
    let start = find(sealed, update::RANGE_PLACEHOLDER.as_bytes(), from).ok_or(lost.clone())?;
    let range = format!("[0 {} {} {}]", gap.start, gap.end, sealed.len() - gap.end);
    let width = update::RANGE_PLACEHOLDER.len();
    let place = sealed.get_mut(start..start + width).ok_or(lost)?;
    place.copy_from_slice(format!("{range:<width$}").as_bytes());
    Ok(())
}

fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let tail = bytes.get(from..)?;
    tail.windows(wanted.len()).position(|window| window == wanted).map(|at| at + from)
}
