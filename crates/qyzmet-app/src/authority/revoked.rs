//! The page of revoked certificates: serial number, date and reason, and nothing personal.

use jiff::Timestamp;
use qyzmet_store::repositories::certificates::{self, State};

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
    /// Names of the authorities of which there are such pages.
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
        let publishing = cx.app.authority()?.issuers.iter().filter(|issuer| issuer.publishes);
        let issuers: Vec<String> = publishing.map(|issuer| issuer.name.clone()).collect();
        let asked = self.issuer.clone().or_else(|| issuers.first().cloned());
        let issuer = asked.filter(|asked| issuers.contains(asked)).ok_or(Error::NotFound)?;
        let (lines, more) = match &self.serial {
            Some(typed) => (one(&cx, &issuer, typed).await?, None),
            None => self.page(&cx, &issuer).await?,
        };
        Ok(RevokedPage { issuers, issuer, lines, more })
    }
}

impl ShowRevoked {
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
        let more = lines.len() > LINES as usize;
        lines.truncate(LINES as usize);
        let more = more.then(|| lines.last().cloned()).flatten();
        Ok((lines, more))
    }
}

/// People copy serial numbers with colons or spaces, in capitals, and with or without a zero in front.
async fn one(cx: &Cx, issuer: &str, typed: &str) -> Result<Vec<RevokedLine>, Error> {
    let digits: String = typed.chars().filter(char::is_ascii_hexdigit).take(LONGEST).collect();
    let even = if digits.len().is_multiple_of(2) { digits } else { format!("0{digits}") };
    let serial = hex::decode(&even).ok().and_then(|bytes| unsigned(&bytes));
    let Some(serial) = serial else { return Ok(Vec::new()) };
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
