//! Signed heads of the tree, kept for ever.

use jiff::Timestamp;

use super::note::NoteKey;
use super::seal::{head, signed, value};
use crate::{Row, StoreError, Tx, sql};

sql! {
    LAST = "SELECT size, at, note, stamp FROM journal_checkpoint ORDER BY size DESC LIMIT 1";
    COVERING = "SELECT size, at, note, stamp FROM journal_checkpoint WHERE size > $1 ORDER BY size LIMIT 1";
    KEEP = "INSERT INTO journal_checkpoint (size, at, root, note) VALUES ($1, $2, $3, $4)";
    STAMP = "UPDATE journal_checkpoint SET stamp = $2 WHERE size = $1 AND stamp IS NULL";
}

/// A signed head of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// How many entries it covers.
    pub size: u64,
    /// When it was signed.
    pub at: Timestamp,
    /// The signed note.
    pub note: String,
    /// Its RFC 3161 time-stamp, once it has one.
    pub stamp: Option<Vec<u8>>,
}

/// Signs the head of the tree with the journal's Ed25519 key; `None` when nothing was sealed since the last time.
/// `sign` may be called more than once, as every part of a unit of work.
pub fn checkpoint<E: From<StoreError>>(
    tx: &mut Tx<'_>,
    now: Timestamp,
    key: &NoteKey,
    sign: impl Fn(&[u8]) -> Result<Vec<u8>, E>,
) -> Result<Option<Checkpoint>, E> {
    let head = head(tx)?;
    let before = last_checkpoint(tx)?.map_or(0, |checkpoint| checkpoint.size);
    if head.size <= before {
        return Ok(None);
    }
    let text = key.text(&head);
    let note = key.note(&text, &sign(text.as_bytes())?);
    tx.execute(&KEEP, &[signed(head.size).into(), now.into(), value(&head.root), (&note).into()])?;
    Ok(Some(Checkpoint { size: head.size, at: now, note, stamp: None }))
}

/// The newest checkpoint.
pub fn last_checkpoint(tx: &mut Tx<'_>) -> Result<Option<Checkpoint>, StoreError> {
    tx.one(&LAST, &[])?.map(|row| read(&row)).transpose()
}

/// Keeps the time-stamp of a checkpoint; `false` when it has one already.
pub fn stamp(tx: &mut Tx<'_>, size: u64, token: Vec<u8>) -> Result<bool, StoreError> {
    Ok(tx.execute(&STAMP, &[signed(size).into(), token.into()])? == 1)
}

/// The oldest checkpoint that covers a leaf.
pub(super) fn covering(tx: &mut Tx<'_>, leaf: u64) -> Result<Option<Checkpoint>, StoreError> {
    tx.one(&COVERING, &[signed(leaf).into()])?.map(|row| read(&row)).transpose()
}

fn read(row: &Row) -> Result<Checkpoint, StoreError> {
    Ok(Checkpoint { size: row.count(0)?, at: row.time(1)?, note: row.text(2)?, stamp: row.opt_blob(3)? })
}
