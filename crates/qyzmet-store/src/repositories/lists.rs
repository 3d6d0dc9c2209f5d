//! Published revocation lists: their numbers, how much of the truth each has seen, and where its bytes are.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use qyzmet_domain::DocumentId;

use crate::{Row, StoreError, Tx, counters, sql};

/// Which lists of an issuer form a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Series {
    /// Everything that is revoked.
    Full,
    /// What has changed since a full list.
    Delta,
    /// Everything that is revoked in one part.
    Part(u32),
}

/// A published list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// The authority that signed it, by its name in the ceremony.
    pub issuer: String,
    /// Of which series it is.
    pub series: Series,
    /// Its `cRLNumber`; a full list and the delta that is signed with it share one.
    pub number: u64,
    /// All changes up to this number are in it.
    pub seen: u64,
    /// How many entries it has.
    pub entries: u64,
    /// Its bytes.
    pub document: DocumentId,
    /// When it was made.
    pub this_update: Timestamp,
    /// When the next one is there at the latest.
    pub next_update: Timestamp,
}

sql! {
    INSERT = "INSERT INTO revocation_lists (issuer, kind, part, number, seen, entries, document, this_update, next_update) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    LATEST = "SELECT issuer, kind, part, number, seen, entries, document, this_update, next_update FROM revocation_lists WHERE issuer = $1 AND kind = $2 AND part = $3 ORDER BY number DESC LIMIT 1";
    OLDEST_IN_USE = "SELECT issuer, kind, part, number, seen, entries, document, this_update, next_update FROM revocation_lists WHERE issuer = $1 AND kind = $2 AND part = $3 AND next_update > $4 ORDER BY next_update, number LIMIT 1";
    ENDED = "SELECT issuer, kind, part, number, seen, entries, document, this_update, next_update FROM revocation_lists l
        WHERE l.issuer = $1 AND l.next_update <= $2
            AND l.number < (SELECT max(s.number) FROM revocation_lists s WHERE s.issuer = l.issuer AND s.kind = l.kind AND s.part = l.part)
            AND NOT (l.kind = 'full' AND EXISTS (SELECT 1 FROM revocation_lists d
                WHERE d.issuer = l.issuer AND d.kind = 'delta' AND d.number >= l.number AND d.this_update < l.next_update
                    AND (d.next_update > $2 OR d.number = (SELECT max(n.number) FROM revocation_lists n WHERE n.issuer = d.issuer AND n.kind = 'delta'))))
        ORDER BY l.next_update, l.number, l.kind, l.part LIMIT $3";
    NAMING = "SELECT count(*) FROM revocation_lists WHERE document = $1";
    REMOVE = "DELETE FROM revocation_lists WHERE issuer = $1 AND kind = $2 AND part = $3 AND number = $4";
    PARTS = "SELECT DISTINCT part FROM revocation_lists WHERE issuer = $1 AND kind = 'part' ORDER BY part";
}

/// Keeps a published list; `false` when its number is taken.
///
/// # Errors
/// Those of the store.
pub fn insert(tx: &mut Tx, list: &ListRow) -> Result<bool, StoreError> {
    let (kind, part) = list.series.columns();
    let values = [
        list.issuer.as_str().into(),
        kind.into(),
        part.into(),
        signed(list.number)?.into(),
        signed(list.seen)?.into(),
        signed(list.entries)?.into(),
        list.document.to_string().into(),
        list.this_update.into(),
        list.next_update.into(),
    ];
    Ok(tx.execute(&INSERT, &values)? == 1)
}

/// The number of the next list; full and delta lists share a row of numbers (RFC 5280 section 5.2.3). `at_least` is the number of a
/// list that was signed before there were rows, at the ceremony.
///
/// # Errors
/// Those of the store.
pub fn next_number(tx: &mut Tx, issuer: &str, series: Series, at_least: u64) -> Result<u64, StoreError> {
    let name = match series {
        Series::Full | Series::Delta => format!("lists/{issuer}"),
        Series::Part(part) => format!("lists/{issuer}/{part}"),
    };
    Ok(counters::next(tx, &name)?.saturating_add(at_least))
}

/// The latest list of a series.
///
/// # Errors
/// Those of the store.
pub fn latest(tx: &mut Tx, issuer: &str, series: Series) -> Result<Option<ListRow>, StoreError> {
    let (kind, part) = series.columns();
    tx.one(&LATEST, &[issuer.into(), kind.into(), part.into()])?.map(|row| read(&row)).transpose()
}

/// The oldest full list that somebody may still hold: what a delta has to begin with.
///
/// # Errors
/// Those of the store.
pub fn oldest_in_use(tx: &mut Tx, issuer: &str, at: Timestamp) -> Result<Option<ListRow>, StoreError> {
    let (kind, part) = Series::Full.columns();
    let values = [issuer.into(), kind.into(), part.into(), at.into()];
    tx.one(&OLDEST_IN_USE, &values)?.map(|row| read(&row)).transpose()
}

/// Lists of an issuer that ended at `until` at the latest and are of no use any more, the oldest first and at most so many: neither the
/// latest of its series, nor a full list with which a delta may begin that is itself kept.
///
/// # Errors
/// Those of the store.
pub fn ended(tx: &mut Tx, issuer: &str, until: Timestamp, most: u32) -> Result<Vec<ListRow>, StoreError> {
    tx.rows(&ENDED, &[issuer.into(), until.into(), most.into()])?.iter().map(read).collect()
}

/// How many lists are this document.
///
/// # Errors
/// Those of the store.
pub fn naming(tx: &mut Tx, document: DocumentId) -> Result<u64, StoreError> {
    tx.one(&NAMING, &[document.to_string().into()])?.map_or(Ok(0), |row| row.count(0))
}

/// Forgets a list; `false` when it was forgotten before.
///
/// # Errors
/// Those of the store.
pub fn remove(tx: &mut Tx, list: &ListRow) -> Result<bool, StoreError> {
    let (kind, part) = list.series.columns();
    let key = [list.issuer.as_str().into(), kind.into(), part.into(), signed(list.number)?.into()];
    Ok(tx.execute(&REMOVE, &key)? == 1)
}

/// Parts of which lists were ever published.
///
/// # Errors
/// Those of the store.
pub fn parts(tx: &mut Tx, issuer: &str) -> Result<Vec<u32>, StoreError> {
    tx.rows(&PARTS, &[issuer.into()])?.iter().map(|row| small(row.count(0)?)).collect()
}

impl Series {
    fn columns(self) -> (&'static str, u32) {
        match self {
            Self::Full => ("full", 0),
            Self::Delta => ("delta", 0),
            Self::Part(part) => ("part", part),
        }
    }

    fn from_columns(kind: &str, part: u32) -> Result<Self, StoreError> {
        match kind {
            "full" => Ok(Self::Full),
            "delta" => Ok(Self::Delta),
            "part" => Ok(Self::Part(part)),
            _ => Err(StoreError::Corrupt("a revocation list is of no known kind".to_owned())),
        }
    }
}

/// `full`, `delta`, or the number of the part.
impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part(part) => write!(f, "{part}"),
            whole => f.write_str(whole.columns().0),
        }
    }
}

impl FromStr for Series {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "full" => Ok(Self::Full),
            "delta" => Ok(Self::Delta),
            part => part.parse().map(Self::Part),
        }
    }
}

fn read(row: &Row) -> Result<ListRow, StoreError> {
    Ok(ListRow {
        issuer: row.text(0)?,
        series: Series::from_columns(&row.text(1)?, small(row.count(2)?)?)?,
        number: row.count(3)?,
        seen: row.count(4)?,
        entries: row.count(5)?,
        document: row.parsed(6)?,
        this_update: row.time(7)?,
        next_update: row.time(8)?,
    })
}

fn signed(number: u64) -> Result<i64, StoreError> {
    small(number)
}

fn small<T, N: TryFrom<T>>(number: T) -> Result<N, StoreError> {
    N::try_from(number)
        .map_err(|_| StoreError::Corrupt("a number of a revocation list is too large".to_owned()))
}
