//! The walk over all entries in the order of the tree.

use super::{Finding, Leaf, Report, segment::Segment};
use crate::journal::leaf::{FIELDS, Fields, columns, payload_hash};
use crate::journal::merkle::{Hash, Head, leaf_hash};
use crate::journal::note::NoteKey;
use crate::journal::seal::{hash, signed, size};
use crate::journal::tiles::Tiles;
use crate::{Row, StoreError, Tx, sql};

/// Entries read at once.
const PAGE: i64 = 512;

sql! {
    SEALED = concat!("SELECT ", columns!(), ", walked.leaf FROM journal_place AS walked
        JOIN journal ON journal.id = walked.id WHERE walked.leaf > $1 ORDER BY walked.leaf LIMIT $2");
    UNSEALED = concat!("SELECT ", columns!(), ", waiting.leaf_hash FROM journal
        LEFT JOIN journal_waiting AS waiting ON waiting.id = journal.id
        WHERE journal.id > $1 AND NOT EXISTS (SELECT 1 FROM journal_place AS placed
            WHERE placed.shard = journal.shard AND placed.subject = journal.subject AND placed.id = journal.id)
        ORDER BY journal.id LIMIT $2");
    CHECKPOINTS = "SELECT size, root, note FROM journal_checkpoint WHERE size > $1 ORDER BY size LIMIT $2";
}

/// Checks entries that have a place, and the checkpoints over them.
pub(super) fn sealed(tx: &mut Tx<'_>, key: &NoteKey, report: &mut Report) -> Result<(), StoreError> {
    let size = size(tx)?;
    let mut walk = Walk { tiles: Tiles::default(), segment: Segment::default(), heads: Heads::new(key) };
    let mut leaf = -1;
    loop {
        let rows = tx.rows(&SEALED, &[leaf.into(), PAGE.into()])?;
        let Some(last) = rows.last() else { break };
        leaf = last.int(14)?;
        for row in &rows {
            walk.entry(tx, row, report)?;
        }
        walk.tiles.forget();
    }
    walk.missing(tx, size, report)?;
    walk.heads.rest(tx, walk.segment.size(), report)?;
    walk.segment.finish(report);
    Ok(())
}

/// Checks entries that wait for the sealer: only their own hash protects them.
pub(super) fn unsealed(tx: &mut Tx<'_>, report: &mut Report) -> Result<(), StoreError> {
    let mut id = String::new();
    loop {
        let rows = tx.rows(&UNSEALED, &[id.into(), PAGE.into()])?;
        let Some(last) = rows.last() else { return Ok(()) };
        id = last.text(0)?;
        for row in &rows {
            let (found, field) = judge(row, report)?;
            let Some(waits) = row.opt_blob(14)? else {
                report.find(Finding::Inserted { entry: row.text(0)? });
                continue;
            };
            if let Some(field) = field.or((waits != found).then_some("leaf_hash")) {
                report.find(Finding::Changed { entry: row.text(0)?, leaf: None, field });
            }
        }
    }
}

struct Walk<'key> {
    tiles: Tiles,
    segment: Segment,
    heads: Heads<'key>,
}

impl Walk<'_> {
    fn entry(&mut self, tx: &mut Tx<'_>, row: &Row, report: &mut Report) -> Result<(), StoreError> {
        let (entry, place) = (row.text(0)?, row.count(14)?);
        self.missing(tx, place, report)?;
        // By the place an entry is found among those of its person.
        let strayed = (row.opt_int(13)? != row.opt_int(14)?).then_some("place");
        let (row, field) = judge(row, report)?;
        let field = field.or(strayed);
        report.sealed += 1;
        let tree = self.tree_hash(tx, place)?;
        self.segment.push(Leaf { place, entry, row, tree, field });
        self.checkpoint(tx, report)
    }

    /// Reports that leaves up to `place` have no entry.
    fn missing(&mut self, tx: &mut Tx<'_>, place: u64, report: &mut Report) -> Result<(), StoreError> {
        while self.segment.size() < place {
            let leaf = self.segment.size();
            report.find(Finding::Missing { leaf });
            let tree = self.tree_hash(tx, leaf)?;
            self.segment.push_missing(tree);
            self.checkpoint(tx, report)?;
        }
        Ok(())
    }

    /// A hash that the tree does not hold any more agrees with nothing.
    fn tree_hash(&mut self, tx: &mut Tx<'_>, leaf: u64) -> Result<Hash, StoreError> {
        match self.tiles.hash(tx, 0, leaf) {
            Err(StoreError::Corrupt(_)) => Ok(Hash::default()),
            other => other,
        }
    }

    fn checkpoint(&mut self, tx: &mut Tx<'_>, report: &mut Report) -> Result<(), StoreError> {
        if let Some(head) = self.heads.of_size(tx, self.segment.size(), report)? {
            self.segment.judge(&head, report);
        }
        Ok(())
    }
}

/// Compares an entry with its own hash; its hash as it stands, and the field that was changed.
fn judge(row: &Row, report: &mut Report) -> Result<(Hash, Option<&'static str>), StoreError> {
    report.entries += 1;
    let fields = Fields::from_row(row)?;
    let (canonical, marks) = fields.canonical();
    let (payload, salt) = (row.opt_text(9)?, row.opt_blob(10)?);
    let payload_holds = match (&payload, &salt) {
        (Some(payload), Some(salt)) => payload_hash(salt, payload).as_slice() == fields.payload_hash,
        (None, None) => {
            report.erased += 1;
            report.unexplained.insert(row.text(0)?);
            true
        }
        _ => false,
    };
    let found = leaf_hash(&canonical);
    let written = row.blob(12)?;
    let field = if written == found {
        (marks != row.blob(11)?).then_some("marks")
    } else {
        Some(changed_field(&marks, &row.blob(11)?).unwrap_or("leaf_hash"))
    };
    Ok((found, field.or((!payload_holds).then_some("payload"))))
}

/// The first field whose mark is not the one that was written.
fn changed_field(now: &[u8], written: &[u8]) -> Option<&'static str> {
    let marks = now.chunks_exact(4).zip(written.chunks_exact(4));
    FIELDS.iter().zip(marks).find(|(_, (now, written))| now != written).map(|(field, _)| *field)
}

/// Checkpoints in the order of their sizes, read as the walk comes to them.
struct Heads<'key> {
    key: &'key NoteKey,
    waiting: std::collections::VecDeque<(u64, Row)>,
    last: u64,
    over: bool,
}

impl<'key> Heads<'key> {
    fn new(key: &'key NoteKey) -> Self {
        Self { key, waiting: std::collections::VecDeque::new(), last: 0, over: false }
    }

    /// The believable checkpoint of exactly this size, if there is one.
    fn of_size(
        &mut self,
        tx: &mut Tx<'_>,
        size: u64,
        report: &mut Report,
    ) -> Result<Option<Head>, StoreError> {
        self.fill(tx)?;
        match self.waiting.front() {
            Some((next, _)) if *next == size => {}
            _ => return Ok(None),
        }
        let Some((_, row)) = self.waiting.pop_front() else { return Ok(None) };
        self.believe(size, &row, report)
    }

    /// Checkpoints beyond the end of the tree: entries that were signed are gone.
    fn rest(&mut self, tx: &mut Tx<'_>, size: u64, report: &mut Report) -> Result<(), StoreError> {
        loop {
            self.fill(tx)?;
            let Some((signed, _)) = self.waiting.pop_front() else { return Ok(()) };
            let why = format!("it covers {signed} entries, the tree has {size}");
            report.find(Finding::Checkpoint { size: signed, why });
        }
    }

    fn fill(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        if !self.waiting.is_empty() || self.over {
            return Ok(());
        }
        for row in tx.rows(&CHECKPOINTS, &[signed(self.last).into(), PAGE.into()])? {
            self.last = row.count(0)?;
            self.waiting.push_back((self.last, row));
        }
        self.over = self.waiting.is_empty();
        Ok(())
    }

    fn believe(&self, size: u64, row: &Row, report: &mut Report) -> Result<Option<Head>, StoreError> {
        let root = hash(row.blob(1)?);
        let why = match self.key.open(&row.text(2)?) {
            Ok(head) if head.size != size => "its note is about another size".to_owned(),
            Ok(head) if root != Ok(head.root) => "its root is not the one in its note".to_owned(),
            Ok(head) => return Ok(Some(head)),
            Err(error) => error.to_string(),
        };
        report.find(Finding::Checkpoint { size, why });
        Ok(None)
    }
}
