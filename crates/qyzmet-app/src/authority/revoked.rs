//! The page of revoked certificates: serial number, date and reason, and nothing personal.

use jiff::Timestamp;
use qyzmet_pki::crl;
use qyzmet_store::repositories::{
    certificates::{self, State},
    lists::{self, Series},
};

use crate::{Access, Cx, Error, UseCase};

/// Lines of a page.
const LINES: u32 = 50;
/// Hexadecimal digits of the longest serial number.
const LONGEST: usize = 42;

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedLine {
    /// Hexadecimal digits.
    pub serial: String,
    /// Since when.
    pub at: Timestamp,
    /// `CRLReason` of RFC 5280 section 5.3.1.
    pub reason: u8,
}

/// A page.
#[derive(Clone, Debug)]
pub struct RevokedPage {
    /// Names of the authorities of which there are such pages, those that publish from here first.
    pub issuers: Vec<String>,
    /// Of which this page is.
    pub issuer: String,
    /// The lines, that which was revoked last first.
    pub lines: Vec<RevokedLine>,
    /// The last line, when more follow.
    pub more: Option<RevokedLine>,
}

/// Shows revoked certificates of an authority.
#[derive(Clone, Debug, Default)]
pub struct ShowRevoked {
    /// Name of the authority; the first one that publishes when nothing is given.
    pub issuer: Option<String>,
    /// Only the certificate with this serial number, in hexadecimal digits, as somebody has typed it.
    pub serial: Option<String>,
    /// Lines after the one with this moment and this serial number.
    pub after: Option<(Timestamp, String)>,
}

impl UseCase for ShowRevoked {
    type Output = RevokedPage;
    const NAME: &'static str = "show-revoked";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<RevokedPage, Error> {
        // Those that publish from here come first: their certificates are what people ask about.
        let mut all: Vec<_> = cx.app.authority()?.issuers.iter().collect();
        all.sort_by_key(|issuer| !issuer.publishes);
        let issuers: Vec<String> = all.iter().map(|issuer| issuer.name.clone()).collect();
        let asked = self.issuer.clone().or_else(|| issuers.first().cloned());
        let found = all.into_iter().find(|issuer| Some(&issuer.name) == asked.as_ref());
        let (issuer, by_rows) = found.map(|one| (one.name.clone(), one.publishes)).ok_or(Error::NotFound)?;
        let (lines, more) = match &self.serial {
            _ if !by_rows => self.of_list(&cx, &issuer).await?,
            Some(typed) => (one(&cx, &issuer, typed).await?, None),
            None => self.page(&cx, &issuer).await?,
        };
        Ok(RevokedPage { issuers, issuer, lines, more })
    }
}

impl ShowRevoked {
    /// What the list says that a root has signed elsewhere: its certificates, those of issuing authorities, change by no rows
    /// here, and there are few of them [R839-T3.4].
    async fn of_list(&self, cx: &Cx, issuer: &str) -> Result<(Vec<RevokedLine>, Option<RevokedLine>), Error> {
        let name = issuer.to_owned();
        let latest = cx.read(move |tx| Ok(lists::latest(tx, &name, Series::Full)?)).await?;
        let Some(list) = latest else { return Ok((Vec::new(), None)) };
        let list = cx.app.documents.get(list.document).await?;
        let entries = crl::entries(&list).ok_or_else(|| Error::fault("a published list cannot be read"))?;
        let wanted = self.serial.as_deref().map(typed_serial);
        let entries =
            entries.into_iter().map(|one| (one.serial.as_bytes().to_vec(), one.at, one.reason as u8));
        let mut lines: Vec<_> = entries
            .filter(|(serial, ..)| wanted.as_ref().is_none_or(|w| w.as_ref() == Some(serial)))
            .collect();
        lines.sort_by(|a, b| (b.1, &b.0).cmp(&(a.1, &a.0)));
        let before = self.after.as_ref();
        let lines = lines.into_iter().map(line);
        let mut lines: Vec<_> = lines
            .filter(|line| before.is_none_or(|(at, serial)| (line.at, &line.serial) < (*at, serial)))
            .take(LINES as usize + 1)
            .collect();
        let more = cut(&mut lines);
        Ok((lines, more))
    }

    async fn page(&self, cx: &Cx, issuer: &str) -> Result<(Vec<RevokedLine>, Option<RevokedLine>), Error> {
        let after = self
            .after
            .as_ref()
            .map(|(at, serial)| hex::decode(serial).map(|serial| (*at, serial)).map_err(|_| Error::NotFound));
        let (after, issuer) = (after.transpose()?, issuer.to_owned());
        let found = cx
            .read(move |tx| {
                let before = after.as_ref().map(|(at, serial)| (*at, serial.as_slice()));
                Ok(certificates::revoked_page(tx, &issuer, before, LINES + 1)?)
            })
            .await?;
        let mut lines: Vec<_> = found.into_iter().map(line).collect();
        let more = cut(&mut lines);
        Ok((lines, more))
    }
}

/// Leaves the lines of one page; the answer is the last one, when more follow.
fn cut(lines: &mut Vec<RevokedLine>) -> Option<RevokedLine> {
    let more = lines.len() > LINES as usize;
    lines.truncate(LINES as usize);
    more.then(|| lines.last().cloned()).flatten()
}

/// People copy serial numbers with colons or spaces, in capitals, and with or without a zero in front.
fn typed_serial(typed: &str) -> Option<Vec<u8>> {
    let digits: String = typed.chars().filter(char::is_ascii_hexdigit).take(LONGEST).collect();
    let even = if digits.len().is_multiple_of(2) { digits } else { format!("0{digits}") };
    hex::decode(&even).ok().and_then(|bytes| unsigned(&bytes))
}

async fn one(cx: &Cx, issuer: &str, typed: &str) -> Result<Vec<RevokedLine>, Error> {
    let Some(serial) = typed_serial(typed) else { return Ok(Vec::new()) };
    let (issuer, wanted) = (issuer.to_owned(), serial.clone());
    let found = cx.read(move |tx| Ok(certificates::standing(tx, &issuer, &wanted)?)).await?;
    let revoked = found.filter(|standing| standing.state != State::Good);
    let revoked = revoked.and_then(|standing| Some((serial, standing.revoked_at?, standing.reason?)));
    Ok(revoked.map(line).into_iter().collect())
}

/// The content of the INTEGER for digits without a sign.
fn unsigned(digits: &[u8]) -> Option<Vec<u8>> {
    let content = [&[0], digits].concat();
    qyzmet_pki::SerialNumber::new(&content).map(|serial| serial.as_bytes().to_vec())
}

fn line((serial, at, reason): (Vec<u8>, Timestamp, u8)) -> RevokedLine {
    RevokedLine { serial: hex::encode(serial), at, reason }
}
