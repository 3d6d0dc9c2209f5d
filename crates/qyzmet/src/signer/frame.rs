//! Frames on the signer's socket: a length of four octets, big-endian, and so many octets; and what stands in them.

use std::io;

use jiff::Timestamp;
use qyzmet_app::ports::{CertificatesOrder, ListBase, ListOrder, OrderRefusal};
use qyzmet_store::repositories::lists::Series;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Octets of the longest question: an order with four requests takes about a quarter of it.
pub(super) const QUESTION: usize = 512 * 1024;
/// Octets of the longest answer: a revocation list of ten million entries.
pub(super) const ANSWER: usize = 512 * 1024 * 1024;

/// A question to the signer.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) enum Question {
    /// Certificates of an order.
    Certificates(CertificatesOrder),
    /// A revocation list.
    List(ListWish),
    /// Whether it could sign now.
    Ready,
}

/// A revocation list that is wished.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListWish {
    issuer: String,
    series: String,
    number: u64,
    /// Number of the base and what it has seen.
    base: Option<(u64, u64)>,
    this_update: Timestamp,
    next_update: Timestamp,
}

impl ListWish {
    pub(super) fn of(order: &ListOrder) -> Self {
        Self {
            issuer: order.issuer.clone(),
            series: order.series.to_string(),
            number: order.number,
            base: order.base.map(|base| (base.number, base.seen)),
            this_update: order.this_update,
            next_update: order.next_update,
        }
    }

    /// The order; nothing when there is no such series.
    pub(super) fn order(self) -> Option<ListOrder> {
        Some(ListOrder {
            issuer: self.issuer,
            series: self.series.parse::<Series>().ok()?,
            number: self.number,
            base: self.base.map(|(number, seen)| ListBase { number, seen }),
            this_update: self.this_update,
            next_update: self.next_update,
        })
    }
}

/// What the signer answers.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Answer {
    /// Certificates, in the order of the wishes.
    Certificates(Vec<Vec<u8>>),
    /// A list; its octets are the next frame.
    List { entries: u64, seen: u64 },
    /// It could; the names of the issuers whose keys it holds.
    Ready(Vec<String>),
    /// "No" to an order, for good.
    Refused(OrderRefusal),
    /// This is no question, or not one for this signer: asking again is useless.
    Rejected(String),
    /// Not now.
    Failed(String),
}

/// Reads a frame of at most so many octets; nothing when the other side has closed before it.
pub(super) async fn read(from: &mut (impl AsyncRead + Unpin), most: usize) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match from.read_exact(&mut length).await {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    };
    let length = usize::try_from(u32::from_be_bytes(length)).map_err(io::Error::other)?;
    if length > most {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the frame is too long"));
    }
    // The buffer grows with what comes, not with what was announced.
    let mut frame = Vec::new();
    let read = from.take(u64::try_from(length).unwrap_or(0)).read_to_end(&mut frame).await?;
    if read == length { Ok(Some(frame)) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Writes a frame.
pub(super) async fn write(to: &mut (impl AsyncWrite + Unpin), frame: &[u8]) -> io::Result<()> {
    let length = u32::try_from(frame.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_be_bytes()).await?;
    to.write_all(frame).await?;
    to.flush().await
}
